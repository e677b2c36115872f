"""What a detector run trains: the detector it starts from, its parameters by learning rate, low rank in its encoder."""

import argparse
import dataclasses
from typing import Any

from torch import nn

from kfd.checkpoint import load_detector
from kfd.config import KFDConfig
from kfd.detector import KnowledgeGuidedDetector
from kfd.encoders.efficientnet import EfficientNetLite
from kfd.encoders.fine import WIDTHS
from kfd.losses import LossConfig
from media.errors import BadRequest
from media.open import sha256_of

LOSSES = {"shipped": LossConfig(), "paper": LossConfig(pixel=0.0, auxiliary=0.0)}
"""The shipped detector's terms, and the paper's: Dice + 0.5 Dice of the reference branch + cross-entropy (§3.2)."""

NEW = ("encoder.top_down.", "encoder.fine.")
"""Parts of the encoder without ImageNet weights: they learn at the full rate."""


def start_detector(args: argparse.Namespace) -> tuple[KnowledgeGuidedDetector, dict[str, Any]]:
    """The detector to train, on --device, and what meta.json says of weights that it was built on."""
    if args.towers is not None:
        detector, about = _on_towers(args)
    else:
        detector, about = _small(args), {}
    if args.encoder_lora:
        _add_low_rank(detector, args.encoder_lora)
    if args.checkpointing:
        _vision_tower(detector, "--checkpointing").set_grad_checkpointing(True)
    return detector.to(args.device), about


def _small(args: argparse.Namespace) -> KnowledgeGuidedDetector:
    given = load_detector(args.init)[0] if args.init else None
    detector = KnowledgeGuidedDetector.create(_config(args, given), seed=args.seed)
    if given is not None:
        found = detector.load_state_dict(given.state_dict(), strict=False)
        other = [name for name in found.missing_keys if not (args.fine and name.startswith("encoder.fine."))]
        if other or found.unexpected_keys:
            raise BadRequest(f"--init does not fit the detector to train: {[*other, *found.unexpected_keys][:3]}")
    elif isinstance(detector.encoder, EfficientNetLite):
        detector.encoder.start_from_imagenet()
    return detector


def _config(args: argparse.Namespace, given: KnowledgeGuidedDetector | None) -> KFDConfig:
    """The detector to train: that of --init, or the named size."""
    if args.smoke or args.config == "tiny":
        return _with_fine(KFDConfig.tiny(), args.fine)
    if args.config == "openclip" and given is None:
        raise BadRequest("--config openclip needs --towers FILE: weights of OpenCLIP's ViT-H-14 or of ImageBind.")
    config = _with_fine(given.config if given is not None else KFDConfig(), args.fine)
    if args.image_size:  # the heads keep working at the finest layer's side
        head = config.head_size * args.image_size // config.image_size
        config = dataclasses.replace(config, image_size=args.image_size, head_size=head)
    return config


def _with_fine(config: KFDConfig, asked: bool) -> KFDConfig:
    """The same with the path that keeps every pixel, where it is asked for and not there yet."""
    if not asked or config.encoder.fine is not None:
        return config
    if config.encoder.kind != "efficientnet_lite0":
        raise BadRequest("--fine is for the encoder that starts from ImageNet weights; leave it out here.")
    return dataclasses.replace(config, encoder=dataclasses.replace(config.encoder, fine=WIDTHS))


def _on_towers(args: argparse.Namespace) -> tuple[KnowledgeGuidedDetector, dict[str, Any]]:
    """A detector on a frozen ViT whose text tower reads the descriptions with learnable context (LVLM-DFD §3.2)."""
    if args.image_size or args.init or args.fine:
        raise BadRequest("--towers brings the encoder and its image size; leave out --image-size, --init and --fine.")
    from kfd.encoders.vit_weights.load import read_towers
    from kfd.encoders.vit_weights.towers import Towers, assemble
    from kfd.release.descriptions import clip_sentence_encoder

    found = read_towers(args.towers)
    towers = assemble(lambda: Towers(found.sizes), found.tensors)
    layers = found.sizes.layers
    config = KFDConfig.on_towers(found.sizes, (layers // 2 - 1, 3 * layers // 4 - 1, layers - 1))
    detector = KnowledgeGuidedDetector.create(config, seed=args.seed)
    detector.encoder = towers.encoder(config.encoder.taps).requires_grad_(False)
    digest = sha256_of(found.path)
    detector.text.attach(clip_sentence_encoder(towers.text_tower, digest, config.context))
    return detector, {"towers": {"sha256": digest, "layout": found.layout, "licence": found.licence}}


def _add_low_rank(detector: KnowledgeGuidedDetector, rank: int) -> None:
    """LoRA with scale 1/rank on the MLPs of a vision transformer, as in the authors' release (loralib's alpha 1)."""
    from peft import LoraConfig, LoraModel

    visual = _vision_tower(detector, "--encoder-lora")
    config = LoraConfig(r=rank, lora_alpha=1, lora_dropout=0.0, target_modules=["c_fc", "c_proj"])
    setattr(detector.encoder, "visual", LoraModel(visual, config, "default"))  # noqa: B010  only its low rank learns


def _vision_tower(detector: KnowledgeGuidedDetector, option: str) -> Any:
    """The encoder's vision transformer; BadRequest when it is another network."""
    visual = getattr(detector.encoder, "visual", None)
    if visual is None:
        raise BadRequest(f"{option} is for vision transformers; give one with --towers FILE.")
    return visual


def merge_low_rank(detector: KnowledgeGuidedDetector) -> KnowledgeGuidedDetector:
    """The detector itself, what low rank learned now part of its weights."""
    visual = getattr(detector.encoder, "visual", None)
    if visual is not None and hasattr(visual, "merge_and_unload"):
        setattr(detector.encoder, "visual", visual.merge_and_unload())  # noqa: B010
    return detector


def parameter_groups(detector: nn.Module, decay: float, encoder_share: float) -> list[dict[str, Any]]:
    """Parameters by learning rate (share: factor on --lr) and by weight decay (none on biases and norms)."""
    groups = []
    for inside, share in ((True, encoder_share), (False, 1.0)):
        learned = [(n, p) for n, p in detector.named_parameters() if p.requires_grad]
        chosen = [p for n, p in learned if (n.startswith("encoder.") and not n.startswith(NEW)) == inside]
        groups.append({"params": [p for p in chosen if p.ndim > 1], "weight_decay": decay, "share": share})
        groups.append({"params": [p for p in chosen if p.ndim <= 1], "weight_decay": 0.0, "share": share})
    return groups
