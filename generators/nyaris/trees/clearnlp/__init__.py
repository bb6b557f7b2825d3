"""From the ClearNLP scheme of dependency trees to Universal Dependencies.

The scheme is described by Choi and Palmer (Guidelines for the Clear Style Constituent to Dependency Conversion, 2012)
and is what spaCy's own pipelines for the language of OntoNotes are trained on. It makes prepositions and copulas heads,
and hangs each conjunct on the one before it; here they become dependents, and all conjuncts hang on the first.
A name of several words keeps its last word as head: the scheme does not tell persons, whose first word heads the name
in Universal Dependencies, from companies and places.
"""

from __future__ import annotations

from nyaris.trees.clearnlp.draft import Draft
from nyaris.trees.clearnlp.facts import ClearNlpFacts
from nyaris.trees.clearnlp.relations import relations
from nyaris.trees.clearnlp.structure import coordination, copulas, joined_clauses, prepositions, small_clauses
from nyaris.trees.clearnlp.words import fixed_expressions, punctuation, reworded, sums
from nyaris.trees.sentence import Sentence

__all__ = ["ClearNlpFacts", "to_ud"]


def to_ud(sentence: Sentence, facts: ClearNlpFacts) -> Sentence:
    """The same sentence with a Universal Dependencies tree; offsets and words stay."""
    draft = Draft(sentence)
    prepositions(draft)
    sums(draft)
    small_clauses(draft, facts)
    copulas(draft, facts)
    joined_clauses(draft)
    coordination(draft)
    relations(draft, facts)
    punctuation(draft)
    fixed_expressions(draft, facts)
    return draft.finished(reworded(draft, facts))
