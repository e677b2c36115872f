"""An independent reader of answers: what does this English text claim about the picture?

Made for measuring only. It shares no code and no wording with the assistant's own checker nor with the templates that
training dialogues are made of: a judge that reads with the eyes of the judged would find no fault.
"""

import re
from dataclasses import dataclass
from typing import Literal

Claim = Literal["fake", "real", "uncertain", "not_assessed"]

_PART = {
    "forehead": ("face.upper.forehead.forehead",),
    "brow": ("face.upper.brows.left_brow", "face.upper.brows.right_brow"),
    "eye": ("face.upper.eyes.left_eye", "face.upper.eyes.right_eye"),
    "nose": ("face.middle.nose.nose",),
    "cheek": ("face.middle.cheeks.left_cheek", "face.middle.cheeks.right_cheek"),
    "mouth": ("face.lower.mouth.mouth",),
    "chin": ("face.lower.chin.chin",),
    "jaw": ("face.lower.jaws.left_jaw", "face.lower.jaws.right_jaw"),
    "boundary": ("face.whole.boundary.face_boundary",),
}
_NOUN = re.compile(
    r"\b(?P<boundary>(?:face|facial|head)['s]*\s+(?:boundary|outline|contour|edge|border)|(?:outline|edge|border|boundary|"
    r"contour) of (?:the|your|this) face)\b"
    r"|\b(?P<forehead>foreheads?)\b|\b(?P<brow>(?:eye)?-?\s?brows?)\b|\b(?P<eye>eyes?|eyelids?)\b"
    r"|\b(?P<nose>noses?|nostrils?)\b|\b(?P<cheek>cheeks?)\b|\b(?P<mouth>mouth|lips?|teeth)\b"
    r"|\b(?P<chin>chin)\b|\b(?P<jaw>jaw(?:\s?-?lines?)?s?)\b",
    re.I,
)
_SIDE = re.compile(r"\b(left|right)\b(?!-hand side of the (?:image|picture))", re.I)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_CLAUSE = re.compile(r",?\s+\b(?:but|while|whereas|although|though|however|except)\b\s*|;\s*|,\s+(?=not\b)", re.I)
_ABSENT = re.compile(
    r"\b(?:no|not|nothing|none|neither|nor|never|without|hardly|little|cannot|isn't|aren't|doesn't|don't|won't|unremarkable|"
    r"normal|ordinary|unaffected|untouched|undisturbed|unaltered|clean|quiet|clear of|free of|less than|lower than|"
    r"below the rest|like the rest|as the rest|same as the rest|in line with)\b|n't\b",
    re.I,
)
_NOT_ONLY = re.compile(  # denials that deny nothing about a place or the picture
    r"\bnot\s+(?:only|just|proof|certain)\b|\bno\s+doubt\b|"
    r"\b(?:do|does|did)(?:\s+not|n't)\s+(?:quite\s+|really\s+)?(?:fit|match|agree|belong|go|blend|look\s+like\s+the)\b",
    re.I,
)
_INDIRECT = re.compile(r"\b(?:whether|if|how (?:strongly|much|well|far|likely))\b[^,.:;]*", re.I)
_SCALE = re.compile(r"\b(?:runs|goes|ranges|reaches) from\b|\b(?:higher|lower) scores?\b|\bscale\b", re.I)
_PLACE_OPEN = re.compile(
    r"\b(?:place|location|spot|position)\b[^.,;]*\b(?:uncertain|unclear|open|undecided)\b|"
    r"\b(?:uncertain|unclear|not (?:sure|certain))\b[^.,;]*\b(?:where|place|location|spot)\b",
    re.I,
)
_SPOT = re.compile(r"\b(?:spot|click\w*|box|marked|brushed|that place|this place|in places)\b", re.I)
_WIDE = re.compile(
    r"\b(?:most|nearly all|almost all|large parts?|all) of the (?:whole )?face\b|\b(?:whole|entire) face\b|"
    r"\ball over the face\b|\bacross the face\b",
    re.I,
)

_UNASSESSED = re.compile(
    r"(?:could|can|was|were|is)\s*(?:not|n't)\s+(?:be\s+|been\s+|able\s+to\s+be\s+)?(?:assess|examin|judg|check)|"
    r"cannot\s+(?:be\s+)?(?:assess|examin|judg)|unable to (?:assess|examine|judge)|not assessed|"
    r"nothing (?:was|is|could be|has been) measured|(?:have|is) no (?:finding|score|result)|"
    r"(?:found|find|see) no face|no (?:usable )?face (?:was )?(?:found|visible)|without a (?:finding|score)",
    re.I,
)
_UNSURE = re.compile(
    r"\binconclusive\b|\bundecided\b|\bunclear\b|"
    r"\bcan(?:not|'t| not) (?:tell|say|decide)"
    r"(?=\s+(?:whether|if|either|for (?:sure|certain)|from|with|between)|\s*[.,;:]|$)|"
    r"\bno clear (?:answer|finding|verdict)\b|"
    r"\bneither (?:way|direction)\b|\bnot (?:sure|certain) (?:whether|if)\b|\buncertain\b|\bopen question\b|"
    r"\bin between\b|\b(?:could be|both are|either is) (?:either|possible)\b|"
    r"\btoo weak to\b|\bfor\b[^.;:\d]*\bagainst\b|\b(?:either way|both ways)\b",
    re.I,
)
_LITTLE = re.compile(
    r"\b(?:little|weak|scant|hardly any|barely any|no (?:real |strong |clear |notable |particular )?)\s*"
    r"(?:support|sign|signs|evidence|trace|traces|indication|indications|hint|hints)\b",
    re.I,
)
_SUPPORT = re.compile(
    r"\b(?:strong|some|clear|moderate|substantial|considerable|good|solid)\s+(?:support|signs?|evidence|traces?|"
    r"indications?|hints?)\b|\bsupports? (?:the idea of |that )?(?:it |this )?(?:is |was |has been )?manipulat|"
    r"\bpoints? (?:strongly )?(?:to|towards) (?:a )?(?:manipulat|forger|fak|deepfake|edit)",
    re.I,
)
_FAKE_WORD = re.compile(
    r"\b(?:is|was|been|be|looks?|appears?|seems?|call(?:s|ed)?|as|probably|likely)\s+"
    r"(?:(?:to be|to have been|more|like|a|an|likely|probably|been|partly|digitally)\s+)*"
    r"(?:manipulated|deepfake|deep fake|fake|forged|forgery|altered|edited|tampered|doctored|synthetic)\b",
    re.I,
)
_REAL_WORD = re.compile(
    r"\b(?:is|was|been|be|looks?|appears?|seems?|as|probably|likely)\s+(?:(?:to be|like|a|an|likely|probably)\s+)*"
    r"(?:real|genuine|unaltered|unmanipulated|unedited|authentic|pristine|original)\b",
    re.I,
)
_DECLINE = re.compile(
    r"\b(?:can(?:not|'t| not)|could not|do not|don't|will not|won't|am not able|not able|unable|never|"
    r"not something I|not my|not made|not meant|not built|outside|beyond|decline|"
    r"only (?:talk|speak|help|answer|look|deal|examine|discuss|about))\b",
    re.I,
)
_TOPIC = re.compile(
    r"\b(?:who\b|identif\w*|identit\w*|nam(?:e|ing) (?:\w+ )?(?:person|people|man|woman|someone|anyone)|names of|"
    r"recogni[sz]\w*|person|people|help|answer|talk|"
    r"discuss|speak|topic|subject|question|request|about (?:this|the) (?:picture|image|photo|face|video)|what I|"
    r"my (?:task|job|purpose|scope|field|work|subject))",
    re.I,
)
_PERCENT = re.compile(
    r"(\d{1,3}(?:\.\d+)?)\s*(?:%|percent\b|per cent\b|(?:points?\s+)?(?:out )?of (?:a )?(?:100|hundred)\b)", re.I
)
_UNIT = re.compile(r"(?<![\d.])(0?\.\d+|1\.0+)(?![\d%])")


@dataclass(frozen=True)
class ParsedAnswer:
    """What an answer claims.

    Attributes:
        verdict: the first clear claim about the whole picture, or None when it makes none.
        contradicts: whether a later sentence claims the opposite direction (fake against real).
        claimed: ids of regions that it presents as standing out; denied: those it presents as unremarkable.
        percents: numbers given as percent (0-100), unit scores 0.xx included.
        declined: whether it says that it does not do what was asked.
        wide: whether it says that most or all of the face stands out.
    """

    verdict: Claim | None
    contradicts: bool
    claimed: frozenset[str]
    denied: frozenset[str]
    percents: tuple[float, ...]
    declined: bool
    wide: bool = False

    @property
    def named(self) -> frozenset[str]:
        """All regions that the answer mentions."""
        return self.claimed | self.denied


def parse_answer(text: str) -> ParsedAnswer:
    """Read one answer."""
    claims = verdict_claims(text)
    claimed, denied = region_claims(text)
    return ParsedAnswer(
        verdict=claims[0] if claims else None,
        contradicts=len({"fake", "real"} & set(claims)) == 2,
        claimed=frozenset(claimed - denied),
        denied=frozenset(denied),
        percents=percents(text),
        declined=declines(text),
        wide=any(_WIDE.search(s) and not _ABSENT.search(_NOT_ONLY.sub("", s)) for s in _SENTENCE.split(text)),
    )


def verdict_claims(text: str) -> list[Claim]:
    """The claim of each sentence that makes one, in order. A leading Yes/No alone is a claim when nothing else is."""
    found: list[Claim] = []
    for sentence in _SENTENCE.split(text):
        claim = _sentence_claim(sentence)
        if claim is not None:
            found.append(claim)
    first = leading_claim(text)
    return [first] if first and not found else found


def leading_claim(text: str) -> Claim | None:
    """What a leading Yes or No says where the question was whether the picture is fake; None without one."""
    first = re.match(r"\s*(yes|no)\b(?!\s+(?:place|part|region|clear|sign|face|score|finding))", text, re.I)
    return None if first is None else "fake" if first[1].lower() == "yes" else "real"


def _sentence_claim(sentence: str) -> Claim | None:
    """One sentence's claim about the whole picture.

    Doubt is looked for before support and denial before affirmation. That a place shows little says nothing about the
    whole picture; that a place shows much does.
    """
    if (
        re.match(r"\s*(?:if|when|which|what|who|where)\b.*,", sentence, re.I)
        or "?" in sentence
        or _SCALE.search(sentence)
    ):
        return None
    regional = bool(_SPOT.search(sentence) or regions_named(sentence))
    if _UNASSESSED.search(sentence):
        return (
            None if regional and not re.search(r"\b(?:picture|image|photo|video)\b", sentence, re.I) else "not_assessed"
        )
    if _UNSURE.search(_PLACE_OPEN.sub("", sentence)):
        return "uncertain"
    claim = _direction(_INDIRECT.sub("", sentence))
    return None if regional and claim == "real" else claim


def _direction(sentence: str) -> Claim | None:
    """fake or real, when the sentence says one of them."""
    if _LITTLE.search(sentence):
        return "real"
    readings: tuple[tuple[re.Pattern[str], Claim, Claim | None], ...] = (
        (_SUPPORT, "fake", "real"), (_FAKE_WORD, "fake", "real"), (_REAL_WORD, "real", None),
    )  # fmt: skip
    for pattern, claim, opposite in readings:
        hit = pattern.search(sentence)
        if hit:
            before = re.split(r"[:;,]", sentence[: hit.start()])[-1] + hit.group()
            return opposite if _ABSENT.search(_NOT_ONLY.sub("", before)) else claim
    return None


def region_claims(text: str) -> tuple[set[str], set[str]]:
    """(claimed, denied) region ids: each clause's regions are denied when the clause says that nothing is there."""
    claimed: set[str] = set()
    denied: set[str] = set()
    for sentence in _SENTENCE.split(text):
        if "?" in sentence:
            continue
        for clause in _CLAUSE.split(sentence):
            body = _NOT_ONLY.sub("", re.sub(r"^\s*no\s*,", "", clause, flags=re.I))
            (denied if _ABSENT.search(body) else claimed).update(regions_named(clause))
    return claimed, denied


def regions_named(text: str) -> set[str]:
    """Ids of all regions that a text names. "left eye and brow" carries the side on; "eyes" or "both" mean the pair."""
    ids: set[str] = set()
    side, end = None, 0
    for hit in _NOUN.finditer(text):
        kind = str(hit.lastgroup)
        gap = text[end : hit.start()]
        sides = [m.lower() for m in _SIDE.findall(gap)]
        if sides:
            side = sides
        elif not re.fullmatch(r"\s*(?:,|and|,\s*and|or|/|&)?\s*", gap) or not ids:
            side = None
        pair = _PART[kind]
        plural = hit.group().lower().endswith("s")
        if len(pair) == 1 or side is None or (plural and not sides):
            ids.update(pair)
        else:
            ids.update(p for p in pair if any(f".{s}_" in p for s in side))
        end = hit.end()
    return ids


def percents(text: str) -> tuple[float, ...]:
    """Numbers given as percent, and scores written 0.xx times 100, in order of appearance."""
    found = [(m.start(), float(m[1])) for m in _PERCENT.finditer(text)]
    taken = [m.span() for m in _PERCENT.finditer(text)]
    for m in _UNIT.finditer(text):
        if not any(a <= m.start() < b for a, b in taken):
            found.append((m.start(), round(float(m[1]) * 100, 4)))
    return tuple(value for _, value in sorted(found))


def declines(text: str) -> bool:
    """Whether a sentence refuses (cannot, do not, only ...) and says what: the person, the topic, the task."""
    return any(_DECLINE.search(s) and _TOPIC.search(s) for s in _SENTENCE.split(text))
