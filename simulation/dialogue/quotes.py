"""A human sentence about a forgery like the one found, quoted in an answer word for word.

The sentences stand before the question (retrieval/examples.py); the first of them, the most similar, is quoted.
"""

from simulation.dialogue.voice import Voice

SOURCED = ("verdict", "real_or_fake", "where", "why", "technical")
"""Intents before whose questions such sentences stand."""
QUOTING = ("where", "why", "technical")
"""Those of them whose answers quote."""


def with_quote(answer: str, sentence: str, v: Voice) -> str:
    """The answer and the sentence, which must not hold double quotes."""
    lead = v.of(
        "People wrote of a similar forgery:", "An annotator described a similar one:", "Of one like it a person wrote:"
    )
    return f'{answer} {lead} "{sentence}"'
