"""The tokenizers of the packaged pipelines: stock rules with a few changes, saved as data."""

from __future__ import annotations

import re

from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, CONCAT_QUOTES
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

CURRENCY = r"(?:RM|MYR|USD|SGD|IDR|RMB|Rp|US\$|S\$|A\$|HK\$)(?=[0-9])"
# 5(1)(a), 12A(2)(b)(ii): the number of a provision is one word
PROVISION = r"[0-9]+[A-Z]{0,2}(?:\.[0-9]+)*(?:\([0-9A-Za-z]{1,4}\))+"
WHOLE = {
    "en": ("Sdn.", "Bhd.", "w.e.f.", "No.", "Nos.", "Dato'", "Dato’", "p.a.", "viz.", "cl.",
           "Pte.", "Art.", "Reg.", "Sec.", "Sch.", "para.", "paras.", "and/or", "ref."),
    "ms": ("Sdn.", "Bhd.", "w.e.f.", "No.", "Dato'", "Dato’", "dan/atau", "hb.", "dsb.", "dll.",
           "d/a", "a/l", "a/p", "Tn.", "Pn.", "En.", "Cik.", "Sek.", "ms.", "bil.", "Bil.", "ruj."),
}  # fmt: skip
MALAY_INFIXES = [
    r"\.\.+", "…", "—", "–", "--", "~",
    r"(?<=[0-9])[+\-\*^](?=[0-9-])",
    r"(?<=[0-9])[\\/](?=[0-9%-])",
    rf"(?<=[{ALPHA_LOWER}{CONCAT_QUOTES}])\.(?=[{ALPHA_UPPER}{CONCAT_QUOTES}])",
    rf"(?<=[{ALPHA}]),(?=[{ALPHA}])",
    rf"(?<=[{ALPHA}0-9])[:<>=/](?=[{ALPHA}])",
    rf"(?<=[{ALPHA}])[()\[\]](?=[{ALPHA}0-9])",
]  # fmt: skip


def adapt(nlp: Language) -> None:
    """Change the tokenizer of a pipeline in place; every change is saved with it."""
    tokenizer = nlp.tokenizer
    if not isinstance(tokenizer, Tokenizer):
        raise TypeError("the pipeline has no rule tokenizer")
    language = nlp.lang or ""
    # currencies of letters split only before a figure
    prefixes = [p for p in map(str, nlp.Defaults.prefixes or ()) if not re.fullmatch(r"[A-Z][A-Za-z]+|S\\\$", p)]
    suffixes = [str(s) for s in nlp.Defaults.suffixes or ()]
    infixes = [str(i) for i in nlp.Defaults.infixes or ()]
    if language == "ms":
        suffixes = [s for s in suffixes if s not in {r"\-[Nn]ya", "-[KkMm]u"}]
        infixes = MALAY_INFIXES
    tokenizer.prefix_search = compile_prefix_regex([CURRENCY, *prefixes]).search
    tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    tokenizer.token_match = re.compile(f"^(?:{PROVISION})$").match
    for form in WHOLE[language]:
        tokenizer.add_special_case(form, [{"ORTH": form}])
