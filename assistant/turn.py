"""What a conversation keeps of each turn, and whether a face is still in the model's view."""

from dataclasses import dataclass, field

from assistant.mentions import Subject
from assistant.prompts import Segment, TextSegment
from assistant.records import RegionQuery


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
