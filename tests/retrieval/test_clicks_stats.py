import numpy as np
import pytest

from media.errors import BadRequest
from retrieval.annotations import Click
from retrieval.clicks_stats import click_spread, constant_baseline, mae, mean_face_baseline, points_of
from tests.retrieval.conftest import annotation


def test_constant_is_the_median() -> None:
    train = np.array([[0.1, 0.2], [0.5, 0.4], [0.6, 0.9]])
    test = np.array([[0.4, 0.4], [0.5, 0.8]])
    found = constant_baseline(train, test)
    assert found.point == (0.5, 0.4)
    assert found.mae == pytest.approx((0.1 + 0.0 + 0.0 + 0.4) / 4)
    for point in np.random.default_rng(0).random((50, 2)):
        assert mae(found.point, train) <= mae(point, train)
    with pytest.raises(BadRequest, match="training"):
        constant_baseline(train, test[:0])


def test_mean_face_follows_the_face() -> None:
    rng = np.random.default_rng(1)
    corner = rng.random((60, 2)) * 0.5
    boxes = np.concatenate([corner, corner + 0.3], axis=1)
    clicks = corner + 0.3 * np.array([0.5, 0.8]) + rng.normal(0, 0.01, (60, 2))
    face = mean_face_baseline(clicks[:40], boxes[:40], clicks[40:], boxes[40:])
    assert face.point == pytest.approx((0.5, 0.8), abs=0.02)
    assert face.mae < 0.02 < 0.3 * constant_baseline(clicks[:40], clicks[40:]).mae
    with pytest.raises(BadRequest, match="one face box"):
        mean_face_baseline(clicks, boxes[:3], clicks, boxes)


def test_points_by_split() -> None:
    rows = [annotation(1, clicks=(Click(0.1, 0.2, 1),)), annotation(2, clicks=(Click(0.3, 0.4, 1),), split="test")]
    assert points_of(rows).tolist() == [[0.1, 0.2], [0.3, 0.4]]
    assert points_of(rows, "test").tolist() == [[0.3, 0.4]]
    assert points_of([annotation(3)]).shape == (0, 2)


def test_spread_recovers_a_known_deviation() -> None:
    rng = np.random.default_rng(2)
    rows = []
    for k in range(300):
        centre = 0.3 + 0.4 * rng.random(2)
        points = centre + rng.normal(0, (0.02, 0.04), (4, 2))
        clicks = tuple(Click(x, y, frame=10 * n) for n, (x, y) in enumerate(points))
        far = Click(0.0, 0.0, frame=500)  # another moment
        rows.append(annotation(k, clicks=(*clicks, far)))
    found = click_spread(rows, 2.0, rate=25)
    assert found.sd == pytest.approx((0.02, 0.04), rel=0.1)
    assert found.robust == pytest.approx((0.02, 0.04), rel=0.15)
    assert (found.groups, found.clicks) == (300, 1200)
    assert (
        click_spread(rows, 2.0, rates={a.video: 1000.0 for a in rows}).sd[0] > 0.1
    )  # then 500 frames are half a second


def test_spread_keeps_people_and_videos_apart() -> None:
    same = {"name": "x.mp4"}
    rows = [
        annotation(1, clicks=(Click(0.1, 0.1, 1),), **same),
        annotation(2, clicks=(Click(0.9, 0.9, 2),), annotator="Annotator2", **same),
        annotation(3, clicks=(Click(0.5, 0.5, 1),)),
    ]
    with pytest.raises(BadRequest, match="twice"):
        click_spread(rows)
    rows.append(annotation(4, clicks=(Click(0.1, 0.3, 3),), **same))  # the first annotator again
    assert click_spread(rows).groups == 1
    assert click_spread(rows).sd == pytest.approx((0.0, 0.2 / np.sqrt(2)))
