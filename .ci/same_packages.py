"""Whether two requirement files install the same versions everywhere; releases of uv write the same marker differently.

python .ci/same_packages.py A B         # - is standard input
"""

import sys
from itertools import product
from pathlib import Path

from packaging.requirements import Requirement

PLATFORMS = (("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt"))
MACHINES = ("x86_64", "aarch64", "arm64", "AMD64")
PYTHONS = ("3.11", "3.12")


def read(name: str) -> list[Requirement]:
    """The requirements of a file."""
    text = sys.stdin.read() if name == "-" else Path(name).read_text()
    return [Requirement(line) for line in text.splitlines() if line.strip() and not line.startswith("#")]


def installed(requirements: list[Requirement], place: dict[str, str]) -> set[str]:
    """Names with versions that a machine gets."""
    chosen = [r for r in requirements if r.marker is None or r.marker.evaluate(place)]
    return {f"{r.name}{sorted(r.extras)}{r.specifier}{r.url or ''}" for r in chosen}


def main() -> int:
    """0 when they agree; the differences and 1 otherwise."""
    one, other = (read(name) for name in sys.argv[1:3])
    any_where: set[str] = set()
    for (system, platform, os_name), machine, python in product(PLATFORMS, MACHINES, PYTHONS):
        place = {
            "sys_platform": system, "platform_system": platform, "os_name": os_name, "platform_machine": machine,
            "python_version": python, "python_full_version": f"{python}.7", "implementation_name": "cpython",
            "platform_python_implementation": "CPython", "extra": "",
        }  # fmt: skip
        differing = installed(one, place) ^ installed(other, place)
        if differing:
            print(f"{system} {machine} {python}: {', '.join(sorted(differing))}")
            return 1
        any_where |= installed(one, place)
    return 0 if any_where else 1


if __name__ == "__main__":
    raise SystemExit(main())
