"""Quoted sentences of an answer: they must be those of people, word for word, and are no claims of the assistant."""

import re
from collections.abc import Sequence

from assistant.problems import Problem

_QUOTE = re.compile(r'"([^"]*)("|$)')


def unquoted(text: str) -> str:
    """The text with what stands in double quotes blanked out, of the same length."""
    return _QUOTE.sub(lambda m: '"' + " " * len(m.group(1)) + m.group(2), text)


def quote_problems(text: str, quotes: Sequence[str]) -> list[Problem]:
    """Quotes that nobody wrote; the most similar sentence that is not quoted yet is what is meant.

    Args:
        text: an answer, or the beginning of one, which may end inside a quote.
        quotes: the sentences that may be quoted, most similar first; () when the turn has none.
    """
    found = []
    left = list(quotes)
    for match in _QUOTE.finditer(text):
        said, whole = match.group(1), bool(match.group(2))
        meant = next((q for q in left if q == said or (not whole and q.startswith(said))), None)
        if meant is None:
            expected = f'"{left[0]}"' if left else None
            found.append(Problem("quote", match.span(), "Nobody is known to have written that.", expected))
        else:
            left.remove(meant)
    return found
