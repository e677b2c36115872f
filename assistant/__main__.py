"""`python -m assistant`: see assistant/cli.py."""

from assistant.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
