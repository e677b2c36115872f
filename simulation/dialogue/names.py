"""Spoken names of face regions: what answers say, and what people may write for them."""

import re
from collections.abc import Iterable

from media.regions import REGIONS, SPOKEN_REGIONS

SPOKEN: tuple[str, ...] = SPOKEN_REGIONS
NAME: dict[str, str] = {i: REGIONS[i].name for i in SPOKEN}
"""Region id -> spoken name, e.g. "left brow"."""
_ID = {name: i for i, name in NAME.items()}
_INSIDE = {
    "face.lower.mouth.lips": (_ID["mouth"],),
    "face.lower.mouth.teeth": (_ID["mouth"],),
    "face.whole.face.face": SPOKEN,
}

_SIDED: dict[str, str] = {  # noun as people write it -> leaf of the registry, for words that come with left and right
    "eyes": "eye",
    "eye": "eye",
    "eyelids": "eye",
    "eyelid": "eye",
    "eyelashes": "eye",
    "lashes": "eye",
    "pupils": "eye",
    "pupil": "eye",
    "iris": "eye",
    "irises": "eye",
    "eyeball": "eye",
    "eyebrows": "brow",
    "eyebrow": "brow",
    "eye brows": "brow",
    "eye brow": "brow",
    "brows": "brow",
    "brow": "brow",
    "cheekbones": "cheek",
    "cheekbone": "cheek",
    "cheek bones": "cheek",
    "cheek bone": "cheek",
    "cheeks": "cheek",
    "cheek": "cheek",
    "dimples": "cheek",
    "jawline": "jaw",
    "jaw line": "jaw",
    "jawbone": "jaw",
    "jaws": "jaw",
    "jaw": "jaw",
}
_SINGLE: dict[str, str] = {
    "forehead": "forehead",
    "fore head": "forehead",
    "temples": "forehead",
    "temple": "forehead",
    "nose": "nose",
    "nostrils": "nose",
    "nostril": "nose",
    "bridge of the nose": "nose",
    "mouth": "mouth",
    "lips": "mouth",
    "lip": "mouth",
    "teeth": "mouth",
    "tooth": "mouth",
    "tongue": "mouth",
    "smile": "mouth",
    "moustache": "mouth",
    "mustache": "mouth",
    "chin": "chin",
    "beard": "chin",
    "face boundary": "face boundary",
    "boundary": "face boundary",
    "outline": "face boundary",
    "contour": "face boundary",
    "hairline": "face boundary",
    "hair line": "face boundary",
    "edge of the face": "face boundary",
    "edges of the face": "face boundary",
    "face edge": "face boundary",
    "border of the face": "face boundary",
    "face outline": "face boundary",
    "outline of the face": "face boundary",
}
_PLURAL = {("left eye", "right eye"): "eyes", ("left brow", "right brow"): "brows"}
_PLURAL |= {("left cheek", "right cheek"): "cheeks", ("left jaw", "right jaw"): "jaw"}


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"[\s-]+") for w in sorted(words, key=len, reverse=True))


_NOUN = _longest_first(_SIDED)
_MENTION = re.compile(
    rf"\b(?P<pair>left\s+and\s+(?:the\s+)?right|right\s+and\s+(?:the\s+)?left)\s+(?P<n4>{_NOUN})\b"
    rf"|\b(?P<s1>left|right|rigth|lft)[\s-]+(?:hand[\s-]+)?(?:side\s+)?(?:of\s+(?:the|his|her|their)\s+)?(?P<n1>{_NOUN})\b"
    rf"|\b(?P<n2>{_NOUN})\s+(?:on|at|to)\s+(?:the|his|her|their|my)\s+(?P<s2>left|right)\b(?!\s+(?:{_NOUN})\b)"
    rf"|\b(?P<both>both\s+)?(?P<n3>{_NOUN})\b"
    rf"|\b(?P<single>{_longest_first(_SINGLE)})\b",
    re.IGNORECASE,
)


def region_spans(text: str) -> tuple[tuple[tuple[str, ...], int, int], ...]:
    """Every mention of a region as (ids, start, end), in order; both ids for "the eyes" or "left and right eye"."""
    found: list[tuple[tuple[str, ...], int, int]] = []
    for match in _MENTION.finditer(text):
        part = match.groupdict()
        noun = part["n1"] or part["n2"] or part["n3"] or part["n4"]
        side = (part["s1"] or part["s2"] or "").lower()
        if noun:
            leaf = _SIDED[re.sub(r"[\s-]+", " ", noun.lower())]
            sides = ("left", "right") if not side else ("left",) if side.startswith("l") else ("right",)
            ids = tuple(_ID[f"{s} {leaf}"] for s in sides)
        else:
            ids = (_ID[_SINGLE[re.sub(r"[\s-]+", " ", part["single"].lower())]],)
        found.append((ids, match.start(), match.end()))
    return tuple(found)


_WORDS = sorted({w for n in (*_SIDED, *_SINGLE) for w in re.split(r"[\s-]", n) if len(w) >= 4} | {"left", "right"})
_REAL_WORDS = frozenset(
    "bread bear bead moth mile rows bros lash check checks cheers cheese chest lisp felt loft".split()
)


def _slips(word: str) -> set[str]:
    """Ways to mistype a word by one slip: neighbours swapped, a letter doubled, left out, or another one."""
    found = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
    found |= {word[: i + 1] + word[i:] for i in range(len(word))}
    if len(word) >= 5:
        found |= {word[:i] + word[i + 1 :] for i in range(1, len(word))}
    if len(word) >= 6:
        found |= {word[:i] + c + word[i + 1 :] for i in range(1, len(word)) for c in "abcdefghijklmnopqrstuvwxyz"}
    return found


_FIXES: dict[str, str] = {slip: w for w in reversed(_WORDS) for slip in _slips(w)}
_FIXES = {slip: w for slip, w in _FIXES.items() if slip not in _WORDS and slip not in _REAL_WORDS}


def _corrected(text: str) -> str:
    """Region words and sides with one slip of the keyboard, set right ("rihgt chek" -> "right cheek")."""
    return re.sub(r"[A-Za-z]{4,}", lambda m: _FIXES.get(m.group(0).lower(), m.group(0)), text)


def region_mentions(text: str) -> tuple[tuple[str, ...], ...]:
    """Regions a person mentions, in order: one tuple of ids a mention ("the eyes" gives both ids in one tuple).

    Sides are the subject's. "left and right eye" and "the left or the right cheek" are two mentions.
    """
    text = re.sub(
        r"(?<!\b(?:on|at|to) the )\b(left|right)"
        r"(\s*(?:and|or|vs\.?|versus|than|with|,|/|&)\s*(?:the\s+|his\s+|her\s+)?)"
        rf"(left|right)\s+({_NOUN})\b",
        r"\1 \4\2\3 \4",
        _corrected(text),
        flags=re.IGNORECASE,
    )
    return tuple(dict.fromkeys(ids for ids, _, _ in region_spans(text)))


def region_names_in(text: str) -> tuple[str, ...]:
    """Ids of the regions a text mentions, in order, each once; synonyms, plurals and sides are understood."""
    return tuple(dict.fromkeys(i for ids in region_mentions(text) for i in ids))


def asks_comparison(text: str) -> bool:
    """True when a text mentions two regions and sets them against each other."""
    words = (
        r"\b(compare[ds]?|comparing|comparison|versus|vs|than|or|differ\w*|between|which|against|worse|stronger|more)\b"
    )
    return len(region_mentions(text)) >= 2 and re.search(words, text, re.IGNORECASE) is not None


def spoken_ids(ids: Iterable[str]) -> tuple[str, ...]:
    """Registry ids as spoken ids: lips and teeth become the mouth, the whole face becomes all; order kept."""
    out: list[str] = []
    for i in ids:
        out.extend(_INSIDE.get(i, (i,) if i in NAME else ()))
    return tuple(dict.fromkeys(out))


def spoken_name(ids: tuple[str, ...]) -> str:
    """One name for a group: "nose", "eyes" for both eyes, "nose and mouth", "nose, mouth and chin"."""
    names = [NAME[i] for i in spoken_ids(ids)]
    for pair, plural in _PLURAL.items():
        if set(pair) <= set(names):
            names[names.index(pair[0])] = plural
            names = [n for n in names if n not in pair]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1] if names else ""


def with_article(ids: tuple[str, ...]) -> str:
    """ "the nose", "the nose and the mouth", "the nose, the mouth and the chin"."""
    parts = re.split(r", | and ", spoken_name(ids)) if ids else []
    parts = ["the " + p for p in parts]
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1] if parts else ""


def is_plural(ids: tuple[str, ...]) -> bool:
    """Whether the spoken name takes a plural verb."""
    name = spoken_name(ids)
    return " and " in name or name in {"eyes", "brows", "cheeks"}


SURFACES: dict[str, tuple[str, ...]] = {
    "forehead": ("forehead",) * 3 + ("temples",),
    "nose": ("nose",) * 4 + ("nostrils", "bridge of the nose"),
    "mouth": ("mouth",) * 4 + ("lips", "lips", "teeth", "smile"),
    "chin": ("chin",) * 4 + ("beard",),
    "face boundary": (
        "edge of the face",
        "face boundary",
        "outline of the face",
        "hairline",
        "contour",
        "face outline",
    ),
}
"""Words for the middle regions in simulated questions; sided ones are built from `SIDE_SURFACES`."""
SIDE_SURFACES: dict[str, tuple[str, ...]] = {
    "eye": ("eye",) * 4 + ("eyelid", "pupil", "eyelashes"),
    "brow": ("brow", "eyebrow", "eyebrow"),
    "cheek": ("cheek",) * 3 + ("cheekbone",),
    "jaw": ("jaw", "jawline", "side of the jaw", "jaw line"),
}
