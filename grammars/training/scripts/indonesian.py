"""Bring the two generations of Indonesian trees to one scheme, the one kept for Malay."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from conllu import Sentence, Word, drop

KEPT = {"nsubj:pass", "csubj:pass", "aux:pass", "obl:agent", "acl:relcl"}
MODALS = {
    "akan", "telah", "sudah", "dapat", "bisa", "harus", "sedang", "mungkin", "boleh", "mesti",
    "wajib", "perlu", "haruslah", "dapatlah",
}  # fmt: skip
NEGATORS = {
    "tidak", "tak", "bukan", "belum", "jangan", "tidaklah", "bukanlah",
    "bukannya", "tiada",
}  # fmt: skip
PLACES = {
    "atas", "bawah", "dalam", "luar", "depan", "belakang", "antara", "samping", "sekitar",
    "tengah", "sebelah", "hadapan", "sekeliling",
}  # fmt: skip
PRONOUNS = {
    "saya": "1Sing", "aku": "1Sing", "ku": "1Sing", "kami": "1Plur", "kita": "1Plur",
    "kamu": "2Sing", "anda": "2Sing", "engkau": "2Sing", "kau": "2Sing", "kalian": "2Plur",
    "ia": "3Sing", "dia": "3Sing", "beliau": "3Sing", "mereka": "3Plur", "nya": "3Sing",
}  # fmt: skip
WHEN = {"ketika", "saat", "sewaktu", "setelah", "sebelum", "sejak", "sambil", "hingga", "sampai"}
DEMONSTRATIVES = {"ini", "itu", "tersebut", "begitu", "begini", "sini", "situ"}
NOMINAL = {"NOUN", "PROPN", "PRON", "NUM"}


def harmonise(sentence: Sentence) -> Sentence:
    """Apply every rule, in order, and return the same sentence."""
    _join_ranges(sentence)
    _join_hyphens(sentence)
    for rule in (_relations, _modals, _raise_modal_complement, _places, _marks, _voice):
        rule(sentence)
    for index, word in enumerate(sentence.words):
        word.feats = features(word)
        if word.rel == "obl" and _has_child(sentence, index, "case", {"oleh", "olehnya"}):
            word.rel = "obl:agent"
    return sentence


def _join(sentence: Sentence, first: int, last: int, form: str) -> None:
    """Make one word of a span; the word whose head lies outside gives tag and relation."""
    words = sentence.words
    span = range(first, last + 1)
    top = next(
        (i for i in span if words[i].head == i or words[i].head not in span),
        first,
    )
    for word in words:
        if word.head in span:
            word.head = top
    joined = words[top]
    joined.form, joined.space = form, words[last].space
    joined.lemma = words[first].lemma
    drop(sentence, {i for i in span if i != top})


def _join_ranges(sentence: Sentence) -> None:
    for first, last, _ in reversed(sentence.ranges):
        _join(sentence, first, last, "".join(w.form for w in sentence.words[first : last + 1]))
    sentence.ranges = []


def _join_hyphens(sentence: Sentence) -> None:
    i = len(sentence.words) - 2
    while i > 0:
        left, mid, right = sentence.words[i - 1 : i + 2]
        tight = not left.space and not mid.space
        words = left.form[-1:].isalpha() and right.form[:1].isalnum()
        if mid.form == "-" and words and (tight or right.rel == "compound:plur"):
            _join(sentence, i - 1, i + 1, f"{left.form}-{right.form}")
        i -= 1


def _has_child(sentence: Sentence, index: int, rel: str, forms: set[str]) -> bool:
    words = sentence.words
    return any(words[c].rel == rel and words[c].form.lower() in forms for c in sentence.children(index))


def _relations(sentence: Sentence) -> None:
    words = sentence.words
    for i, word in enumerate(words):
        head = words[word.head]
        if word.rel not in KEPT:
            word.rel = word.rel.split(":")[0]
        if word.rel == "compound" and word.upos in NOMINAL and head.upos in NOMINAL:
            word.rel = "nmod"
        if word.rel == "flat" and head.upos == "NOUN" and word.upos in {"NOUN", "PROPN"}:
            word.rel = "nmod"
        if word.rel == "flat" and head.upos in {"VERB", "ADJ"} and word.upos in NOMINAL:
            word.rel = "obj" if head.upos == "VERB" else "nmod"
        if word.upos == "NUM" and word.rel in {"nmod", "flat"} and head.upos == "NOUN":
            word.rel = "nummod"
        if word.rel == "nmod" and head.upos == "VERB":
            word.rel = "obl"
        if word.rel == "obl" and head.upos == "NOUN" and head.rel not in {"root", "conj"}:
            word.rel = "nmod"
        if word.rel == "acl" and head.upos == "VERB":
            word.rel = "advcl"
        if word.rel == "acl" and _has_yang(sentence, i):
            word.rel = "acl:relcl"
        if word.form.lower() in NEGATORS and word.rel == "advmod":
            word.upos = "PART"
        if word.rel == "punct" and word.upos != "PUNCT":
            word.upos = "PUNCT" if not word.form[0].isalnum() else word.upos
        if word.rel == "conj" and word.head > i:
            word.rel = "dep"


def _has_yang(sentence: Sentence, index: int) -> bool:
    return any(sentence.words[c].form.lower() == "yang" for c in sentence.children(index))


def _modals(sentence: Sentence) -> None:
    for i, word in enumerate(sentence.words):
        if word.form.lower() in MODALS and word.rel in {"advmod", "aux"} and word.head > i:
            word.upos, word.rel = "AUX", "aux"


def _raise_modal_complement(sentence: Sentence) -> None:
    """`perlu V` with V as complement: V becomes the head and the modal its aux."""
    words = sentence.words
    for i, word in enumerate(words):
        if word.form.lower() not in MODALS or word.rel == "aux":
            continue
        below = [c for c in sentence.children(i) if c > i and words[c].rel in {"xcomp", "ccomp"}]
        if not below or _has_child(sentence, below[0], "mark", {"untuk", "bahwa"}):
            continue
        verb = below[0]
        for child in sentence.children(i):
            if child != verb:
                words[child].head = verb
        words[verb].head = verb if word.head == i else word.head
        words[verb].rel = word.rel
        word.head, word.rel, word.upos = verb, "aux", "AUX"


def _places(sentence: Sentence) -> None:
    """`di bawah X`: X heads, the preposition is its case, the noun of place its nmod."""
    words = sentence.words
    for i in range(1, len(words) - 1):
        place, before = words[i], words[i - 1]
        if place.form.lower() not in PLACES or before.form.lower() not in {"di", "ke", "dari"}:
            continue
        if place.rel == "case" and before.head == place.head:
            place.upos, place.rel = "NOUN", "nmod"
            continue
        inner = [c for c in sentence.children(i) if c > i and words[c].rel in {"nmod", "obl"}]
        cased = inner and any(words[c].rel == "case" for c in sentence.children(inner[0]))
        if before.head != i or not inner or cased or place.rel not in {"obl", "nmod"}:
            continue
        top = inner[0]
        for child in sentence.children(i):
            words[child].head = top
        words[top].head, words[top].rel = place.head, place.rel
        place.head, place.rel, place.upos = top, "nmod", "NOUN"


def _marks(sentence: Sentence) -> None:
    """A preposition before a verb is a subordinator and its clause adverbial."""
    words = sentence.words
    for i, word in enumerate(words):
        head = words[word.head]
        verbal = head.upos == "VERB" and word.head > i
        clause = head.rel in {"advcl", "acl"} and word.head > i
        if word.rel == "advmod" and word.form.lower() in WHEN and clause:
            word.upos, word.rel = "SCONJ", "mark"
        if word.rel in {"case", "mark"} and verbal and word.upos in {"ADP", "SCONJ"}:
            word.upos, word.rel = "SCONJ", "mark"
            if head.rel in {"obl", "nmod"} and head.head != word.head:
                head.rel = "acl" if words[head.head].upos in NOMINAL else "advcl"


def _voice(sentence: Sentence) -> None:
    for i, word in enumerate(sentence.words):
        if word.upos != "VERB" or voice(word) != "Pass":
            continue
        for child in sentence.children(i):
            if sentence.words[child].rel in {"nsubj", "csubj"}:
                sentence.words[child].rel += ":pass"


def voice(word: Word) -> str:
    """Voice of a verb: as annotated, else by its prefix."""
    if "Voice" in word.feats:
        return word.feats["Voice"]
    form = word.form.lower()
    return "Pass" if form.startswith(("di", "ter")) and len(form) > 4 else "Act"


def features(word: Word) -> dict[str, str]:
    """The small set of features that every tree can carry."""
    form = word.form.lower()
    if word.upos == "VERB":
        return {"Voice": voice(word)}
    if form in NEGATORS:
        return {"Polarity": "Neg"}
    if word.upos == "NUM":
        return {"NumType": "Card"}
    if form == "yang":
        return {"PronType": "Rel"}
    if word.upos == "PRON" and form in PRONOUNS:
        code = PRONOUNS[form]
        return {"Number": code[1:], "Person": code[0], "PronType": "Prs"}
    if word.upos in {"PRON", "DET"} and form in DEMONSTRATIVES:
        return {"PronType": "Dem"}
    left, _, right = form.partition("-")
    if word.upos == "NOUN" and left and left == right and left not in {"undang", "kanak"}:
        return {"Number": "Plur"}
    return {}


def enrich(sentence: Sentence) -> Sentence:
    """Add the features that follow from the form, which Malay annotators leave out."""
    for word in sentence.words:
        word.feats = features(word)
    return sentence


def finish(word: Word) -> None:
    """Tag and features of a word of a hand-written tree."""
    if word.rel == "advmod" and word.form.lower() in NEGATORS:
        word.upos = "PART"
    word.feats = features(word)


def fill_lemmas(sentences: Iterable[Sentence], known: Iterable[Sentence]) -> None:
    """Give words without a lemma the commonest lemma that their form and tag have elsewhere."""
    seen: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for sentence in known:
        for word in sentence.words:
            if word.lemma:
                seen[word.form.lower(), word.upos][word.lemma.lower()] += 1
    for sentence in sentences:
        for word in sentence.words:
            word.lemma = word.lemma.lower()
            if word.lemma:
                continue
            counts = seen.get((word.form.lower(), word.upos))
            if counts:
                word.lemma = counts.most_common(1)[0][0]
            elif word.upos in {"PROPN", "NUM", "PUNCT", "SYM", "X"}:
                word.lemma = word.form.lower()
