"""How much more often root, subject or object are wrong where Nyaris doubts a tree: python scripts/doubt.py LANG.

On the test sets of evaluate.py, gold words; only trees that would otherwise be used count.
"""

from __future__ import annotations

import argparse

import spacy
from conllu import to_doc
from evaluate import parse
from finish import finish
from treebanks import tests

from nyaris.grammar import load_grammar
from nyaris.pairs.checks import DOUBTFUL, tree_reject
from nyaris.syntax.doubt import SIGNALS, DoubtFacts
from nyaris.trees.from_spacy import sentence_from_doc
from nyaris.trees.sentence import Sentence

CORE = ("root", "nsubj", "obj")


def core(tree: Sentence) -> set[tuple[int, int, str]]:
    """The attachments that most rules read."""
    return {(token.index, token.head, token.rel) for token in tree.tokens if token.has_rel(*CORE)}


def share(found: list[bool]) -> str:
    """A percentage, or a dash for nothing."""
    return f"{100 * sum(found) / len(found):5.1f} %" if found else "    -  "


def main() -> None:
    """Print a line for the whole, and one for each signal."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("language")
    code = arguments.parse_args().language
    grammar = load_grammar(code)
    nlp = spacy.load(grammar.pipeline)
    finish(nlp)
    trees: list[tuple[Sentence, bool, bool]] = []
    for sentences in tests(code).values():
        gold = [to_doc(sentence, nlp.vocab) for sentence in sentences]
        for expected, found in zip(gold, parse(nlp, gold)[0], strict=True):
            tree = sentence_from_doc(found, code)
            reason = tree_reject(tree, grammar)
            if len(tree.tokens) > 3 and reason in {None, DOUBTFUL}:
                trees.append((tree, reason == DOUBTFUL, core(tree) != core(sentence_from_doc(expected, code))))
    doubted, trusted = [wrong for _, doubt, wrong in trees if doubt], [wrong for _, doubt, wrong in trees if not doubt]
    print(f"{len(trees)} trees, {share([doubt for _, doubt, _ in trees])} doubted")
    print(f"wrong where doubted {share(doubted)}, elsewhere {share(trusted)}")
    for name in grammar.facts(DoubtFacts).signals:
        fired = [wrong for tree, _, wrong in trees if any(SIGNALS[name](tree, token) for token in tree.tokens)]
        print(f"  {name:24} {len(fired):4} trees, wrong {share(fired)}")


if __name__ == "__main__":
    main()
