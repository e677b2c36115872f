"""What an answer claims, read from its words: verdict, places, numbers, persons. Reads language, knows no template."""

import re
from dataclasses import dataclass
from typing import Literal

from media.records import EvidenceWord, Verdict
from simulation.dialogue.names import region_spans

Span = tuple[int, int]
Polarity = Literal["raised", "low", "above", "below", "none"]


@dataclass(frozen=True)
class VerdictClaim:
    """The words say `verdict`, with the strength `word` when they name one."""

    verdict: Verdict
    word: EvidenceWord | None
    span: Span


@dataclass(frozen=True)
class PlaceClaim:
    """The words say that a place is raised or low, or above or below the rest of the face, or only mention it."""

    ids: tuple[str, ...]
    polarity: Polarity
    span: Span


@dataclass(frozen=True)
class OrderClaim:
    """The words set two places against each other. sign 1: first above second; 0: about the same.

    span, second_span: where the names of the first and of the second place stand.
    """

    first: tuple[str, ...]
    second: tuple[str, ...]
    sign: int
    span: Span
    second_span: Span


@dataclass(frozen=True)
class NumberClaim:
    """A number: percent, or a ratio ("1.8 times"). role tells what it is said to be; ids the place it is said of."""

    value: float
    unit: Literal["percent", "times"]
    role: Literal["score", "inside", "rest", "free", "scale"]
    ids: tuple[str, ...]
    span: Span


_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\d)[^.!?\n]+)*[.!?]*")
_CLAUSE = re.compile(
    r"[;]|,?\s+\b(?:but|yet|while|whereas|although|though|however)\b|,\s+(?=not\s+(?:at|on|in|around)\b)", re.I
)
_ASIDE = re.compile(
    r"\b(?:whether|if|ask me|would you like|runs? from|higher score|lower score|how strongly)\b[^,;:]*", re.I
)
_NEGATED = re.compile(r"\b(?:not|n't|no|never|nothing|without|cannot|neither|hardly|nor)\b|n't\b", re.I)

_SUPPORT = re.compile(
    r"\b(?P<word>very strong|strong|clear|much|some|moderate|little|weak|hardly any|no|inconclusive)\s+"
    r"(?:support|evidence|indications?)\b(?:\s+(?:for|of)\s+(?:a\s+)?(?:manipulation|forgery|fake|deepfake|editing))?",
    re.I,
)
_WORDS: dict[str, EvidenceWord] = {
    "very strong": "strong support",
    "strong": "strong support",
    "clear": "strong support",
    "much": "strong support",
    "some": "some support",
    "moderate": "some support",
    "little": "little support",
    "weak": "little support",
    "hardly any": "little support",
    "no": "little support",
    "inconclusive": "inconclusive",
}
_VERDICT_OF: dict[EvidenceWord, Verdict] = {
    "strong support": "fake",
    "some support": "fake",
    "little support": "real",
    "inconclusive": "uncertain",
}
_OPENERS: tuple[tuple[str, Verdict], ...] = (
    (r"\s*(?:yes|yeah|yep|indeed)\b(?=\s*[.,!;:-]|\s*$)", "fake"),
    (r"\s*(?:no|nope)\b(?=\s*[.,!;:-]|\s*$)", "real"),
    (r"\s*(?:unclear|undecided|uncertain|maybe|perhaps)\b", "uncertain"),
)
_FAKE = (
    r"(?:a\s+|an\s+)?(?:fakes?|faked|deepfakes?|manipulated|forged|forgery|edited|altered|doctored|tampered"
    r"|not real|synthetic)"
)
_REAL = r"(?:a\s+)?(?:real|genuine|untouched|unedited|unaltered|unmanipulated|original|authentic|pristine)"
_STATES = re.compile(
    rf"\b(?:it|this|that|(?:picture|photo|image|face|person|video)s?)\s+(?:very likely |probably |clearly |really )?"
    rf"(?P<verb>is|was|are|has|looks|seems|appears|does)(?P<not>\s+not|\s+never|n't)?\s+(?:been |look |seem |appear )?"
    rf"(?:very likely |probably |clearly |most likely |likely |certainly )*(?:to be )?(?:(?P<fake>{_FAKE})"
    rf"|(?P<real>{_REAL}))\b",
    re.I,
)
_TAKEN = re.compile(rf"\b(?:taken?|rely on it|count) as {_REAL}\b", re.I)
_NO_SIGN = re.compile(
    r"\bno\s+(?:clear\s+|strong\s+)?signs?\s+of\s+(?:a\s+)?(?:fake|manipulation|forgery|deepfake)\b", re.I
)
_SIGNS = re.compile(
    r"\b(?:clear|strong|many|obvious|visible|unmistakable|several)\s+signs?\s+of\s+(?:a\s+)?(?:fake"
    r"|manipulation|forgery|deepfake)\b"
    r"|\b(?:someone|somebody|they)\s+(?:has\s+|have\s+|probably\s+)?(?:manipulated|edited|altered|changed|faked"
    r"|forged)\b",
    re.I,
)
_UNSURE = re.compile(
    r"\binconclusive\b|\b(?:can't|cannot|can not) (?:say|decide|tell) (?:either way|between)|\bboth are possible", re.I
)
_NOT_ASSESSED = re.compile(
    r"\b(?:could not|couldn't|cannot|can't|unable to) (?:be )?assess(?:ed)?\b|\bnot assessed\b"
    r"|\bno score was computed\b"
    r"|\bnothing (?:was|could be) measured, because\b|\bso nothing was measured\b(?! there| at)",
    re.I,
)


def sentences(text: str) -> list[tuple[str, int]]:
    """The sentences of a text with their offsets; full stops inside numbers do not count."""
    return [(m.group(0), m.start()) for m in _SENTENCE.finditer(text) if m.group(0).strip()]


def _said(clause: str) -> str:
    """A clause with its asides ("whether ...", "how strongly ...") blanked up to the next mark; offsets stay."""
    return _ASIDE.sub(lambda m: " " * len(m.group(0)), clause)


def _clauses(sentence: str, offset: int) -> list[tuple[str, int]]:
    cuts = [0, *(m.start() for m in _CLAUSE.finditer(sentence)), len(sentence)]
    return [(sentence[a:b], offset + a) for a, b in zip(cuts, cuts[1:], strict=False) if sentence[a:b].strip()]


def verdict_claims(text: str) -> list[VerdictClaim]:
    """Every statement about the whole face: opening word, evidence words, "it is manipulated", "could not assess"."""
    claims: list[VerdictClaim] = []
    for pattern, verdict in _OPENERS:
        opening = re.match(pattern, text, re.I)
        if opening:
            claims.append(VerdictClaim(verdict, None, (0, opening.end())))
    for sentence, offset in sentences(text):
        for clause, start in _clauses(sentence, offset):
            claims.extend(_in_clause(clause, start))
    return claims


def _in_clause(clause: str, start: int) -> list[VerdictClaim]:
    """The verdict claims of one clause; what comes after "whether" or "ask me" claims nothing."""
    said = _said(clause)
    places = region_spans(said)
    first_place = places[0][1] if places else len(said) + 1
    found: list[VerdictClaim] = []

    def add(verdict: Verdict, word: EvidenceWord | None, match: re.Match[str]) -> None:
        found.append(VerdictClaim(verdict, word, (start + match.start(), start + match.end())))

    for match in _SUPPORT.finditer(said):
        word = _WORDS[match.group("word").lower()]
        if first_place < match.start() or (word == "little support" and places):
            continue  # said of that place, not of the whole face
        add(_VERDICT_OF[word], word, match)
    for match in _STATES.finditer(said):
        negated = bool(match.group("not")) or _NEGATED.search(said[: match.start()]) is not None
        fake = (match.group("fake") is not None) != negated
        if first_place > match.start() and not re.search(r"\bnothing\b", said[: match.start()], re.I):
            add("fake" if fake else "real", None, match)
    for match in _TAKEN.finditer(said):
        add("fake" if _NEGATED.search(said[: match.start()]) else "real", None, match)
    for match in _NO_SIGN.finditer(said):
        if not places:
            add("real", None, match)
    for match in _SIGNS.finditer(said):
        if not _NEGATED.search(said[: match.start()]) and first_place > match.start():
            add("fake", None, match)
    for match in _UNSURE.finditer(said):
        add("uncertain", "inconclusive" if match.group(0).lower() == "inconclusive" else None, match)
    for match in _NOT_ASSESSED.finditer(said):
        add("not_assessed", None, match)
    return found


_LOW = re.compile(
    r"\b(?:not (?:at|on|in|around|where|stand|differ|suspicious|affected|manipulated|higher|raised)"
    r"|n't (?:stand|differ)|little|few"
    r"|no (?:signs?|sign of)|nothing|clean|unaffected|untouched|unremarkable|inconspicuous|fine|normal|low)\b"
    r"|\b(?:like|close to) the rest\b|(?<!not )(?<!n't )\b(?:fits?|match(?:es)?|agrees?) (?:with )?the rest",
    re.I,
)
_BELOW = re.compile(r"\b(?:lower|less|weaker|below|cleaner)\b[^,;:]{0,20}\b(?:rest|others?)\b", re.I)
_ABOVE = re.compile(r"\b(?:higher|more|stronger|above)\b[^,;:]{0,20}\b(?:rest|others?)\b", re.I)
_RAISED = re.compile(
    r"\bst(?:and|ood)s? out|\bpoint(?:s|ed)? to|\bstrong(?:est|er)\b|\bhighest\b|\bhigh\b|\bworst\b"
    r"|\bsuspicious|\bdiffer(?:s|ent)?\b"
    r"|\bsigns?\b|\bsupport\b|\bmanipulat|\bfaked?\b|\bdeepfake|\bedited|\balter|\baffected|\bchanged\b|\bforge"
    r"|\bshows\b|\bseen?\b"
    r"|\bnot (?:fit|match)|\bn't (?:fit|match)|\blights? up|\blies\b|\bspread|\bmeasured\b.{0,40}\b(?:texture"
    r"|colour|seam|grain)",
    re.I,
)
_BOX = re.compile(r"\b(?:box|rectangle|selection|marked area|area you)\b", re.I)
_ORDER = re.compile(r"\b(?P<up>more|stronger|higher|worse|greater)|\b(?P<down>less|lower|weaker|fewer)\b", re.I)
_THAN = re.compile(r"\bthan\b|,\s*(?:and )?not\b|\bagainst\b", re.I)
_SAME = re.compile(
    r"\babout the same|\bhardly a(?:ny)? difference|\bare close\b|\b(?:are|is) (?:equal|similar|alike)\b"
    r"|\bno difference",
    re.I,
)


def place_claims(text: str) -> tuple[list[PlaceClaim], list[OrderClaim]]:
    """What is said of each region that a text mentions, and which regions are set against each other."""
    places: list[PlaceClaim] = []
    orders: list[OrderClaim] = []
    for sentence, offset in sentences(text):
        order = _order(sentence, offset)
        if order is not None:
            orders.append(order)
            continue
        for clause, start in _clauses(sentence, offset):
            said = _said(clause)
            spans = region_spans(said)
            if spans and _BOX.search(said):  # a marked area is one place, whatever it covers
                spans = ((tuple(dict.fromkeys(i for ids, _, _ in spans for i in ids)), spans[0][1], spans[-1][2]),)
            for ids, a, b in spans:
                places.append(PlaceClaim(ids, _polarity(said), (start + a, start + b)))
    return places, orders


def _order(sentence: str, offset: int) -> OrderClaim | None:
    """Two regions with "more ... than", "stronger at A, not at B" or "about the same"."""
    spans = region_spans(sentence)
    if len(spans) < 2:
        return None
    first, start, end = spans[0]
    second, begin, close = next((s for s in spans[1:] if s[0] != first), spans[1])
    places = (offset + start, offset + end), (offset + begin, offset + close)
    if _SAME.search(sentence):
        return OrderClaim(first, second, 0, *places)
    word, than = _ORDER.search(sentence[:begin]), _THAN.search(sentence, end, begin)
    if word is None or than is None:
        return None
    return OrderClaim(first, second, 1 if word.group("up") else -1, *places)


def _polarity(clause: str) -> Polarity:
    if _BELOW.search(clause):
        return "below"
    if _LOW.search(clause):
        return "low"
    if _ABOVE.search(clause):
        return "above"
    return "raised" if _RAISED.search(clause) else "none"


_NUMBER = re.compile(
    r"(?<![\w.])(?P<value>\d+(?:[.,]\d+)?)\s*(?:(?P<percent>%|per ?cent\b|out of (?:100|a hundred)\b)"
    r"|(?P<times>times\b|x\b|-?fold\b))"
    r"|\bscore\s+(?:of|is|was|:)\s*(?P<bare>\d+(?:[.,]\d+)?)(?![\d.,]*\d|\s*(?:%|per ?cent|out of))",
    re.I,
)
_SCALE = re.compile(r"\bfrom 0 ?(?:%|percent)?.{0,40}\bto 100\b", re.I)


def number_claims(text: str) -> list[NumberClaim]:
    """Every percent and ratio of a text with its role and the region it is said of."""
    found: list[NumberClaim] = []
    for sentence, offset in sentences(text):
        for match in _NUMBER.finditer(sentence):
            value = float((match.group("value") or match.group("bare")).replace(",", "."))
            bare = match.group("bare") is not None
            if bare:
                value = 100 * value if value <= 1 else value
            unit = "times" if match.group("times") else "percent"
            role, ids = ("score", ()) if bare else _role(sentence, match)
            if value in (0.0, 100.0) and _SCALE.search(sentence):
                role = "scale"
            found.append(NumberClaim(value, unit, role, ids, (offset + match.start(), offset + match.end())))
    return found


def _role(sentence: str, match: re.Match[str]) -> tuple[Literal["score", "inside", "rest", "free"], tuple[str, ...]]:
    before, after = sentence[: match.start()], sentence[match.end() :]
    spans = region_spans(sentence)
    bound = next(
        (
            ids
            for ids, a, _ in spans
            if re.fullmatch(r"\s+(?:at|on|in|for|around)\s+(?:the\s+|both\s+)?", sentence[match.end() : a])
        ),
        (),
    )
    if bound:
        return "inside", bound
    earlier = [ids for ids, _, b in spans if b <= match.start()]
    subject = earlier[0] if len(set(earlier)) == 1 else tuple(dict.fromkeys(i for ids in earlier for i in ids))
    overall = re.match(
        r",?\s*(?:which|that|and|is|means?|stands? for|of)\b[^.%]{0,16}\b(?:support|inconclusive)", after, re.I
    )
    if overall or re.search(r"\b(?:score|probability)\b[^,;:%]{0,40}$", before, re.I):
        return "score", ()
    if re.match(r"[^,;.%]{0,10}\b(?:(?:on|for|in|across|at) the (?:rest|others?)|elsewhere)\b", after, re.I):
        return "rest", subject
    if re.search(r"\brest(?: of the face)?(?: it)?(?: is| has| shows| gets|)\s*$", before, re.I):
        return "rest", subject
    inside = re.match(r"\s*(?:there|inside|in it)\b", after, re.I) or re.search(
        r"\b(?:inside|there)\b[^,;%]{0,14}$", before, re.I
    )
    return ("inside" if inside else "free"), subject


_PERSON = re.compile(
    r"\b(?:[Tt]his|[Tt]hat|[Ii]t|[Hh]e|[Ss]he|[Tt]he (?:person|man|woman|actor|face)) (?:is|looks like|shows"
    r"|must be|could be)"
    r" (?:the (?:actor|actress|president|singer|politician) )?(?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+)+)"
    r"|\b(?:his|her|their|the person's) name is (?P<other>\w+)|\b(?:person|man|woman|face) is (?:called|named"
    r"|known as) (?P<third>\w+)",
)
_OVERCLAIM = re.compile(
    r"\b(?:authentic(?:ity)?|verified|proofs?|proven|proves?|pristine|guaranteed?|100 ?% (?:sure|certain))\b", re.I
)


def forbidden_claims(text: str) -> list[tuple[str, Span]]:
    """Persons named, and words that claim more than a measurement can ("proof", "verified"), unless negated."""
    found = [("A person is named.", (m.start(), m.end())) for m in _PERSON.finditer(text)]
    for sentence, offset in sentences(text):
        for match in _OVERCLAIM.finditer(sentence):
            ahead = sentence[: match.start()]
            if not (_NEGATED.search(ahead) or _ASIDE.search(ahead)):
                span = (offset + match.start(), offset + match.end())
                found.append((f'"{match.group(0)}" claims more than was measured.', span))
    return found
