"""All wording of the page that does not come from the language model or the detector."""

from media.errors import ReasonCode
from media.records import EvidenceWord

TITLE = "Deepfake assistant"
LEAD = (
    "Give it a photo or video of a face. It says how strongly the picture supports manipulation, shows where, "
    "explains why, and answers your questions - also about a spot that you click."
)
NOTICES = (
    "You are talking with an AI. It can be wrong; do not decide about a person on its word alone.",
    "Nothing leaves this machine: files are examined here and deleted within two hours.",
    "The weights are for research and non-commercial use; the README lists their licences.",
)
UPLOAD_LABEL = "Photo or video - drop it here, choose it, or paste it with Ctrl+V"
NO_PICTURE = "Give me a photo or video first: drop it, paste it, or choose one of the examples."
NO_QUESTION = "Type a question first."
ONLY_QUESTIONS = "Only your questions can be edited."
OUTSIDE = "That click was outside the picture. Click on the face."
BOX_FIRST_CORNER = "First corner set at ({x:.0f}, {y:.0f}). Now click the opposite corner."
STOPPED_EXAMINING = "Stopped. Nothing was added."
FAILED = "Something went wrong in the program, not in your file. Please try again."
STOPPED = "(stopped)"
EMPTY_CARD = (
    "No picture yet. The finding will stand here: how strongly the picture supports manipulation, where, and why."
)
EMPTY_VIEW = "The picture with its overlay will stand here."
CHAT_HELP = "The arrow under the last answer tells it another way; the pencil on a question changes it."
EMPTY_CHAT = (
    "**Ask about your picture here.**\n\nAdd a photo or video first, or take an example. "
    "Then type a question, take one of the suggestions, or click a spot in the picture."
)
EMPTY_MEASURED = "Nothing has been measured yet."
SPOT_NONE = "Click the picture to mark a spot; your next question will be about it."
SPOT_QUESTION = "What about this spot?"
HIDE_QUESTION = "What if this spot is hidden?"
WORST_QUESTION = "When is it worst?"
MOTION_QUESTION = "Does it flicker?"
TIMELINE_HELP = "Click a timeline to look at that moment, or name it under the picture."
MOMENT_LABEL = "Moment (s)"
MOMENT_LOOK = "Look at this moment"
MOMENT_BACK = "Back to the worst frame"
LOOKING = "reading and examining that frame"
NO_VIDEO = "Only a video has other moments. Give me a video first."
NO_MOMENT = "Name the moment in seconds."
NO_FACE_HERE = "no face was found in this frame. Try another moment."
ONE_FRAME = "One frame says less than many."
MARK_IN_WORST = "Spots are marked in the worst frame. Go back to it first."
SHEET_TITLE = "Worst frames"
SHEET_READING = "Reading frame {number} of {count} ..."
SHEET_HELP = (
    "The highest frames of each person, with the overlay and the score of that frame alone. Click one to see it."
)
SHEET_NONE = "No frame of this video could be assessed."
NOT_FOUND_AGAIN = "not found again"
CHIPS = (
    "Is this a deepfake image?",
    "Where?",
    "Why do you think so?",
    "Are you sure?",
    "Explain it to a child",
)
SOURCES_TITLE = "What people wrote of forgeries like this"
SOURCES_SWITCH = "List human annotations for answers about the finding"
SOURCES_HELP = (
    "Sentences that people wrote about other, manipulated videos, found by the places and signs measured here. "
    "They describe those videos and are no part of this finding; the language model reads them before it answers."
)
MASKS_SWITCH = "Show the language model the face around predicted clicks when a later question asks where or why"
WITH = "With"
SIMULATED_TITLE = "What was written of simulated forgeries like this"
SIMULATED_SWITCH = "List simulated annotations for answers about the finding"
SIMULATED_HELP = (
    "Simulated: sentences that a program of this project wrote about forgeries it made itself, found by the places and "
    "signs measured here. They are no part of this finding, and the language model does not read them."
)
HUMAN_HELP = (
    "No index of what people wrote is in use. Build one with <code>{command}</code>, then start the page with "
    "<code>--annotations FOLDER</code>."
)
SOURCES_OFF = "Switched off: no annotations are looked up."
NO_SOURCES = "Nothing is listed: ask whether, where or why. Only a finding that supports manipulation has any."
MODE_SPOT, MODE_BOX = "a spot (one click)", "a box (two clicks)"
FORGERY_LABEL = "Example: simulated forgery of it"
PHOTO_LABEL = "Example: photo of an astronaut"

PHRASE: dict[EvidenceWord, str] = {
    "strong support": "Strong support for manipulation",
    "some support": "Some support for manipulation",
    "inconclusive": "Inconclusive",
    "little support": "Little support for manipulation",
    "could not be assessed": "Could not be assessed",
}
MEANING: dict[EvidenceWord, str] = {
    "strong support": "Clear signs of the kinds this detector knows. Look at the places, and check by other means.",
    "some support": "Signs are there, but weaker. Treat the picture with care and look for the original.",
    "inconclusive": "The signs are too weak or too mixed to say either way. The detector does not know.",
    "little support": "Hardly any signs of the kinds this detector knows. A method it has never met may leave none "
    "that it sees, so this does not mean that nothing was changed.",
    "could not be assessed": "There is no finding at all; the reason is given. It says nothing about the picture.",
}
# What is wrong, and what a person can do about it.
REASONS: dict[ReasonCode, tuple[str, str]] = {
    "no_face": ("No face was found.", "This assistant only examines faces. Try a picture in which one is visible."),
    "face_too_small": ("The face is too small.", "Try the original file, or one in which the face is larger."),
    "too_blurred": ("The face is too blurred.", "Try a sharper copy, or the original file."),
    "not_photographic": ("This does not look like a photo of a person.", "Drawings and renderings are out of scope."),
    "too_many_faces": ("There are too many faces.", "Cut out the person you mean and try again."),
    "extreme_pose": ("The face is turned too far away.", "Try a picture in which the face looks nearer the camera."),
    "occluded": ("Too much of the face is covered.", "Try a picture in which the whole face is visible."),
    "over_compressed": ("The picture is too strongly compressed.", "Try the original file, not a forwarded copy."),
    "decode_error": ("The file could not be read.", "Save it again as JPEG, PNG or MP4 and try once more."),
    "too_large": ("The file is too large.", "Make it smaller or shorter and try again."),
    "out_of_memory": ("There was not enough memory.", "Try a smaller copy."),
}
CUES: dict[str, str] = {
    "smoother": "the {region} is smoother than the rest of the face",
    "sharper": "the {region} is sharper than the rest of the face",
    "colour_shift": "the colour of the {region} differs from the rest of the face",
    "seam": "there is a seam along the {region}",
    "noise": "the fine grain of the {region} differs from the rest of the face",
}
MAP_HELP = "Overlay: dark = low, bright = high support for manipulation at that place. A map can persuade; it can err."


def score_context(score: float, calibrated: bool = True) -> str:
    """The sentence that a score is never shown without; see `shown_score`."""
    if not calibrated:
        return (
            f"Score {shown_score(score)}: the raw output of weights that were never measured here. It is no "
            "probability, and how often it is wrong is not known."
        )
    percent = round(100 * score)
    share = "at least 99" if percent >= 99 else "at most 1" if percent <= 1 else f"about {percent}"
    return (
        f"Score {shown_score(score)}: of pictures that score so in the developers' tests, half of which were forged by "
        f"simulation, {share} in 100 were forged. In other material it means less; where forgeries are rare, "
        "a high score is more often a false alarm."
    )


def shown_score(score: float) -> str:
    """A score as the page and the answers say it, from 0.01 to 0.99."""
    return f"{min(max(score, 0.01), 0.99):.2f}"


def clock(seconds: float) -> str:
    """Minutes, seconds and hundredths, as 0:07.40."""
    minutes, rest = divmod(round(seconds * 100), 6000)
    return f"{minutes}:{rest / 100:05.2f}"


def listing(names: list[str]) -> str:
    """ "nose", "nose and chin" or "nose, chin and mouth"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
