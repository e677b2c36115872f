import pytest

from assistant.spans import find_spans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Look at the nose.", [("nose", "face.middle.nose.nose")]),
        ("The left  eye and chin", [("left  eye", "face.upper.eyes.left_eye"), ("chin", "face.lower.chin.chin")]),
        ("the eyes", [("eyes", "face.upper.eyes.left_eye"), ("eyes", "face.upper.eyes.right_eye")]),
        ("around the edge of the face", [("edge of the face", "face.whole.boundary.face_boundary")]),
        ("Nosey eyeing, the chinos and the surface", []),
        ("RIGHT JAWLINE", [("RIGHT JAWLINE", "face.lower.jaws.right_jaw")]),
    ],
)
def test_mentions_have_places(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[s.start : s.end], s.region) for s in find_spans(text)] == expected


def test_a_video_span_has_its_time() -> None:
    assert [s.time for s in find_spans("the mouth", 7.4)] == [7.4]
