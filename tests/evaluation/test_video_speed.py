"""What the command about a video's speed prints."""

from pathlib import Path

import numpy as np
import pytest

from evaluation.video_speed import main, peak_memory
from simulation.video_preview import write_video


@pytest.mark.slow
def test_parts_add_up_and_memory_is_told(
    astronaut: np.ndarray, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_video(tmp_path / "a.mp4", [np.ascontiguousarray(np.roll(astronaut, t, axis=1)[:480]) for t in range(12)])
    main([str(tmp_path / "a.mp4")])
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [line[0] for line in lines] == ["decode", "detect", "embed", "score", "all", "memory"]
    seconds = [float(line[1]) for line in lines]
    assert sum(seconds[:4]) == pytest.approx(seconds[4], abs=0.05)
    assert min(seconds[:3]) > 0
    assert 0.1 < float(lines[5][5]) <= seconds[5] <= peak_memory() + 0.01
