"""Texts and files that nobody wishes for."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = (
    *("The", "tenant", "must", "pay", "RM1,500.00", "to", "the", "landlord", "before", "1", "March", "2026", "not"),
    *("Penyewa", "hendaklah", "membayar", "deposit", "sebelum", "within", "fourteen", "(14)", "days", "(a)", "1.2"),
    *("<script>alert(1)</script>", "{{ 7*7 }}", "{% raw %}", "|", "`", "](http://x)", "__________", "\ufffd", "..."),
)
MARKS = (
    *(" ", "  ", "\n", "\n\n", "\r\n", "\t", "\x00", "\x0b", "\x1c", "\x85", "\u2028", "\u00a0", "\u3000"),
    *("\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\u00ad", "\U000e0041", "\ud800", "\udfff", "\ufe0f"),
    *("\u0301", "\u0336", "é", "ß", "İ", "ǆ", "ﬁ", "٣", "१", "中", "🏠", "\U0001f1f2\U0001f1fe", "\u05d0"),
    *(
        ".",
        ",",
        ";",
        ":",
        "?",
        "!",
        "(",
        ")",
        "[",
        "]",
        '"',
        "“",
        "”",
        "'",
        "’",
        "-",
        "–",
        "—",
        "%",
        "$",
        "&",
        "\\",
        "/",
    ),
)


def texts(most: int = 40) -> st.SearchStrategy[str]:
    """Words, marks and anything else in a row."""
    anything = st.characters()
    piece = st.one_of(
        st.sampled_from(WORDS), st.sampled_from(WORDS).map(lambda word: f" {word}"), st.sampled_from(MARKS)
    )
    storm = st.tuples(st.sampled_from("aeiou"), st.integers(1, 40)).map(lambda pair: pair[0] + "\u0301" * pair[1])
    return st.lists(st.one_of(piece, piece, piece, anything, storm), max_size=most).map("".join)


def files() -> st.SearchStrategy[tuple[str, bytes]]:
    """A suffix, and bytes that may suit it or not."""
    suffix = st.sampled_from([".txt", ".md", ".html", ".docx", ".pdf", ".jsonl", ".csv", ".parquet", ".exe", ""])
    written = texts().map(lambda text: text.encode("utf-8", "surrogatepass"))
    tagged = st.lists(
        st.sampled_from(["<p>", "</p>", "<div>", "<table><tr><td>", "<!--", "-->", "<![CDATA[", "&#0;", "x.", "<b"]),
        max_size=60,
    ).map(lambda parts: "".join(parts).encode())
    records = st.lists(
        st.one_of(
            texts(8).map(lambda text: b'{"text": "' + text.encode("utf-8", "replace") + b'"}'),
            st.sampled_from(
                [b"{", b"[" * 50, b'{"text": "\\ud800 a"}', b'{"text": 1}', b"null", b'"a","b', b"text,id", b"\x00"]
            ),
        ),
        max_size=8,
    ).map(b"\n".join)
    opened = st.binary(max_size=200).flatmap(
        lambda rest: st.sampled_from([b"%PDF-1.7\n", b"PK\x03\x04", b"PAR1", b"\xff\xfe", b"\xef\xbb\xbf", b""]).map(
            lambda start: start + rest
        )
    )
    return st.tuples(suffix, st.one_of(written, tagged, records, opened))
