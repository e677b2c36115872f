"""The assistant as a library: load once, examine files, hold conversations about them."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from assistant.placement import Placement
from assistant.profiles import (
    CLICKS,
    CPU,
    PARTS,
    describe_weights,
    has_clicks,
    load_click_predictor,
    load_examiner,
    load_language,
    profile_of,
    weights_folder,
)
from media.errors import BadRequest
from media.records import Examination

if TYPE_CHECKING:
    from assistant.annotations import Annotations
    from assistant.click_masks import ClickMasks
    from assistant.conversation import Conversation
    from assistant.examiner import Examiner, Progress
    from assistant.llm import LanguageModel
    from assistant.remote.address import LanguageServer
    from prompt_learner.model import PromptModel
    from retrieval.clicks.predictor import ClickPredictor
    from retrieval.masks import MaskKind


class Assistant:
    """Detector, prompt learner and language model of one profile. Safe to share between threads.

    `load` checks that every part is there but reads the language model only when the first conversation starts.
    """

    def __init__(
        self,
        profile: str,
        weights: Path | None = None,
        frames: int = 32,
        seed: int = 0,
        annotations: "Annotations | None" = None,
        masks: "MaskKind" = "none",
        server: "LanguageServer | None" = None,
        place: Placement = CPU,
    ) -> None:
        if server is not None and profile == "tiny":
            raise BadRequest("The profile 'tiny' has no language model folder that a server could hold.")
        if server is not None and place.bits is not None:
            raise BadRequest("The language model is on a server, which decides about its bits: leave --bits out.")
        self.profile = profile
        self.weights = weights
        self.frames = frames
        self.annotations = annotations
        self.masks: MaskKind = masks
        self.server = server
        self.place = place
        self._seed = seed
        self._examiner: Examiner | None = None
        self._language: tuple[LanguageModel, PromptModel] | None = None
        self._clicks: ClickPredictor | None = None
        self._lock = threading.Lock()

    @classmethod
    def load(
        cls,
        profile: str = "embedded",
        weights: Path | None = None,
        frames: int = 32,
        annotations: str | Path | None = None,
        masks: "MaskKind" = "none",
        server: "LanguageServer | None" = None,
        place: Placement = CPU,
    ) -> Self:
        """An assistant with the weights of a profile.

        Args:
            profile: embedded, openclip, lvlm-dfd or tiny.
            weights: folder with kfd/, prompt_learner/ and language_model/; None = the profile's own.
            frames: most frames of each person that are examined of a video, 1 to 32.
            annotations: folder of an index of human sentences; what is like the finding is listed under answers.
            masks: click mask through which a face is shown in later turns that ask where or why: hard, soft, blurred or
                none; it needs the part clicks/.
            server: where the language model answers; None = here. It is asked when the first conversation starts.
            place: device of the models, and bits of the language model where it is here.

        Raises:
            MissingCheckpoint: a part is missing; the message says which and how to get it.
            BadRequest: a server for a profile without a language model folder.
        """
        weights = None if weights is None else Path(weights)
        if profile_of(profile).name != "tiny":
            weights_folder(profile, weights, PARTS if masks == "none" else (*PARTS, CLICKS))
        found = None
        if annotations is not None:
            from assistant.annotations import Annotations

            found = Annotations.load(Path(annotations))
        return cls(profile, weights, frames, annotations=found, masks=masks, server=server, place=place)

    @classmethod
    def tiny(cls, seed: int = 0) -> Self:
        """Random and small, for tests."""
        return cls("tiny", seed=seed)

    def examine(
        self,
        path: str | Path,
        progress: "Progress | None" = None,
        cancel: threading.Event | None = None,
        at: float | None = None,
    ) -> Examination:
        """Everything that depends on the file alone; see `Examiner.examine`."""
        return self.examiner.examine(path, progress, cancel, at)

    def conversation(self, examination: Examination) -> "Conversation":
        """A new conversation about an examined file."""
        from assistant.conversation import Conversation

        context = profile_of(self.profile).context_tokens
        masks = self.click_masks(self.masks)
        return Conversation(examination, *self.language, context, self.examiner, self.annotations, masks)

    @property
    def offers_masks(self) -> bool:
        """Whether the profile has a click model."""
        return has_clicks(self.profile, self.weights)

    def click_masks(self, kind: "MaskKind") -> "ClickMasks | None":
        """Masks around predicted clicks for conversations, None for "none"; the click model is loaded at first use.

        Raises:
            MissingCheckpoint: the profile has no click model, or one of another detector.
        """
        if kind == "none":
            return None
        from assistant.click_masks import ClickMasks

        predictor = self.examiner.predictor
        with self._lock:
            if self._clicks is None:
                self._clicks = load_click_predictor(self.profile, predictor, self.weights)
        return ClickMasks(predictor, self._clicks, kind)

    @property
    def examiner(self) -> "Examiner":
        """The detector with its face finder, loaded at first use."""
        with self._lock:
            if self._examiner is None:
                place = self.place.detector
                self._examiner = load_examiner(self.profile, self.weights, self.frames, self._seed, place)
            return self._examiner

    @property
    def language(self) -> "tuple[LanguageModel, PromptModel]":
        """The language model and the prompt learner, loaded at first use."""
        examiner = self.examiner if self.profile == "tiny" else None
        with self._lock:
            if self._language is None:
                self._language = (
                    self._tiny_language(examiner)
                    if examiner
                    else load_language(self.profile, self.weights, self.server, self.place)
                )
            return self._language

    def _tiny_language(self, examiner: "Examiner") -> "tuple[LanguageModel, PromptModel]":
        """Random language parts whose widths fit the tiny detector's signals."""
        from assistant.llm import LanguageModel
        from prompt_learner.model import PromptModel

        llm = LanguageModel.tiny(self._seed)
        config = examiner.predictor.detector.config
        return llm, PromptModel.tiny(self._seed, llm.hidden_size, config.encoder.global_dim, config.map_size)

    def warm(self) -> None:
        """Load everything now; the face finder gets ready in the background while the rest is read."""
        threading.Thread(target=self.examiner.warm, name="warm-face-finder", daemon=True).start()
        llm, _ = self.language
        if llm.reader is not None:
            llm.reader.warm()

    def describe(self) -> dict[str, Any]:
        """Profile, language server and, for each part, hash, size, licence and meta.json; for the page and reports."""
        profile = profile_of(self.profile)
        return {
            "profile": profile.name,
            "encoder": profile.encoder,
            "language_model": profile.language_model,
            "language_server": self.server.url if self.server is not None else None,
            "parts": describe_weights(self.profile, self.weights),
        }

    def close(self) -> None:
        """Free the face finder."""
        if self._examiner is not None:
            self._examiner.close()
