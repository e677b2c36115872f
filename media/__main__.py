"""Commands of this room.

python -m media datasets ROOT --dataset NAME --out manifest.jsonl     a benchmark's manifest and report
python -m media manifest FILE... [--data ROOT] [--disjoint A B]        check and count manifests, compare two splits
"""

import argparse
import sys

from media.errors import ForgeryAssistantError


def main(argv: list[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 when a check found something, 2 for errors a user can act on."""
    from media.datasets.command import add_commands

    parser = argparse.ArgumentParser(
        prog="python -m media", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_commands(parser.add_subparsers(dest="command", required=True, metavar="COMMAND"))
    args = parser.parse_args(argv)
    try:
        return args.act(args)
    except ForgeryAssistantError as error:
        print(error.message, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
