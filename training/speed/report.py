"""OUT/performance.json and OUT/performance.md: everything that one run measured, and the bars."""

import json
import platform
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch

from evaluation.results import Bar, bar_table, plain
from kfd.convert.about import git_commit
from training.speed.meter import Meter

JSON, TABLE = "performance.json", "performance.md"
PART = "performance"
Record = dict[str, Any]


def about(meter: Meter, size: str, language: str, command: str) -> Record:
    """Where, when and with what a run was made."""
    return {
        "size": size, "language_model": language, "device": meter.device.type, "device_name": device_name(meter),
        "dtype": str(meter.dtype).removeprefix("torch."), "torch": torch.__version__,
        "threads": torch.get_num_threads(), "repeats": meter.repeats, "seed": meter.seed,
        "date": time.strftime("%Y-%m-%d %H:%M", time.gmtime()) + " UTC", "git_commit": git_commit(),
        "command": command,
    }  # fmt: skip


def device_name(meter: Meter) -> str:
    """The card's name, or the kind of processor."""
    return torch.cuda.get_device_name(meter.device) if meter.on_gpu else platform.processor() or platform.machine()


def write(out: Path, record: Record) -> None:
    """Write both files; called after every part, so that an interruption leaves what was measured."""
    out.mkdir(parents=True, exist_ok=True)
    text = json.dumps(plain(record), indent=1, ensure_ascii=False, allow_nan=False)
    (out / JSON).write_text(text + "\n", encoding="utf-8")
    (out / TABLE).write_text(markdown(record), encoding="utf-8")


def bars(record: Record) -> list[Bar]:
    """The promises on speed within one run; what was not measured has no value."""
    language = record.get("language", {})
    found = [
        Bar(
            PART, f"turn {n}, first token: encoding again / going on", language.get(f"first_token_{n}_ratio"), 3.0, ">="
        )
        for n in (2, 3)
    ]
    for one in record.get("detector", []):
        ratio = one.get("text", {}).get("ratio")
        found.append(Bar(PART, f"detector '{one['name']}': one by one, text anew / batch of 16", ratio, 2.0, ">="))
    return found


def markdown(record: Record) -> str:
    """The whole report."""
    head = record["about"]
    rates = ", ".join(f"{name} {rate:.4g} TFLOP/s" for name, rate in record["matrix_tflops"].items())
    lines = [
        f"# Performance, size {head['size']}", "",
        f"{head['device_name']} ({head['device']}), torch {head['torch']}, {head['dtype']}, {head['threads']} threads, "
        f"language model {head['language_model']}, {head['date']}, commit {head['git_commit']}.",
        "", f"`{head['command']}`", "",
        f"Random weights and inputs, seed {head['seed']}; medians of {head['repeats']}.",
        f"Measured matrix rate: {rates}.", "", bar_table(bars(record)),
    ]  # fmt: skip
    for one in record.get("detector", []):
        lines += _detector(one)
    if "language" in record:
        lines += _language(record["language"])
    if "training" in record:
        lines += _training(record["training"])
    lines += [f"- {part} failed: {reason}" for part, reason in record.get("failed", {}).items()]
    return "\n".join(lines).rstrip() + "\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[str]:
    cells = [[f"{v:.4g}" if isinstance(v, float) else "-" if v is None else str(v) for v in row] for row in rows]
    return ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *cells)] + [""]


def _batches(rows: Sequence[Record], names: Sequence[str]) -> Iterator[list[Any]]:
    for row in rows:
        yield [row["batch"], *([row["error"], *[None] * (len(names) - 1)] if "error" in row else map(row.get, names))]


def _memory(found: Record) -> str:
    known = (f"{name.removesuffix('_gib').replace('_', ' ')} {v:.4g}" for name, v in found.items() if v is not None)
    return ", ".join(known) or "not measured"


def _detector(one: Record) -> list[str]:
    lines = [f"## Detector '{one['name']}'", ""]
    if "error" in one:
        return [*lines, f"{one['error']}.", ""]
    lines += [
        f"{one['image_px']} px, {one['parameters'] / 1e6:.4g} M parameters, {one['weights_gib']:.4g} GiB of weights, "
        f"{one['gflop_per_image']:.4g} GFLOP a picture. Memory at load (GiB): {_memory(one['memory_at_load'])}; after "
        f"the batches: {_memory(one['memory_after_batches'])}.", "",
    ]  # fmt: skip
    names = ("seconds_per_image", "images_per_s", "matrix_share")
    lines += _table(
        ("batch", "seconds a picture", "pictures/s", "share of matrix rate"), [*_batches(one["batches"], names)]
    )
    text = one["text"]
    if "error" in text:
        return [*lines, f"Text features made anew: {text['error']}.", ""]
    batch = f"batch of {text['pictures']}"
    head = ("one by one, text anew (s)", "one by one, text kept (s)", f"{batch} (s)", f"anew / {batch}", "by processor")
    return lines + _table(head, [[text[name] for name in ("anew_s", "kept_s", "batch_s", "ratio", "cpu_ratio")]])


def _language(found: Record) -> list[str]:
    lines = ["## Talking about a picture", ""]
    if "error" in found:
        return [*lines, f"{found['error']}.", ""]
    sizes = ", ".join(
        f"{name.replace('_', ' ')} {count / 1e6:.4g} M ({found['weights_gib'][name]:.4g} GiB)"
        for name, count in found["parameters"].items()
    )
    lines += [
        f"Parameters: {sizes}. Memory at load (GiB): {_memory(found['memory_at_load'])}; after the conversations: "
        f"{_memory(found['memory_after_talks'])}.", "",
    ]  # fmt: skip
    names = ("s", "anew_s", "ratio", "cpu_ratio")
    turns = [[n, *(found.get(f"first_token_{n}_{name}") for name in names)] for n in (1, 2, 3)]
    lines += _table(("turn", "first token, going on (s)", "encoding again (s)", "ratio", "by processor"), turns)
    same = "the same" if found["same_first_token"] else "not always the same"
    lines += [
        f"{found['tokens_per_s']:.4g} tokens/s in one conversation. Turn 1 includes the picture, which takes "
        f"{found['picture_s']:.4g} s. Both ways chose {same} first token.", "",
    ]  # fmt: skip
    names = ("seconds", "positions_per_s", "matrix_share")
    lines += _table(
        ("positions read", "seconds", "positions/s", "share of matrix rate"), [*_batches(found["reads"], names)]
    )
    names = ("seconds", "tokens_per_s")
    return lines + _table(
        ("conversations at a time", "seconds", "tokens/s of all"), [*_batches(found["together"], names)]
    )


def _training(found: Record) -> list[str]:
    rows = []
    for name, one in found.items():
        if "error" in one:
            rows.append([name, one["error"], None, None, None, None])
            continue
        what = f"{one['images']} pictures" if "images" in one else f"{one['tokens']} tokens"
        learned = f"{one['learned'] / 1e6:.4g} M of {one['parameters'] / 1e6:.4g} M"
        rows.append([name, one["steps_per_s"], what, learned, one["matrix_share"], _memory(one["memory"])])
    head = ("stage", "steps/s", "a step", "learned parameters", "share of matrix rate (bf16)", "memory (GiB)")
    return ["## Training steps", "", *_table(head, rows)]
