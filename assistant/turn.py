"""What a conversation keeps of each turn, and whether a face is still in the model's view."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.mentions import Subject
from assistant.prompts import Segment, TextSegment
from assistant.records import Masked, RegionQuery
from assistant.spots import Spot
from media.records import Evidence, Signals
from simulation.dialogue.answers import where_openings
from simulation.dialogue.answers_talk import DECLINE_OPENINGS
from simulation.dialogue.facts import facts_of
from simulation.dialogue.moments import beginning


@dataclass(eq=False)
class Turn:
    """What is needed to continue after a turn, or to ask it again."""

    question: str
    subject: Subject
    query: RegionQuery | None
    retelling: int = 0
    prompt: list[Segment] = field(default_factory=list)
    reply: TextSegment | None = None
    introduces: bool = False  # its prompt holds the soft tokens of its subject
    dropped: bool = False  # left out of later prompts because the conversation became long
    never: tuple[str, ...] = ()  # intents that the question cannot have
    masked: Masked | None = None  # the face through a click mask, shown in this turn

    def __len__(self) -> int:
        return sum(len(segment) for segment in self.prompt) + len(self.reply or ())


def in_view(subject: Subject, turns: list[Turn]) -> bool:
    """Whether the latest of these turns are about the subject and its soft tokens stand in one of them."""
    for turn in reversed(turns):
        if turn.subject != subject:
            return False
        if turn.introduces:
            return True
    return False


def masked_view(turn: Turn, spot: Spot) -> tuple[Signals, str] | None:
    """What a later turn shows of its face, and a key for it: through a click mask, else the spot it looked at."""
    about = f"{turn.subject.picture}#{turn.subject.face}"
    if turn.masked is not None:
        return turn.masked.signals, f"{about}:{turn.masked.key}"
    if spot.signals is None:
        return None
    measurement = spot.measurements[0]
    return spot.signals, f"{about}:{measurement.place or measurement.region_ids}"


def openings_for(spot: Spot, retelling: int, intent: str | None, evidence: Evidence) -> Sequence[str]:
    """First words of which an answer must take one; () leaves it free.

    Args:
        spot: what the turn looked at, or that there is nothing to look at.
        retelling: how often the answer has been given already; it is said in other words then.
        intent: of the question; some are declined, and whoever surely asks for the place gets an answer about it.
        evidence: the finding.
    """
    start = beginning(spot.text, spot.measurements)
    if start:
        return () if retelling else (start,)
    if intent == "where":
        return () if retelling else where_openings(facts_of(evidence))
    return DECLINE_OPENINGS.get(intent or "", ())
