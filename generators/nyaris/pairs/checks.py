"""What stops a sentence or a candidate: each check returns a reason slug or None."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from operator import eq

from nyaris.grammar import Grammar
from nyaris.syntax.agreement import AgreementFacts
from nyaris.syntax.clauses import ClauseFacts, is_question
from nyaris.syntax.doubt import doubt
from nyaris.syntax.phrases import FillerFacts
from nyaris.trees.sentence import Sentence, Token

MIN_WORDS, MAX_WORDS = 4, 60
MAX_CHARACTERS = 600
DOUBTFUL = "doubtful-tree"

_WORD = re.compile(r"[^\W\d_]+")
_LETTER_SPACED = re.compile(r"(?:\b\w ){4,}")
_FORM_FIELD = re.compile(r"_{3,}|X{4,}|\|| / .* / |\.{4,}|…{2,}|\[[^\]]*\]|<[^>]*>|\{[^}]*\}|#{2,}|https?://|www\.|�")
# a word cut by a line end ("Pengkom- Pendakwa"), a stop amid a sentence, and a margin note that repeats its neighbours
_BROKEN_LINE = re.compile(r"[^\W\d_]- [^\W\d_]|[^\W\d_]{5,}\. [a-z]")
_LABEL = re.compile(
    r"[:;]\s+[“\"]?[A-Z]|\.\s*[—–-]\s+[A-Z]|^(?:[A-Z][a-z]+\s+){1,5}[—–]\s+[A-Z]|^(?:\S+ ){0,2}[^\W\d_]+: \d"
)
"""What stands before a colon or dash with a capital or a figure after it names an entry, a speaker or a source."""
_HIDDEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
"""What turns, joins or hides letters: such a sentence does not read as it is written."""
_STACKED = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3}")
_SAID_TWICE = re.compile(r"\b([^\W\d_]{4,})(?: [^\W\d_]+)? \1\b|\b(\w{3,} \w{3,}) \2|([“\"][^”\"]+[”\"]) \3")


def text_reject(text: str) -> str | None:
    """Why a stretch of text is not worth parsing: cheap checks, before the parser."""
    if _HIDDEN.search(text):
        return "hidden-characters"
    if _STACKED.search(text):
        return "stacked-marks"
    words = _WORD.findall(text)
    if len(words) < MIN_WORDS:
        return "too-short"
    if len(words) > MAX_WORDS or len(text) > MAX_CHARACTERS:
        return "too-long"
    if not text[0].isupper() and text[0] not in "\"“‘'(":
        return "no-capital"
    if text.rstrip("\"'”’) ")[-1:] not in {".", "!", "?"}:
        return "no-full-stop"
    letters = sum(char.isalpha() for char in text)
    if letters < 0.6 * len(text.replace(" ", "")):
        return "few-letters"
    if _LETTER_SPACED.search(text):
        return "letter-spaced"
    if _FORM_FIELD.search(text):
        return "form-field"
    capitals = sum(word.isupper() and len(word) > 1 for word in words)
    if capitals > 0.4 * len(words):
        return "all-capitals"
    if re.search(r"\s[,;:.!?](?:\s|$)", text) or re.search(r"[a-z][.!?][A-Z]|[a-z]{3}\.[a-z]{4}", text):
        return "spacing"
    if _LABEL.search(text):
        return "label"
    if _BROKEN_LINE.search(text) or _SAID_TWICE.search(text):
        return "broken-line"
    if not _balanced(text):
        return "unbalanced"
    if _is_quoted(text):
        return "quoted"
    if re.search(r"[:;]\s*\(?[a-zivx]{1,3}\)|;\s(?:\w+\s)?[a-zivx]{1,4}\.\s|\([a-z]\).*\([b-z]\)|\(i\).*\(ii\)", text):
        return "enumeration"
    return None


def tree_reject(sentence: Sentence, grammar: Grammar) -> str | None:
    """Why a parsed sentence is no statement that can be turned round."""
    if len(sentence.roots) != 1:
        return "several-roots"
    if is_question(sentence):
        return "question"
    if _has_glued_heading(sentence) or _is_glued(sentence, grammar):
        return "glued-heading"
    root = sentence.root
    if root.index and root.text.istitle() and any(aux.text.istitle() for aux in sentence.children(root, "aux")):
        return "capitals-opening"  # "Copyright Owner May File a Legal Action."
    if sentence.children(root, "mark") or _opens_with_adverb_of_clause(sentence, root):
        return "no-main-clause"
    if _is_cut_amid_phrase(sentence) or _is_cut_short(sentence, grammar):
        return "broken-line"
    if root.upos in {"PUNCT", "SYM", "NUM", "X", "DET", "ADP"}:
        return "no-predicate"
    if not sentence.children(root, "nsubj", "csubj", "expl") and not any(
        child.has_rel("aux", "cop") for child in sentence.children(root)
    ):
        return "no-subject"
    return DOUBTFUL if doubt(sentence, grammar) else None


def _opens_with_adverb_of_clause(sentence: Sentence, root: Token) -> bool:
    """Whether the only clause is one of time or place ("When a person is charged ...")."""
    opening = [child for child in sentence.children(root, "advmod") if child.index == 0]
    return any(child.feat("PronType") in {"Int", "Rel"} for child in opening)


def _is_cut_amid_phrase(sentence: Sentence) -> bool:
    """Whether an infinitive follows an adposition: a margin note was set into the line ("notice of to suspend")."""
    pairs = zip(sentence.tokens, sentence.tokens[1:], strict=False)
    return any(left.has_rel("case") and right.upos == "PART" and right.has_rel("mark") for left, right in pairs)


def _is_cut_short(sentence: Sentence, grammar: Grammar) -> bool:
    """Whether the last word leaves the sentence open ("so that we do not.", "in accordance with the.")."""
    facts = grammar.facts(ClauseFacts)
    *_, before, last, stop = sentence.tokens if len(sentence.tokens) > 2 else (sentence.root,) * 3
    if last.lower not in facts.never_last or stop.text != ".":
        return False
    ellipsis = before.upos != "PRON" or before.feat("PronType") == "Rel"  # "or not", "those that do not"
    return not (ellipsis and last.lower in facts.negators)


_LONGEST_HEADING = 8
_GLUED_WITHIN = 10
_GLUED = re.compile(r"[^\W_]*[^\WA-Z_]([A-Z][^\W\d_]+)")


def _is_glued(sentence: Sentence, grammar: Grammar) -> bool:
    """Whether a word that opens sentences is glued to the one before it ("Sample Ending 2The reasons are ...")."""
    openers = grammar.facts(ClauseFacts).openers
    found = (_GLUED.fullmatch(token.text) for token in sentence.tokens[:_GLUED_WITHIN])
    return any(match is not None and match.group(1).lower() in openers for match in found)


def _has_glued_heading(sentence: Sentence) -> bool:
    """Whether a sentence opens amid this one ("Requirements for pawnbrokers The Act will ...")."""
    if _says_its_beginning_twice(sentence):
        return True
    for before, token, after in zip(sentence.tokens, sentence.tokens[1:], sentence.tokens[2:], strict=False):
        opens = token.upos in {"DET", "PRON", "SCONJ", "AUX", "ADP", "CCONJ", "ADV"} and token.text[0].isupper()
        ordinary = token.upos == "DET" or after.text[0].islower()
        lower = before.text.isalpha() and before.text.islower()
        if opens and ordinary and len(token.text) > 1 and (lower or _follows_a_title(sentence, token)):
            return True
        bare = not sentence.children(token, "det", "amod", "compound", "case")
        subject = token.has_rel("nsubj") and after.upos == "AUX" and token.feat("Number") == "Plur"
        if lower and before.upos == token.upos == "NOUN" and token.text.istitle() and bare and subject:
            return True
    return False


def _follows_a_title(sentence: Sentence, token: Token) -> bool:
    """Whether the sentence seems to begin with this word, after capitalised words alone."""
    before = sentence.tokens[: token.index]
    titled = all(each.text.isalpha() and each.text[0].isupper() for each in before)
    return token.upos in {"ADP", "SCONJ", "ADV"} and len(before) > 1 and titled


def _says_its_beginning_twice(sentence: Sentence) -> bool:
    """Whether a heading goes before its own words: "Party A Party A is the largest of all."."""
    words = [token.text for token in sentence.tokens]
    if not words[0][0].isupper():
        return False
    longest = min(_LONGEST_HEADING, len(words) // 2)
    if any(words[:size] == words[size : 2 * size] for size in range(1, longest + 1)):
        return True
    # "A and B Quarrel A and B fell out": the heading goes on with a capital, and comes again
    size = 2 if words[1][:1].isupper() else 3
    title = words[:size]
    goes_on = len(words) > size and words[size].istitle() and words[size].isalpha() and words[size - 1][:1].isupper()
    if not goes_on or any(token.upos == "PROPN" for token in sentence.tokens[size : size + 1]):
        return False
    again = (at for at in range(size + 1, len(words) - size) if words[at : at + size] == title)
    return any(words[at + size] != words[size] for at in again)


def disagrees(text: str, sentence: Sentence, grammar: Grammar) -> bool:
    """Whether a pronoun meets a verb of another person (you is), which the source does not do."""
    found = {match.group().lower() for match in _disagreements(grammar).finditer(text)}
    return any(clash not in sentence.text.lower() for clash in found)


@cache
def _disagreements(grammar: Grammar) -> re.Pattern[str]:
    """Every pronoun that takes no third person singular, before the irregular forms of that person."""
    forms = {each.third for each in grammar.facts(AgreementFacts).paradigms if each.third[0].isalpha()}
    others = {each.others for each in grammar.facts(AgreementFacts).paradigms}
    pronouns = [each.subject for each in grammar.facts(FillerFacts).pronouns if each.person != 3 or each.plural]
    if not forms - others or not pronouns:
        return re.compile(r"(?!)")
    said, meets = ("|".join(map(re.escape, sorted(each))) for each in (pronouns, forms - others - {"was"}))
    return re.compile(rf"\b(?:{said}) (?:{meets})\b", flags=re.IGNORECASE)


def _balanced(text: str) -> bool:
    if any(text.count(left) != text.count(right) for left, right in ("()", "[]", "“”")):
        return False
    return text.count('"') % 2 == 0


def _is_quoted(text: str) -> bool:
    """Whether most of the text is mentioned, not asserted."""
    quoted = re.findall(r"[“\"]([^”\"]*)[”\"]", text)
    return sum(map(len, quoted)) > 0.5 * len(text)


CandidateCheck = Callable[[str, str, str], str | None]


def _unchanged(query: str, positive: str, negative: str) -> str | None:
    return "unchanged" if _key(negative) in {_key(positive), _key(query)} else None


def _query_is_positive(query: str, positive: str, negative: str) -> str | None:
    return "query-is-positive" if _key(query) == _key(positive) else None


def _repeated_word(query: str, positive: str, negative: str) -> str | None:
    """A word twice in a row that was not so before is the mark of a broken edit."""
    known = _doubled(positive) & _doubled(negative)
    return "repeated-word" if any(_doubled(text) - known for text in (query, positive, negative)) else None


@lru_cache(maxsize=64)
def _doubled(text: str) -> frozenset[str]:
    lowered = text.lower()
    runs = _WORD.findall(lowered)
    if not any(map(eq, runs, runs[1:])) and not any(map(eq, runs, runs[2:])):
        return frozenset()  # as nearly always: the pattern takes five times as long
    return frozenset(_DOUBLED.findall(lowered))


_DOUBLED = re.compile(r"\b([^\W\d_]+(?: [^\W\d_]+)?) \1\b")


def _malformed(query: str, positive: str, negative: str) -> str | None:
    return "malformed" if any(map(_is_malformed, (query, positive, negative))) else None


@lru_cache(maxsize=64)
def _is_malformed(text: str) -> bool:
    return not text or _MALFORMED.search(text) is not None


_MALFORMED = re.compile(r"\s[,;.!?]|\s[’']s\b|\(\s|\s\)|,,|\.\.(?!\.)")


@lru_cache(maxsize=64)
def _key(text: str) -> str:
    return " ".join(text.lower().split())


CHECKS: tuple[CandidateCheck, ...] = (_unchanged, _query_is_positive, _repeated_word, _malformed)


def candidate_reject(query: str, positive: str, negative: str) -> str | None:
    """The first reason against a triple, or None."""
    return next((reason for check in CHECKS if (reason := check(query, positive, negative))), None)
