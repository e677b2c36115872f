"""Options that the page and the commands share; nothing heavy is imported, so that --help is there at once."""

import argparse
from pathlib import Path

PROFILE_NAMES = ("embedded", "openclip", "lvlm-dfd", "tiny")


def add_weights_options(parser: argparse.ArgumentParser) -> None:
    """Which weights answer."""
    parser.add_argument(
        "--profile", default="embedded", choices=PROFILE_NAMES, help="which weights (default: embedded)"
    )
    parser.add_argument(
        "--weights", type=Path, metavar="DIR", help="folder with kfd/, prompt_learner/, language_model/"
    )


def add_annotation_options(parser: argparse.ArgumentParser) -> None:
    """Which annotations are examples for the answers and are listed under them."""
    examples = parser.add_mutually_exclusive_group()
    examples.add_argument(
        "--annotations", type=Path, metavar="DIR", help="human annotations of this index as examples; made by "
        "`python -m retrieval build --csv ExDDV.csv --out DIR` (default: simulated ones, with the extra `retrieval`)",
    )  # fmt: skip
    examples.add_argument("--no-annotations", action="store_true", help="list no annotations under answers")
