import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from assistant.ui import launch
from media.open import Limits

ROOT = Path(__file__).resolve().parents[2]


def run_app(*arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, str(ROOT / "app.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def test_the_example_forgery_is_the_same_each_time_and_changes_the_face_alone(tmp_path, astronaut):
    first = np.asarray(Image.open(launch.make_forgery(astronaut, tmp_path / "a.png")))
    again = np.asarray(Image.open(launch.make_forgery(astronaut, tmp_path / "b.png")))
    assert np.array_equal(first, again)
    changed = np.argwhere((first != astronaut).any(axis=2))
    assert len(changed) > 1000
    assert changed.min(axis=0) == pytest.approx([81, 179], abs=25)
    assert changed.max(axis=0) == pytest.approx([174, 269], abs=25)


def test_nothing_is_shared_kept_or_watched():
    settings = launch.private(Limits(bytes=123))
    assert settings["max_file_size"] == 123
    for name in ("share", "run_history", "enable_monitoring", "show_error", "ssr_mode", "mcp_server", "footer_links"):
        assert not settings[name], name
    assert "url(" not in settings["css"]
    assert "@import" not in settings["css"]


def test_limits_are_told_in_numbers():
    said = launch.limits_sentence(Limits(bytes=50 * 2**20, pixels=20_000_000, seconds=120))
    assert "50 MB" in said
    assert "20 megapixels" in said
    assert "2 minutes" in said


def test_the_theme_uses_system_fonts_only():
    theme = launch.theme()
    assert theme._stylesheets == []
    assert "@font-face" not in str(theme._font_css)


def test_help_comes_at_once_and_loads_nothing():
    done = subprocess.run(
        [sys.executable, "-X", "importtime", str(ROOT / "app.py"), "--help"], capture_output=True, text=True, check=True
    )
    assert "--weights DIR" in done.stdout
    assert "gradio" not in done.stderr
    assert "torch" not in done.stderr


def test_app_is_short():
    assert len((ROOT / "app.py").read_text().splitlines()) < 80


@pytest.mark.slow
def test_missing_weights_are_named(tmp_path):
    done = run_app("--weights", str(tmp_path))
    assert done.returncode == 2
    assert "kfd" in done.stderr
    assert "Traceback" not in done.stderr
