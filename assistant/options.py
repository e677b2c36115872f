"""Options that the page and the commands share; nothing heavy is imported, so that --help is there at once."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from media.errors import BadRequest

if TYPE_CHECKING:
    from assistant.remote.address import LanguageServer

PROFILE_NAMES = ("embedded", "openclip", "lvlm-dfd", "tiny")


def add_weights_options(parser: argparse.ArgumentParser) -> None:
    """Which weights answer."""
    parser.add_argument(
        "--profile", default="embedded", choices=PROFILE_NAMES, help="which weights (default: embedded)"
    )
    parser.add_argument(
        "--weights", type=Path, metavar="DIR", help="folder with kfd/, prompt_learner/, language_model/"
    )


def add_language_server_options(parser: argparse.ArgumentParser) -> None:
    """Where the language model answers, if not here."""
    parser.add_argument(
        "--language-server", metavar="URL", help="vLLM server of the language model, such as http://127.0.0.1:8000; "
        "its key is read from VLLM_API_KEY (default: the model runs here)",
    )  # fmt: skip
    parser.add_argument(
        "--plain-language-server", action="store_true", help="allow http to a --language-server on another machine"
    )


def add_place_options(parser: argparse.ArgumentParser, spread: bool = False) -> None:
    """Where the models compute; `spread`: a language model may lie on several GPUs."""
    parser.add_argument(
        "--device", choices=("cpu", "cuda", "auto") if spread else ("cpu", "cuda"), default="cpu",
        help=f"where the models compute{'; auto: the language model over all GPUs' if spread else ''} (default: cpu)",
    )  # fmt: skip
    parser.add_argument(
        "--bits", type=int, choices=(8, 4), help="hold the language model in so many bits; needs bitsandbytes and a GPU"
    )


def add_annotation_options(parser: argparse.ArgumentParser) -> None:
    """Which annotations are examples for the answers and are listed under them."""
    examples = parser.add_mutually_exclusive_group()
    examples.add_argument(
        "--annotations", type=Path, metavar="DIR", help="human annotations of this index as examples; made by "
        "`python -m retrieval build --csv ExDDV.csv --out DIR` (default: simulated ones, with the extra `retrieval`)",
    )  # fmt: skip
    examples.add_argument("--no-annotations", action="store_true", help="list no annotations under answers")


def add_answering_options(parser: argparse.ArgumentParser, spread: bool = False) -> None:
    """What the page and `ask` share beside the weights: places, language server, annotations."""
    add_place_options(parser, spread)
    add_language_server_options(parser)
    add_annotation_options(parser)


def language_server(args: argparse.Namespace) -> "LanguageServer | None":
    """The server that the options name; None without one. BadRequest when its address is none, missing or not safe."""
    if args.language_server is None:
        if args.plain_language_server:
            raise BadRequest("--plain-language-server is for --language-server URL; add it, or leave it out.")
        return None
    from assistant.remote.address import LanguageServer

    return LanguageServer.of(args.language_server, args.plain_language_server)
