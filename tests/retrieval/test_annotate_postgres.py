"""The store on PostgreSQL: Debian's binaries, a cluster of its own in a temporary folder, removed afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("psycopg", reason="the extra `retrieval` is not installed")
pytest.importorskip("sqlalchemy", reason="the extra `retrieval` is not installed")

from tests.retrieval.test_annotate_store import check_store

pytestmark = [pytest.mark.slow, pytest.mark.serves]


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL that Debian installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    return found[-1].parent if found else None


@pytest.fixture
def url() -> Iterator[str]:
    place = binaries()
    if place is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    user = "nobody" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    owner = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="annotate-pg-"))
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)

    def call(*command: str) -> None:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=240, **owner)
        assert done.returncode == 0, done.stderr

    data = str(folder / "data")
    try:
        call(str(place / "initdb"), "-D", data, "-U", "ada", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-h 127.0.0.1 -p {port} -k {folder}"
        call(str(place / "pg_ctl"), "-D", data, "-w", "-t", "200", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql://ada@127.0.0.1:{port}/postgres"
        finally:
            call(str(place / "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_postgresql(url: str) -> None:
    check_store(url)
