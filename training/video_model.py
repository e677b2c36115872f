"""What a video run trains: the experiment, the network it starts from, and its parameters by learning rate."""

import argparse
import dataclasses

from torch import nn

from fakestormer.baseline import ClipCNN
from fakestormer.checkpoint import VideoModel, load_video_model, start_from_detector
from fakestormer.config import BaselineConfig, FakeSTormerConfig
from fakestormer.experiments import Experiment, experiments, shipped
from fakestormer.mae import load_mae
from fakestormer.model import FakeSTormer
from fakestormer.sam import SharpnessAware
from kfd.checkpoint import load_detector
from media.errors import BadRequest


def chosen_experiment(args: argparse.Namespace) -> Experiment:
    """The named experiment with what the options override; a freeze share becomes epochs of its schedule."""
    rows = {"shipped": shipped(), **experiments(args.size)}
    if args.experiment not in rows:
        raise BadRequest(f"There is no experiment {args.experiment!r}; known: {', '.join(rows)}.")
    row = rows[args.experiment]
    schedule = row.schedule
    if args.freeze is not None:
        schedule = dataclasses.replace(schedule, freeze=args.freeze * schedule.epochs)
    if args.lr is not None:
        start = args.lr * schedule.start / schedule.peak
        schedule = dataclasses.replace(schedule, start=start, peak=args.lr)
    return dataclasses.replace(row, schedule=schedule, batch=args.batch_pairs or row.batch)


def uses_sam(args: argparse.Namespace) -> bool:
    """SAM as asked; by default for the paper's rows (it doubles the cost of a step)."""
    return args.experiment != "shipped" if args.sam is None else args.sam


def start_model(args: argparse.Namespace, experiment: Experiment) -> VideoModel:
    """The network with its first weights: of --init, on the frame detector of --detector, from --mae, or random."""
    given = load_video_model(args.init)[0] if args.init else None
    config = given.config if given is not None else _config(args, experiment)
    if args.image_size:
        config = dataclasses.replace(config, image_size=args.image_size)
    if args.depth and given is None and isinstance(config, FakeSTormerConfig):
        config = dataclasses.replace(config, depth=args.depth)
    if isinstance(config, BaselineConfig):
        model: VideoModel = ClipCNN.create(config, args.seed)
    else:
        model = FakeSTormer.create(config, args.seed)
        if args.detector and given is None:
            start_from_detector(model, args.detector)
        if args.mae:
            load_mae(model, args.mae)
    if given is not None:
        found = given.state_dict()
        wrong = [k for k, v in model.state_dict().items() if k not in found or found[k].shape != v.shape]
        if wrong:
            raise BadRequest("--init has other sizes; give the image size it was trained at.", ", ".join(wrong[:5]))
        model.load_state_dict(found)
    return model.to(args.device)


def _config(args: argparse.Namespace, experiment: Experiment) -> FakeSTormerConfig | BaselineConfig:
    if args.smoke or args.model == "tiny":
        return BaselineConfig.tiny() if args.model == "cnn3d" else FakeSTormerConfig.tiny()
    if args.model == "cnn3d":
        return BaselineConfig(frames=experiment.model.frames)
    row = experiment.model
    if not args.detector:
        return row
    if isinstance(row, BaselineConfig):
        raise BadRequest(f"--experiment {experiment.name} reads pixels, not a frame detector: leave out --detector.")
    config = FakeSTormerConfig.embedded_on_detector(load_detector(args.detector)[0].config, row.frames)
    return dataclasses.replace(config, temporal_head=row.temporal_head, spatial_head=row.spatial_head)


def build_optimiser(model: nn.Module, experiment: Experiment) -> SharpnessAware:
    """Adam inside SAM over everything that learns; a frame detector inside does not."""
    learning = [p for p in model.parameters() if p.requires_grad]
    return SharpnessAware.adam([{"params": learning}], experiment.schedule.start, experiment.rho)


def fix_statistics(model: nn.Module) -> None:
    """Let BatchNorm use its running statistics from now on.

    A batch holds each clip beside its own forgery; batch statistics let a network compare the two, which nobody can do
    in use.
    """
    for module in model.modules():
        if isinstance(module, nn.modules.batchnorm._BatchNorm):
            module.eval()
