"""The profiles: the same classes with different weights, where those are, and what to do when they are missing."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.placement import Placement
from media.errors import BadRequest, MissingCheckpoint
from media.open import sha256_of

if TYPE_CHECKING:
    from assistant.examiner import Examiner
    from assistant.llm import LanguageModel
    from assistant.remote.address import LanguageServer
    from fakestormer.predictor import ClipPredictor
    from kfd.predictor import ForgeryPredictor
    from prompt_learner.model import PromptModel
    from retrieval.clicks.predictor import ClickPredictor

CHECKPOINTS = Path(__file__).resolve().parent.parent / "checkpoints"
PARTS = ("kfd", "prompt_learner", "language_model")
VIDEO = "fakestormer"
"""The part that reads motion; a profile without it examines videos frame by frame."""
CLICKS = "clicks"
"""The part that predicts where a person would click; a profile without it has no click masks."""
CPU = Placement()
_READ = ("model.safetensors", "config.json", "meta.json")  # the files of a detector that its answers depend on
_TUNE = (
    "python training/prompt_tune.py --stage tune --data DIR --kfd {root}/kfd "
    "--init runs/text/checkpoint --out runs/tune    # then copy runs/tune/checkpoint/* to {root}"
)
_MAKES = {
    "kfd": "python training/train_kfd.py --data DIR --out runs/kfd    # then copy runs/kfd/checkpoint to {root}/kfd",
    "prompt_learner": _TUNE,
    "language_model": _TUNE,
    CLICKS: (
        "python training/train_clicks.py --data DIR --kfd {root}/kfd --out runs/clicks    "
        "# then copy runs/clicks/checkpoint to {root}/clicks"
    ),
}


@dataclass(frozen=True)
class Profile:
    """One choice of weights.

    folder is the default place of its parts, None when they must be given; context_tokens is the longest conversation
    that its language model was trained on, None = all that the model can read.
    """

    name: str
    encoder: str
    language_model: str
    licence: str
    folder: Path | None
    context_tokens: int | None = None


PROFILES: dict[str, Profile] = {
    "embedded": Profile(
        "embedded", "small encoder trained here", "small Llama trained here", "see meta.json of each part",
        CHECKPOINTS / "embedded", 640,
    ),
    "openclip": Profile(
        "openclip", "OpenCLIP ViT-H-14", "a Hugging Face causal language model", "that of the weights you bring", None
    ),
    "lvlm-dfd": Profile(
        "lvlm-dfd", "ImageBind-Huge in ViT-H-14", "vicuna-7b-v1.5-16k", "CC BY-NC-SA 4.0 and Llama 2, non-commercial",
        None,
    ),
    "tiny": Profile("tiny", "random", "random", "none: random numbers, for tests", None),
}  # fmt: skip


def profile_of(name: str) -> Profile:
    """The profile of a name; BadRequest lists the names otherwise."""
    if name not in PROFILES:
        raise BadRequest(f"There is no profile {name!r}; choose one of {', '.join(PROFILES)}.")
    return PROFILES[name]


def weights_folder(name: str, weights: Path | None, parts: tuple[str, ...] = PARTS) -> Path:
    """The folder that holds the parts of a profile; MissingCheckpoint says which are missing and how to get them."""
    profile = profile_of(name)
    root = Path(weights) if weights is not None else profile.folder
    if root is None:
        raise MissingCheckpoint(
            f"The profile '{name}' ({profile.encoder}; {profile.language_model}) comes without weights: give a folder "
            f"that holds {', '.join(PARTS)} with --weights DIR. Its licence: {profile.licence}."
        )
    configs = ("config.json", "adapter_config.json")  # the second one of a language model that is an adapter
    missing = [part for part in parts if not any((root / part / name).is_file() for name in configs)]
    if missing:
        hows = "\n".join(dict.fromkeys(f"  {_MAKES[p].format(root=root)}" for p in missing))
        there = sorted(p.name for p in root.iterdir()) if root.is_dir() else "no such folder"
        raise MissingCheckpoint(
            f"The profile '{name}' lacks {', '.join(missing)} in {root}. Trained by:\n{hows}", detail=f"found: {there}"
        )
    return root


def checkpoint_of(name: str, weights: Path | None = None, seed: int = 0) -> str:
    """Name of a profile's detector, such as "kfd-1a2b3c4d5e6f" (start of the weights' SHA-256); nothing is loaded."""
    if profile_of(name).name == "tiny":
        return f"tiny-{seed}"
    return f"kfd-{sha256_of(weights_folder(name, weights, ('kfd',)) / 'kfd' / 'model.safetensors')[:12]}"


def detectors_digest(name: str, weights: Path | None = None) -> str:
    """SHA-256 over all that a scan's lines depend on: weights, settings and calibration of both detectors.

    A profile without a video detector has another digest than one with it.
    """
    if profile_of(name).name == "tiny":
        return checkpoint_of(name)
    root = weights_folder(name, weights, ("kfd",))
    parts = ("kfd", VIDEO) if (root / VIDEO / "config.json").is_file() else ("kfd",)
    files = [root / part / file for part in parts for file in _READ]
    lines = [f"{sha256_of(file)}  {file.relative_to(root).as_posix()}\n" for file in files if file.is_file()]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def load_predictor(
    name: str, weights: Path | None = None, seed: int = 0, device: str = "cpu"
) -> "tuple[ForgeryPredictor, str]":
    """The detector of a profile and its name as of `checkpoint_of`."""
    from kfd.predictor import ForgeryPredictor

    checkpoint = checkpoint_of(name, weights, seed)
    if name == "tiny":
        return ForgeryPredictor.tiny(seed), checkpoint
    return ForgeryPredictor.load(weights_folder(name, weights, ("kfd",)) / "kfd", device), checkpoint


def load_clip_predictor(name: str, weights: Path | None = None, device: str = "cpu") -> "ClipPredictor | None":
    """The video detector of a profile; None when it has none."""
    profile = profile_of(name)
    root = Path(weights) if weights is not None else profile.folder
    if name == "tiny" or root is None or not (root / VIDEO / "config.json").is_file():
        return None
    from fakestormer.predictor import ClipPredictor

    return ClipPredictor.load(root / VIDEO, device)


def has_clicks(name: str, weights: Path | None = None) -> bool:
    """Whether a profile has a click model; nothing is read but the folder."""
    root = Path(weights) if weights is not None else profile_of(name).folder
    return name == "tiny" or (root is not None and (root / CLICKS / "config.json").is_file())


def load_click_predictor(name: str, predictor: "ForgeryPredictor", weights: Path | None = None) -> "ClickPredictor":
    """The click model of a profile, which reads its detector; that of "tiny" clicks where the detector's map is high.

    Raises:
        MissingCheckpoint: there is none, or it was trained on another detector; the message says how to train it.
    """
    from retrieval.clicks.model import DetectorClicks, FrozenDetector
    from retrieval.clicks.predictor import ClickPredictor

    if name == "tiny":
        return ClickPredictor(DetectorClicks.fitting(FrozenDetector.of(predictor)))
    return ClickPredictor.load(weights_folder(name, weights, (CLICKS,)) / CLICKS, predictor)


def load_examiner(
    name: str, weights: Path | None = None, frames: int = 32, seed: int = 0, device: str = "cpu"
) -> "Examiner":
    """The detectors alone, ready for files; needs no language model."""
    from assistant.examiner import Examiner

    predictor, checkpoint = load_predictor(name, weights, seed, device)
    return Examiner(predictor, name, checkpoint, frames, clip=load_clip_predictor(name, weights, device))


def load_language(
    name: str, weights: Path | None = None, server: "LanguageServer | None" = None, place: Placement = CPU
) -> "tuple[LanguageModel, PromptModel]":
    """The language model of a profile, here or on a server that holds the same, and the prompt learner of it.

    Raises:
        MissingCheckpoint: a part is missing, or an adapter would have to be served.
        BadRequest: the server cannot be used; the message says why.
    """
    from assistant.llm import LanguageModel
    from prompt_learner.checkpoint import load_prompt_model

    root = weights_folder(name, weights, ("prompt_learner", "language_model"))
    if server is not None:
        from assistant.remote.language import RemoteLanguageModel

        llm: LanguageModel = RemoteLanguageModel.connect(root / "language_model", server)
    else:
        llm = LanguageModel.load(root / "language_model", place.device, bits=place.bits)
    return llm, load_prompt_model(root / "prompt_learner", llm.hidden_size)


def describe_weights(name: str, weights: Path | None = None) -> list[dict[str, Any]]:
    """One row a part of a profile: part, sha256, bytes, licence, and what meta.json says of data, metrics and use."""
    profile = profile_of(name)
    if name == "tiny":
        return [{"part": p, "sha256": None, "bytes": 0, "licence": profile.licence, "meta": {}} for p in PARTS]
    root = weights_folder(name, weights, ())
    rows = []
    there = (*PARTS, *(part for part in (VIDEO, CLICKS) if (root / part).is_dir()))
    for part in there:
        files = sorted((root / part).glob("*.safetensors"))
        meta_file = root / part / "meta.json"
        meta = json.loads(meta_file.read_text(encoding="utf-8")) if meta_file.is_file() else {}
        rows.append(
            {
                "part": part,
                "sha256": sha256_of(files[0]) if files else None,
                "bytes": sum(f.stat().st_size for f in files),
                "licence": meta.get("licence") or meta.get("license") or profile.licence,
                "meta": meta,
            }
        )
    return rows
