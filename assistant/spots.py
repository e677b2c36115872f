"""What a turn points at, measured and put into words for the language model."""

from dataclasses import dataclass

from assistant.records import RegionQuery
from assistant.region_query import FACE_ID, OffFace, measure
from media.records import FaceExamination, Measurement, Signals
from simulation.dialogue.names import asks_comparison, region_mentions, spoken_name
from simulation.dialogue.wording import OFF_FACE, comparison_evidence, region_evidence

_MOST_MENTIONS = 2


@dataclass(frozen=True, eq=False)
class Spot:
    """Measured evidence that a turn brings in.

    Attributes:
        text: the turn evidence, "" when nothing was pointed at.
        measurements: what was measured for this turn.
        signals: the detector's signals masked to the spot; None when there is none, or several.
    """

    text: str = ""
    measurements: tuple[Measurement, ...] = ()
    signals: Signals | None = None


def find_spot(question: str, query: RegionQuery | None, face: FaceExamination | None) -> Spot:
    """Measure the spot pointed at, else the regions that the question names.

    Args:
        question: the person's words.
        query: a click, box or brush; it goes before the words.
        face: the face under discussion, None when the picture has none.
    """
    if query is not None:
        return _pointed(query, face)
    if face is None or face.signals is None:
        return Spot()
    mentions = [ids for ids in region_mentions(question) if FACE_ID not in ids][:_MOST_MENTIONS]
    measured = [measure(RegionQuery(region_ids=ids), face) for ids in mentions]
    found = tuple(measurement for measurement, _ in measured)
    if len(found) == 2 and asks_comparison(question):
        return Spot(comparison_evidence(found[0], place_name(found[0]), found[1], place_name(found[1])), found)
    text = " ".join(region_evidence(m, place_name(m)) for m in found)
    return Spot(text, found, measured[0][1] if len(measured) == 1 else None)


def _pointed(query: RegionQuery, face: FaceExamination | None) -> Spot:
    if face is None or face.signals is None:
        return Spot(text=OFF_FACE)
    try:
        found, signals = measure(query, face)
    except OffFace:
        return Spot(text=OFF_FACE)
    return Spot(region_evidence(found, place_name(found)), (found,), signals)


def place_name(measurement: Measurement) -> str:
    """The spoken name of a measured place, "" outside all regions."""
    return spoken_name(tuple(i for i in measurement.region_ids if i != FACE_ID))
