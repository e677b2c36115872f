"""What a person's words refer to: a face by number, a picture by number, the question of manipulation."""

import re
from dataclasses import dataclass

_FACE = re.compile(r"(?:#\s*|\b(?:face|person)\s+(?:number\s+|no\.?\s*|#\s*)?)(\d{1,3})\b", re.I)
_PICTURE = re.compile(r"\b(?:picture|photo|image|video|file)\s+(?:number\s+|no\.?\s*)?(\d{1,3})\b", re.I)
_ORDINAL = re.compile(r"\b(first|second|third)\s+(?:picture|photo|image|video|one)\b", re.I)
_VERDICT = re.compile(
    r"fake|forge|manipul|genuin|\breal\b|edited|tamper|doctored|\balter|generated|synthetic|swap", re.I
)
_ORDINALS = ("first", "second", "third")


@dataclass(frozen=True)
class Subject:
    """What a turn is about: picture counts from 1; face is an id, None when no face was found."""

    picture: int
    face: int | None


def face_named(text: str) -> int | None:
    """The number in "#2", "face 2", "person number 2"; None when there is none."""
    match = _FACE.search(text)
    return int(match.group(1)) if match else None


def picture_named(text: str, count: int) -> int | None:
    """The number in "picture 2" or "the second photo", where several pictures exist and that one does."""
    match, ordinal = _PICTURE.search(text), _ORDINAL.search(text)
    number = 0
    if match:
        number = int(match.group(1))
    elif ordinal:
        number = _ORDINALS.index(ordinal.group(1).lower()) + 1
    return number if count > 1 and 1 <= number <= count else None


def asks_verdict(text: str) -> bool:
    """Whether the words may ask if the picture is manipulated; only then a Yes/No score means something."""
    return _VERDICT.search(text) is not None
