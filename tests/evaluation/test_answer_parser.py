import pytest

from evaluation.answer_parser import parse_answer, regions_named

EYES = {"face.upper.eyes.left_eye", "face.upper.eyes.right_eye"}
MOUTH = "face.lower.mouth.mouth"
NOSE = "face.middle.nose.nose"
BOUNDARY = "face.whole.boundary.face_boundary"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Yes. There is strong support for manipulation, mostly at the mouth.", "fake"),
        ("Yes, I see some support for manipulation.", "fake"),
        ("No, there is little support for manipulation.", "real"),
        ("No. I find no signs of manipulation in this face.", "real"),
        ("The picture does not look manipulated to me.", "real"),
        ("This face looks manipulated.", "fake"),
        ("It is a deepfake.", "fake"),
        ("The result is inconclusive.", "uncertain"),
        ("I cannot tell whether it was manipulated.", "uncertain"),
        ("This picture could not be assessed: no face was found.", "not_assessed"),
        ("The score is 93%.", None),
        ("Hello! Ask me about the picture.", None),
        ("Yes.", "fake"),
        ("No.", "real"),
        ("A low score does not mean the picture is authentic. There is little support for manipulation.", "real"),
        ("The evidence points to manipulation.", "fake"),
        ("The nose stands out.", None),
        ("If it was manipulated, the seam would show.", None),
        ("Some signs speak for manipulation and others against it.", "uncertain"),
        ("The map is raised in places, but not enough to name one as manipulated.", None),
        ("In places the face is not manipulated. There is strong support for manipulation.", "fake"),
        ("There is strong support for manipulation, but its place is uncertain.", "fake"),
        ("I would not take it as real.", None),
        ("The nose shows little support for manipulation. Overall there is strong support for manipulation.", "fake"),
        ("It runs from no signs to very clear signs.", None),
        ("I measure how strongly the face supports manipulation: here there is little support for it.", "real"),
        ("I can't tell which tool was used.", None),
        ("Ask me whether the face looks manipulated.", None),
        ("Nothing was measured.", "not_assessed"),
        ("There is no face at that spot, so nothing was measured there.", None),
        ("The evidence does not change: there is some support for manipulation.", "fake"),
        ("Which program was used, I can't say.", None),
        ("No, it is manipulated.", "fake"),
        ("There is little support for manipulation; that does not show that nothing was changed.", "real"),
    ],
)
def test_verdict(text, verdict):
    assert parse_answer(text).verdict == verdict


def test_contradiction_inside_one_answer():
    assert parse_answer("Strong support for manipulation. There is little support for manipulation.").contradicts
    assert not parse_answer("Strong support for manipulation. The nose shows little.").contradicts


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("the left eye", {"face.upper.eyes.left_eye"}),
        ("both eyes", EYES),
        ("the left and right eyes", EYES),
        ("the right eye and brow", {"face.upper.eyes.right_eye", "face.upper.brows.right_brow"}),
        (
            "the left brow, the nose and the right cheek",
            {"face.upper.brows.left_brow", NOSE, "face.middle.cheeks.right_cheek"},
        ),
        ("the mouth and the eyes", {MOUTH} | EYES),
        ("the left jawline and the face boundary", {"face.lower.jaws.left_jaw", BOUNDARY}),
        ("the left eyebrow", {"face.upper.brows.left_brow"}),
        ("the outline of the face", {BOUNDARY}),
        ("a nosey person", set()),
        ("nothing here", set()),
    ],
)
def test_regions(text, ids):
    assert regions_named(text) == ids


def test_denied_regions_are_not_claimed():
    parsed = parse_answer("The map is strongest at the mouth, while the nose is unremarkable.")
    assert parsed.claimed == {MOUTH}
    assert parsed.denied == {NOSE}
    parsed = parse_answer("No, nothing stands out at the mouth.")
    assert parsed.claimed == frozenset()
    assert parsed.denied == {MOUTH}
    parsed = parse_answer("The stronger signs are at the mouth, not at the nose.")
    assert parsed.claimed == {MOUTH}
    assert parsed.denied == {NOSE}
    assert parse_answer("The face does not fit together at the nose.").claimed == {NOSE}
    assert parse_answer("It lies over most of the face.").wide
    assert not parse_answer("The nose stands out.").wide
    parsed = parse_answer("Not only the mouth but also the nose stands out.")
    assert parsed.claimed == {MOUTH, NOSE}


def test_percents():
    assert parse_answer("It is 93%, or 0.93, up from 7 percent.").percents == (93.0, 93.0, 7.0)
    assert parse_answer("In 2019 and face 1").percents == ()


@pytest.mark.parametrize(
    ("text", "declined"),
    [
        ("I cannot say who this person is.", True),
        ("I don't identify people.", True),
        ("I can only talk about the picture you gave me.", True),
        ("That is outside what I can help with.", True),
        ("There is strong support for manipulation.", False),
        ("The nose does not stand out.", False),
        ("I can't name a place with enough support.", False),
        ("I'm afraid that is not my field.", True),
    ],
)
def test_declined(text, declined):
    assert parse_answer(text).declined is declined
