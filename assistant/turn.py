"""What a conversation keeps of each turn, and whether a face is still in the model's view."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.mentions import Subject
from assistant.prompts import Segment, TextSegment
from assistant.records import RegionQuery
from assistant.spots import Spot
from simulation.dialogue.answers_talk import DECLINE_OPENINGS
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


def openings_for(spot: Spot, retelling: int, intent: str | None) -> Sequence[str]:
    """First words of which an answer must take one; () leaves it free.

    Args:
        spot: what the turn looked at, or that there is nothing to look at.
        retelling: how often the answer has been given already; it is said in other words then.
        intent: of the question; some are declined.
    """
    start = beginning(spot.text, spot.measurements)
    if start:
        return () if retelling else (start,)
    return DECLINE_OPENINGS.get(intent or "", ())
