"""The authors' checkpoint of LVLM-DFD into folders of ours: kfd, prompt_learner, language_model, report.json."""

import json
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Self

from torch import Tensor

from kfd.convert import PARTS
from kfd.convert.about import git_commit, source_of
from kfd.convert.families import Families, check_statistics, renamed, split_families
from kfd.convert.language import NAMES as ADAPTER_NAMES
from kfd.convert.language import STYLE, LanguageSizes, convert_language_lora
from kfd.convert.lora import changes_of, decide, fold, plain_names, split_lora
from kfd.convert.prompt import PromptSizes, convert_prompt_learner
from kfd.encoders.vit_weights.compare import compare_towers, refuse_transposed
from kfd.encoders.vit_weights.layouts import BY_NAME, IMAGEBIND_LICENCE
from kfd.encoders.vit_weights.load import map_towers, read_towers, write_folder
from kfd.encoders.vit_weights.mapping import map_tensors
from kfd.encoders.vit_weights.reading import open_weights
from kfd.encoders.vit_weights.sizes import TowerSizes
from kfd.encoders.vit_weights.towers import TextTower, assemble, shapes_of
from kfd.release.checkpoint import ENCODER, FORMAT
from kfd.release.config import ReleaseConfig
from kfd.release.detector import ReleaseDetector
from kfd.release.letters import letter_features
from media.errors import MissingCheckpoint
from media.records import tuples

VICUNA = "lmsys/vicuna-7b-v1.5-16k"
COMMAND = "python -m kfd convert release SOURCE --out FOLDER"
HEADS = {
    "adapters": "image_decoder.fc",
    "locator.branches": "locator.conv",
    "locator.norms": "locator.batchnorm",
    "locator.final": "locator.finalconv",
    "classifier.branches": "classifier.meta_net",
    "classifier.hidden": "classifier.fc1",
    "classifier.out": "classifier.fc2",
}
HEADS_WITH_LORA = ("visual.proj", "text.text_projection")


@dataclass(frozen=True)
class ReleaseSizes:
    """Sizes of all parts; the defaults are the release's."""

    detector: ReleaseConfig = field(default_factory=ReleaseConfig)
    prompt: PromptSizes = field(default_factory=PromptSizes)
    language: LanguageSizes = field(default_factory=LanguageSizes)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """From {"detector": {...}, "prompt": {...}, "language": {...}}, each part optional."""
        made: dict[str, Any] = {"detector": ReleaseConfig.from_dict, "prompt": PromptSizes, "language": LanguageSizes}
        given = {}
        for name, value in data.items():
            given[name] = made[name](value) if name == "detector" else made[name](**tuples(value))
        return cls(**given)

    def __post_init__(self) -> None:
        towers = self.detector.towers
        pairs = {
            "prompt.visual_dim and detector.towers.embed_dim": (self.prompt.visual_dim, towers.embed_dim),
            "prompt.map_size and detector.towers.image_size": (self.prompt.map_size, towers.image_size),
            "prompt.hidden_size and language.hidden_size": (self.prompt.hidden_size, self.language.hidden_size),
        }
        problems = [f"{names} must be the same, got {a} and {b}" for names, (a, b) in pairs.items() if a != b]
        if problems:
            raise ValueError("; ".join(problems))


@dataclass(frozen=True)
class ReleaseOptions:
    """What a conversion may be told.

    Attributes:
        sizes: of all parts. parts: which to convert; their families must be in the file.
        base: OpenCLIP's or ImageBind's weights, to find out whether the encoder's LoRA is merged.
        lora: what to believe without a base.
        language_model: the model that its LoRA is for.
    """

    sizes: ReleaseSizes = field(default_factory=ReleaseSizes)
    parts: tuple[str, ...] = PARTS
    base: Path | None = None
    lora: Literal["auto", "unmerged", "merged"] = "auto"
    language_model: str = VICUNA


def convert_release(source: Path, out: Path, options: ReleaseOptions | None = None) -> dict[str, Any]:
    """Write OUT/kfd, OUT/prompt_learner, OUT/language_model and OUT/report.json; returns the report.

    Raises:
        MissingCheckpoint: what does not hold, in a sentence; nothing is written then.
    """
    options = options or ReleaseOptions()
    if out.exists():
        raise MissingCheckpoint(f"The folder {out.name} is there already; nothing is overwritten.", str(out))
    weights = open_weights(source)
    families = split_families(weights.tensors, options.parts)
    report: dict[str, Any] = {
        "source": source_of(weights.path, weights.wrappers, weights.tensors),
        "licence": f"the LVLM-DFD repository states none: ask its authors; its encoder: {IMAGEBIND_LICENCE}",
        "families": {name: _count(found) for name, found in families.by_name.items()},
        "inner_wrappers": families.wrappers,
        "left_out": [part for part in PARTS if part not in options.parts],
        "command": COMMAND,
        "git_commit": git_commit(),
        "intended_use": "research, non-commercial",
    }
    partial = out.with_name(out.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        for part in options.parts:
            _PARTS[part](families, options, report, partial / part)
        (partial / "report.json").write_text(json.dumps(report, indent=2, sort_keys=True) + "\n")
        partial.rename(out)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return report


def _count(found: Mapping[str, Tensor]) -> dict[str, int]:
    return {"tensors": len(found), "numbers": sum(t.numel() for t in found.values())}


def _encoder(families: Families, options: ReleaseOptions, report: dict[str, Any]) -> dict[str, Tensor]:
    """Both towers' tensors with their LoRA folded once."""
    layout, sizes = BY_NAME["imagebind"], options.sizes.detector.towers
    found = plain_names(families.by_name["visual_encoder"])
    kept = {name: t for name, t in found.items() if not name.startswith(layout.ignored)}
    plain, lora = split_lora(kept)
    entries = layout.entries(sizes)
    expected = [e.sources[0] for e in entries if ".mlp.fc" in e.sources[0] or e.target in HEADS_WITH_LORA]
    towers = map_towers(plain, layout, sizes)
    changes = changes_of(lora, entries, towers, [name for name in expected if name.endswith(".weight")])
    base = read_towers(options.base, sizes).tensors if options.base is not None else None
    if base is not None:
        report["base"] = _compare_untouched(towers, base, changes)
    finding = decide(towers, changes, base, options.lora)
    report["encoder_lora"] = finding.to_dict()
    report["other_senses_left_out"] = len(found) - len(kept)
    return fold(towers, changes, finding)


def _compare_untouched(
    towers: Mapping[str, Tensor], base: Mapping[str, Tensor], changes: Collection[str]
) -> dict[str, Any]:
    """Whether what has no LoRA equals the base."""
    comparison = compare_towers({name: t for name, t in towers.items() if name not in changes}, base)
    refuse_transposed(comparison)
    return comparison.to_dict()


def _kfd(families: Families, options: ReleaseOptions, report: dict[str, Any], folder: Path) -> None:
    config = options.sizes.detector
    towers = _encoder(families, options, report)
    shapes = {n: s for n, s in shapes_of(lambda: ReleaseDetector(config)).items() if n.startswith(tuple(HEADS))}
    entries = renamed(shapes, HEADS)
    names = ("image_decoder", "locator", "classifier")
    found = {f"{name}.{rest}": t for name in names for rest, t in families.by_name[name].items()}
    report["batch_norms"] = {"kfd": check_statistics(found, entries, "The detector")}
    heads = map_tensors(found, entries, shapes, "the detector's heads")
    features = _features(towers, families.context, config.towers)
    report["text_features"] = {
        "from": "the letters of 'real' and 'fake'",
        "context_in_file": list(families.context.shape) if families.context is not None else None,
        "cosine_real_fake": round(float(features[0] @ features[1]), 6),
    }
    tensors = {f"towers.{name}": t for name, t in towers.items()} | heads
    tensors |= {"text.features": features, "text.context": features.new_zeros(2, config.context, features.shape[1])}
    about = {**report, "encoder": ENCODER, "metrics": "none measured here; not calibrated"}
    report["written"] = {"kfd": write_folder(folder, tensors, {"format": FORMAT, **config.to_dict()}, about)}


def _features(towers: Mapping[str, Tensor], context: Tensor | None, sizes: TowerSizes) -> Tensor:
    if context is not None and (context.ndim != 2 or context.shape[1] != sizes.embed_dim):
        raise MissingCheckpoint(f"ctx has shape {tuple(context.shape)}, expected (n, {sizes.embed_dim}).")
    text = assemble(lambda: TextTower(sizes), {n[5:]: t for n, t in towers.items() if n.startswith("text.")})
    return letter_features(text, towers["logit_scale"], context)


def _prompt_learner(families: Families, options: ReleaseOptions, report: dict[str, Any], folder: Path) -> None:
    tensors, config, norms = convert_prompt_learner(families.by_name, options.sizes.prompt)
    report.setdefault("batch_norms", {})["prompt_learner"] = norms
    report.setdefault("written", {})["prompt_learner"] = write_folder(folder, tensors, config, report)


def _language_model(families: Families, options: ReleaseOptions, report: dict[str, Any], folder: Path) -> None:
    found = families.by_name["llama_model"]
    tensors, config, dropped = convert_language_lora(found, options.sizes.language, options.language_model)
    report["language_lora"] = {"tensors": len(tensors), "base_tensors_left_out": dropped, "for": options.language_model}
    report.setdefault("written", {})["language_model"] = write_folder(folder, tensors, config, report, ADAPTER_NAMES)
    name, style = STYLE
    (folder / name).write_text(json.dumps(style, indent=2) + "\n")


_PARTS = {"kfd": _kfd, "prompt_learner": _prompt_learner, "language_model": _language_model}
