"""The sequence the language model reads: text and soft tokens in the paper's order (LVLM-DFD §3.3).

First turn   [bos]### Human: <Img> E_visual </Img> E_forgery {task} {result} {turn evidence} {question}\\n### Assistant:
Later turn   \\n### Human: {turn evidence} {question}\\n### Assistant:
With `PromptStyle.score_sentence` (the authors' release) that sentence stands before E_forgery, in place of the result.
Answers start with a space and end before "\\n###". Marks are tokenised on their own, so that training and
conversation yield the same ids, and words of a user can form neither marks nor control tokens.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import torch
from torch import Tensor

from media.errors import BadRequest, MissingCheckpoint

MAX_QUESTION_CHARACTERS = 2000
_MARKS = re.compile(
    r"#{2,}|</?\s*img\s*>|<\s*/?\s*(?:p|s|mask|box|time|unk|pad|spare_\d+)\s*>|<\|.*?\|>", re.IGNORECASE
)


@dataclass(frozen=True)
class TextSegment:
    """Token ids of a stretch of text."""

    ids: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def keys(self) -> tuple[tuple, ...]:
        """One hashable key per position: equal keys mean equal inputs."""
        return tuple(("text", i) for i in self.ids)


@dataclass(frozen=True, eq=False)
class EmbeddingSegment:
    """Soft tokens. tensor (n, d); kind "visual" or "forgery"; key names the picture or region they stand for.

    The cache compares `keys`, which hold a digest of the values: a stale key can never hit another picture's tokens.
    """

    tensor: Tensor
    kind: str
    key: str
    _digest: str = field(init=False, default="")

    def __post_init__(self) -> None:
        if self.tensor.ndim != 2:
            raise ValueError(f"soft tokens are (n, d), got {tuple(self.tensor.shape)}")
        data = self.tensor.detach().float().cpu().contiguous().numpy().tobytes()
        object.__setattr__(self, "_digest", hashlib.sha256(data).hexdigest())

    def __len__(self) -> int:
        return self.tensor.shape[0]

    @property
    def keys(self) -> tuple[tuple, ...]:
        """One hashable key per position."""
        return tuple((self.kind, self.key, self._digest, i) for i in range(len(self)))


Segment = TextSegment | EmbeddingSegment


@dataclass(frozen=True)
class PromptStyle:
    """The exact marks around turns; stored with a checkpoint. `stops` end an answer.

    open starts the first turn, close ends every turn, human and assistant name the speaker. score_sentence, with
    {percent} for the score in whole per cent, rounded down, stands before the forgery tokens; "" = the result stands
    in words behind them.
    """

    open: str = "###"
    close: str = "\n###"
    human: str = " Human:"
    assistant: str = " Assistant:"
    image_open: str = " <Img>"
    image_close: str = "</Img>"
    stops: tuple[str, ...] = ("\n###", "###")
    score_sentence: str = ""

    @classmethod
    def read(cls, file: Path) -> Self:
        """The style of a JSON file with some of these fields; the usual one without a file.

        Raises:
            MissingCheckpoint: the file is damaged or has other fields.
        """
        if not file.is_file():
            return cls()
        try:
            given = json.loads(file.read_text(encoding="utf-8"))
            style = cls(**{**given, "stops": tuple(given.get("stops", cls.stops))})
            style.score_sentence.format(percent=0)
        except (TypeError, ValueError, KeyError, AttributeError, IndexError) as error:
            raise MissingCheckpoint(f"{file.name} is no prompt style.", str(error)) from error
        return style

    def score(self, score: float | None) -> str:
        """The score sentence of a score in [0, 1]; "" without one."""
        if score is None or not self.score_sentence:
            return ""
        return self.score_sentence.format(percent=int(100 * score))


@dataclass(frozen=True, eq=False)
class PictureTokens:
    """Soft tokens of one picture or region: visual (1, d), forgery (n_f, d)."""

    visual: Tensor
    forgery: Tensor
    key: str


def clean_user_text(text: str, limit: int = MAX_QUESTION_CHARACTERS) -> str:
    """Words of a user as one plain line: turn marks, image marks and names of control tokens are taken out.

    Compatibility forms (full-width "#") are folded and invisible characters dropped first, so they cannot hide a mark.

    Raises:
        BadRequest: nothing is left, or the text is longer than `limit` characters.
    """
    if len(text) > limit:
        raise BadRequest(f"The question has {len(text)} characters; please keep it under {limit}.")
    text = unicodedata.normalize("NFKC", text)
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn"))
    before = None
    while before != text:  # taking one mark out may join the halves of another
        before, text = text, _MARKS.sub(" ", text)
    text = re.sub(r"\s+", " ", text.replace("\u2581", " ")).strip()
    if not text:
        raise BadRequest("Please type a question.")
    return text


class PromptBuilder:
    """Builds the segments of each turn. `tokenize` maps plain text to ids; `bos` are ids before everything."""

    def __init__(self, tokenize: Callable[[str], list[int]], bos: Sequence[int] = (), style: PromptStyle | None = None):
        self.tokenize = tokenize
        self.bos = tuple(bos)
        self.style = style or PromptStyle()

    def _text(self, *parts: str) -> TextSegment:
        """Each part tokenised on its own, ids joined."""
        return TextSegment(tuple(i for part in parts if part for i in self.tokenize(part)))

    def _picture(self, picture: PictureTokens, score: float | None = None) -> list[Segment]:
        sentence = self.style.score(score)
        return [
            self._text(self.style.image_open),
            EmbeddingSegment(picture.visual, "visual", picture.key),
            self._text(self.style.image_close, f" {sentence} " if sentence else ""),
            EmbeddingSegment(picture.forgery, "forgery", picture.key),
        ]

    def _ask(self, sentences: Sequence[str], question: str) -> TextSegment:
        words = " ".join(s.strip() for s in (*sentences, clean_user_text(question)) if s.strip())
        return self._text(" " + words, self.style.close, self.style.assistant)

    def first_turn(
        self,
        picture: PictureTokens | None,
        task: str,
        result: str,
        question: str,
        turn_evidence: str = "",
        score: float | None = None,
    ) -> list[Segment]:
        """Segments of the first turn up to and including "### Assistant:". Without a picture: general dialogue.

        score: of the picture, for styles with a score sentence; there it takes the place of `result`.
        """
        head = TextSegment(self.bos + self._text(self.style.open, self.style.human).ids)
        middle = self._picture(picture, score) if picture is not None else []
        said = () if self.style.score(score) else (result,)
        return [head, *middle, self._ask((task, *said, turn_evidence), question)]

    def later_turn(
        self,
        question: str,
        turn_evidence: str = "",
        picture: PictureTokens | None = None,
        result: str = "",
        score: float | None = None,
    ) -> list[Segment]:
        """Segments of a follow-up; `picture` holds a region's masked tokens or a second picture, spliced here."""
        head = self._text(self.style.close, self.style.human)
        middle = self._picture(picture, score) if picture is not None else []
        said = () if self.style.score(score) else (result,)
        return [head, *middle, self._ask((*said, turn_evidence), question)]

    def answer(self, text: str) -> TextSegment:
        """An answer given as text (training, canned replies). Answers of the model keep their own ids instead."""
        return self._text(" " + text.strip())

    def closing(self) -> TextSegment:
        """The ids of "\\n###" that end an answer; part of the target in training."""
        return self._text(self.style.close)


def embed_segments(segments: Sequence[Segment], embed: Callable[[Sequence[int]], Tensor], start: int = 0) -> Tensor:
    """(n, d) input embeddings of the positions from `start` on, in order."""
    rows, offset = [], 0
    for segment in segments:
        skip = max(0, min(len(segment), start - offset))
        offset += len(segment)
        if skip == len(segment):
            continue
        rows.append(embed(segment.ids[skip:]) if isinstance(segment, TextSegment) else segment.tensor[skip:])
    first = embed((0,))
    if not rows:
        return first[:0]
    return torch.cat([r.to(first) for r in rows])
