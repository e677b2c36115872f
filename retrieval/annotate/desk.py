"""What the page's server works with: the folder's videos, the store, frames, spelling, and what is exported."""

import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, Self

from media.errors import BadRequest, ForgeryAssistantError
from media.video import probe
from retrieval.annotate.agreement import PUBLISHED_SENTENCE, PUBLISHED_SHARES, Facts, agreement, sentence_scorer
from retrieval.annotate.export import as_annotation, into_index, to_csv
from retrieval.annotate.folder import FolderVideo, scan
from retrieval.annotate.frames import FrameTape, TapeShelf
from retrieval.annotate.rules import RULE, Hint, artifacts_in, plays_of, suggest
from retrieval.annotate.spelling import Speller
from retrieval.annotate.store import AnnotationStore, Draft, NoSuchVideo, checked_name, sqlite_url
from retrieval.annotations import Annotation, Split
from retrieval.encoders import Encoder, TextSide
from retrieval.shipped import DEFAULT_INDEX

Which = Literal["video", "original"]
DATABASE = "annotations.sqlite"


@dataclass(frozen=True)
class Options:
    """What the command was given.

    Attributes:
        folder: with the videos; originals: where their originals are, when not below it.
        db: URL of the database; None: an SQLite file in the folder.
        annotator: name that the page starts with.
        dataset: of all videos; None: read from names.
        list_originals: annotate originals too.
        split, licence: of what is exported; index: the search index that annotations are put into.
    """

    folder: Path
    originals: Path | None = None
    db: str | None = None
    annotator: str = ""
    dataset: str | None = None
    list_originals: bool = False
    split: Split = "train"
    licence: str = "not stated"
    index: Path = DEFAULT_INDEX


@dataclass
class Desk:
    """The services behind the page; a context manager. `encoder` loads the sentence encoder when it is needed."""

    options: Options
    encoder: Callable[[], Encoder] = field(default=TextSide.load)

    def __post_init__(self) -> None:
        options = self.options
        videos = scan(options.folder, options.originals, options.dataset, options.list_originals)
        if options.annotator:
            checked_name(options.annotator)
        self.store = AnnotationStore(options.db or sqlite_url(options.folder / DATABASE))
        ids = self.store.know(videos)
        self.videos: dict[int, FolderVideo] = {ids[v.path]: v for v in videos}
        self.shelf = TapeShelf()
        self._durations: dict[int, float] = {}
        self._speller: Speller | None = None
        self._encoder: Encoder | None = None
        self._loading = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.shelf.close()
        self.store.__exit__(*error)

    def overview(self, annotator: str) -> dict[str, Any]:
        """Everything for the list: videos with this person's progress, the people, what can be exported."""
        mine: dict[int, Draft] = {}
        others: Counter[int] = Counter()
        done: dict[str, int] = defaultdict(int)
        for entry in self.store.entries():
            done[entry.annotator] += entry.draft.done
            if entry.annotator == annotator:
                mine[entry.video.id] = entry.draft
            else:
                others[entry.video.id] += entry.draft.done
        videos = [
            {
                "id": number,
                "path": video.path,
                "name": video.name,
                "dataset": video.dataset,
                "manipulation": video.manipulation,
                "label": video.label,
                "original": video.original is not None,
                "status": "new" if (draft := mine.get(number)) is None else "done" if draft.done else "begun",
                "clicks": len(draft.clicks) if draft else 0,
                "others": others[number],
            }
            for number, video in self.videos.items()
        ]
        return {
            "folder": self.options.folder.resolve().name,
            "start_as": self.options.annotator,
            "annotators": [{"name": name, "done": count} for name, count in sorted(done.items())],
            "videos": videos,
            "rule": RULE,
            "index": str(self.options.index),
        }

    def tape(self, video_id: int, which: str) -> FrameTape:
        """Frames of a video or of its original."""
        video = self._video(video_id)
        if which == "video":
            return self.shelf.get(video.file)
        if which != "original" or video.original is None:
            raise BadRequest(f"There is no original of {video.name} in this folder.")
        return self.shelf.get(video.original)

    def open(self, video_id: int, annotator: str) -> dict[str, Any]:
        """A video's facts, its original's or why it cannot be shown, and this person's annotation."""
        video, info = self._video(video_id), self.tape(video_id, "video").info
        self.store.opened(video_id, info.width, info.height, info.rate)
        self._durations[video_id] = info.duration
        original: dict[str, Any] | None = None
        if video.original is not None:
            try:
                original = {**asdict(self.tape(video_id, "original").info), "name": video.original.name}
            except ForgeryAssistantError as error:
                original = {"error": error.message, "name": video.original.name}
        draft = self.store.load(video_id, annotator)
        return {
            "id": video_id,
            "path": video.path,
            "video": {**asdict(info), "name": video.name},
            "original": original,
            "annotation": asdict(draft),
            "hint": asdict(self._hint(video_id, draft)),
        }

    def save(self, video_id: int, annotator: str, draft: Draft) -> dict[str, Any]:
        """Store a draft; its new revision and the hint that follows from it."""
        self._video(video_id)
        revision = self.store.save(video_id, annotator, draft)
        return {"revision": revision, "hint": asdict(self._hint(video_id, draft))}

    def speller(self) -> Speller:
        """The spelling checker with the words that were kept."""
        with self._loading:
            if self._speller is None:
                self._speller = Speller(self.store.words())
            return self._speller

    def keep_word(self, word: str) -> None:
        """Count a word as spelt right, now and after a restart."""
        if not 1 <= len(word) <= 60 or not word.replace("'", "").replace("’", "").isalpha():
            raise BadRequest("Only single words of up to 60 letters can be kept.")
        self.speller().keep(word)
        self.store.keep_word(word)

    def finished(self) -> list[Annotation]:
        """Everybody's finished annotations as records."""
        return [as_annotation(e, self.options.licence, self.options.split) for e in self.store.entries(done=True)]

    def exportable(self) -> dict[str, Any]:
        """How many annotations are finished, and which of them the CSV cannot hold."""
        finished = self.finished()
        return {"rows": len(finished), "csv_left_out": to_csv(finished).left_out, "index": str(self.options.index)}

    def index(self) -> dict[str, Any]:
        """Put the finished annotations into the search index."""
        finished = self.finished()
        if not finished:
            raise BadRequest("There is no finished annotation to put into an index yet.")
        added, items = into_index(finished, self.options.index, self._text_side())
        return {"added": added, "items": items, "index": str(self.options.index)}

    def agreement(self) -> dict[str, Any]:
        """Agreement of the annotators on finished annotations, beside the published figures."""
        facts = {
            e.video.key: Facts(e.video.width, e.video.height, e.video.rate)
            for e in self.store.entries(done=True)
            if e.video.width and e.video.height and e.video.rate
        }
        note, finished = "", self.finished()
        pairs = agreement(finished, None, facts)
        if pairs:
            try:
                pairs = agreement(finished, {"sentence": sentence_scorer(self._text_side())}, facts)
            except ForgeryAssistantError as error:
                note = f"Sentence similarity is not measured: {error.message}"
        return {
            "pairs": [asdict(pair) for pair in pairs],
            "published": {"sentence": PUBLISHED_SENTENCE, "windows": PUBLISHED_SHARES},
            "note": note,
        }

    def _text_side(self) -> Encoder:
        with self._loading:
            if self._encoder is None:
                self._encoder = self.encoder()
            return self._encoder

    def _hint(self, video_id: int, draft: Draft) -> Hint:
        """The difficulty that the published rule suggests; it never keeps an annotation from being saved."""
        if video_id not in self._durations:
            try:
                self._durations[video_id] = probe(self._video(video_id).file).duration
            except ForgeryAssistantError:
                return Hint(None, "the video cannot be read any more")
        plays = plays_of(draft.watched, self._durations[video_id])
        return suggest(plays, artifacts_in(draft.text), draft.used_original)

    def _video(self, video_id: int) -> FolderVideo:
        if video_id not in self.videos:
            raise NoSuchVideo("This video is not in the folder any more; reload the list.")
        return self.videos[video_id]
