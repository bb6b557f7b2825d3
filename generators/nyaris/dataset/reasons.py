"""What the slugs of the ledger mean, in words for a reader of the dataset's page."""

from __future__ import annotations

MEANINGS = {
    # a stretch of text that is not worth parsing
    "hidden-characters": "Characters hide, turn or join letters: the sentence does not read as it is written.",
    "stacked-marks": "Combining marks are stacked on letters.",
    "too-short": "Fewer than four words: a heading, a label or a fragment.",
    "too-long": "More than 60 words or 600 characters: parsers lose their way there.",
    "no-capital": "It does not open with a capital letter.",
    "no-full-stop": "It does not end like a sentence: a heading, a list item or a line of a table.",
    "few-letters": "Figures and signs outweigh letters.",
    "letter-spaced": "Letters are spaced out.",
    "form-field": "A form to be filled in, a placeholder or an address on the web.",
    "all-capitals": "Mostly capitals.",
    "spacing": "Blanks are missing or stray around stops: the text was damaged on its way here.",
    "label": "It opens with a label, such as the name of an entry or a speaker.",
    "broken-line": "A line end or a margin note cuts it.",
    "unbalanced": "Brackets or quotation marks do not match.",
    "quoted": "Mostly quoted: mentioned, not asserted.",
    "enumeration": "A list whose items run through the sentence.",
    "capitals-opening": "It opens with a heading in capitals.",
    "other-language": "Its language is none of those that there is a grammar for.",
    # a parsed sentence that is no statement to turn round
    "several-roots": "The parse falls apart into several trees.",
    "question": "A question: there is nothing to deny.",
    "glued-heading": "A heading runs into the sentence.",
    "no-main-clause": "A subordinate clause stands alone.",
    "no-predicate": "There is no predicate.",
    "no-subject": "There is no subject.",
    "doubtful-tree": "The tree shows a sign of a parser's mistake.",
    # a sentence that cannot stand in its passage
    "under-lead-in": "It begins in the lead-in of a list, away from its paragraph.",
    "alone-in-passage": "It stands alone in its paragraph.",
    "repeated-in-passage": "Another sentence of the paragraph says it again.",
    # a candidate
    "no-paraphrase": "No other wording of the sentence is known, so the query would copy its text.",
    "unchanged": "The edit changed nothing.",
    "query-is-positive": "Query and positive came out the same.",
    "repeated-word": "A word came out twice in a row.",
    "malformed": "Stops, blanks or quotation marks came out damaged.",
    "stray-capital": "A capital came out amid the sentence.",
    "agreement": "A pronoun met a verb of another person.",
    # what collation leaves out
    "no-exchange": "The pair is not whole, or its texts would tell which one is right.",
    "duplicate": "The same sentence, or the same texts, are there already.",
    "near-duplicate": "A sentence of a document with precedence is nearly the same.",
    "text-in-other-split": "A split with precedence has the same query or text.",
    "hardness": "Not of the kind that --hardness asks for.",
    "quota": "More than --quota allows.",
    "balance": "Surplus under --refine.",
    # a whole document
    "same-name": "Another document bears the same name.",
    "too-slow": "The document took longer than --max-document-seconds.",
    "error": "The document met a fault of the program; the text says which.",
}


def meaning(slug: str) -> str:
    """What the slug says, or nothing for one that is not known here."""
    return MEANINGS.get(slug, "")
