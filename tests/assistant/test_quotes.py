"""Quoted sentences: only what people wrote, word for word, and no claim of the assistant."""

import pytest

from assistant.checker import check_answer
from assistant.quotes import quote_problems, unquoted
from tests.assistant.conftest import evidence_at

MOUTH = "face.lower.mouth.mouth"
SAID = ("The teeth are blurry. The left eye is odd.", "Flicker around the nose")
LEAD = "There is strong support for manipulation. People wrote of a similar forgery: "


def test_blanking_keeps_every_place() -> None:
    text = 'One "two three" four "five'
    assert unquoted(text) == 'One "         " four "    '
    assert len(unquoted(text)) == len(text)


@pytest.mark.parametrize("said", [f'"{SAID[0]}"', '"The teeth are blurry.', f'"{SAID[1]}" and "{SAID[0]}"', "nothing"])
def test_true_quotes_and_their_beginnings_pass(said: str) -> None:
    assert quote_problems(LEAD + said, SAID) == []


@pytest.mark.parametrize(
    ("said", "quotes", "expected"),
    [
        ('"The teeth are blurred."', SAID, f'"{SAID[0]}"'),
        ('"The teeth are sharp', SAID, f'"{SAID[0]}"'),
        (f'"{SAID[0]}" and "{SAID[0]}"', SAID, f'"{SAID[1]}"'),
        ('"The teeth are blurry."', (), None),
    ],
)
def test_what_nobody_wrote_is_replaced_by_what_somebody_did(said: str, quotes: tuple[str, ...], expected: str) -> None:
    (problem,) = quote_problems(LEAD + said, quotes)
    assert (problem.kind, problem.expected) == ("quote", expected)
    start, end = problem.span
    assert (LEAD + said)[start:end].startswith('"')


def test_a_quote_claims_nothing_of_this_picture() -> None:
    """The left eye is not flagged here and 12 % was measured nowhere; people said so of another video."""
    quotes = ("The left eye stands out, 12 % of it is fake.",)
    evidence = evidence_at(0.9, (MOUTH,))
    assert check_answer(f'{LEAD}"{quotes[0]}"', evidence, quotes=quotes).agrees
    assert not check_answer(LEAD + quotes[0], evidence, quotes=quotes).agrees
