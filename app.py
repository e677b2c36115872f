"""The chat page: `uv run app.py`, then open the address it prints."""

import argparse
import logging
import os
import sys
import time
from typing import TYPE_CHECKING

from assistant.options import add_answering_options, add_weights_options, language_server

if TYPE_CHECKING:
    from assistant.assistant import Assistant


def parse_arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """The settings of a page."""
    parser = argparse.ArgumentParser(
        description="Talk with an AI about whether a photo or video of a face was manipulated."
    )
    add_weights_options(parser)
    add_answering_options(parser)
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="H", help="address to listen on (default: this machine only)"
    )
    parser.add_argument("--port", type=int, default=7860, metavar="N", help="port to listen on (default: 7860)")
    return parser.parse_args(argv)


def where(assistant: "Assistant") -> str:
    """Where the models of a page are, such as "on cpu"; the language model may be on a server."""
    elsewhere = f", the language model at {assistant.server.url}," if assistant.server is not None else ""
    return f"on {assistant.language[0].device}{elsewhere}"


def main(argv: list[str] | None = None) -> int:
    """Load the weights, say which, and serve the page until Ctrl+C."""
    args = parse_arguments(argv)
    start = time.monotonic()
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    from assistant.annotations import chosen
    from assistant.assistant import Assistant
    from assistant.placement import Placement
    from assistant.ui.launch import describe_weights, serve
    from media.errors import ForgeryAssistantError

    try:
        annotations = chosen(args.annotations, args.no_annotations, args.profile)
        place = Placement(args.device, args.bits)
        assistant = Assistant.load(
            args.profile, args.weights, annotations=annotations, server=language_server(args), place=place
        )
        for line in describe_weights(assistant):
            print(line)
        print("These weights are for research and non-commercial use; see README.md.", flush=True)
        served = serve(assistant, args.host, args.port)
        print(f"Page up after {time.monotonic() - start:.1f} s: {served.address}  (Ctrl+C stops it)", flush=True)
        served.ready.result()
        print(f"All models loaded {where(assistant)} after {time.monotonic() - start:.1f} s", flush=True)
    except (ForgeryAssistantError, OSError) as error:
        print(f"app.py: {getattr(error, 'message', error)}", file=sys.stderr)
        return 2
    served.page.block_thread()
    return 0


if __name__ == "__main__":
    sys.exit(main())
