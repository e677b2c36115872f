"""Answers about the assistant and its limits, small talk, and what is declined."""

from simulation.dialogue.answers import cure, reason, statement, support
from simulation.dialogue.facts import Facts
from simulation.dialogue.voice import Voice

DECLINE_OPENINGS: dict[str, tuple[str, ...]] = {
    "identity": (
        "I don't say who a person is.",
        "I can't help with naming people.",
        "Naming a person is something I don't do.",
        "I don't identify people.",
        "I can't tell you who this is.",
    ),
    "describe": (
        "I don't describe pictures; I only examine faces for signs of manipulation.",
        "Describing the scene is not my task; I look at the face for signs of manipulation.",
        "I only look at faces and at signs of manipulation, not at the rest of the scene.",
    ),
    "offtopic": (
        "I can't help with that.",
        "That is outside my task.",
        "I'm afraid that is not my field.",
        "Sorry, I can't help with that.",
        "That is not something I can answer.",
    ),
}
"""intent -> first sentences of an answer that declines."""


def measured(facts: Facts, v: Voice) -> str:
    """Answer to "What did you measure?"."""
    if facts.verdict == "not_assessed":
        return f"Nothing could be measured, because {reason(facts)}. Please try {cure(facts)}."
    return (
        v.of(
            "I measured a forgery score for the face, a map of its place, and the mean of that map in each region.",
            "A detector compared the face with descriptions of real and forged faces and made a score and a map.",
            "I have a score for the whole face and a forgery map with a mean value for each part of the face.",
        )
        + f" The forgery score is {facts.percent} %, which is {support(facts)}."
    )


def heat_map(facts: Facts, v: Voice) -> str:
    """Answer to "What do the colours mean?"."""
    if facts.verdict == "not_assessed":
        return f"There is no map for this picture, because {reason(facts)}. Please try {cure(facts)}."
    return (
        v.of(
            "The map shows how strongly each place of the face supports manipulation.",
            "The coloured map marks where the detector sees signs of manipulation.",
            "The map tells which places of the face carry signs of manipulation.",
        )
        + " A stronger colour means stronger signs. "
        + v.of(
            f"For the face as a whole {statement(facts)}.",
            f"Over the whole face {statement(facts)}.",
            f"Taken together {statement(facts)}.",
        )
    )


def privacy(facts: Facts, v: Voice) -> str:
    """Answer to "What happens to my picture?"."""
    del facts
    return (
        v.of(
            "The picture is examined where this program runs and is not sent to another service.",
            "I examine the picture on the machine that runs this program and send it nowhere else.",
            "Your picture stays on the machine that runs this program.",
        )
        + " How long it is kept there is set by the person who runs it."
    )


def limits(facts: Facts, v: Voice) -> str:
    """Answer to "Can I use it as proof?"."""
    lead = v.of(
        "Please do not rely on this result alone.",
        "This result should not stand alone.",
        "It is a lead and not a final judgement.",
    )
    if facts.verdict == "not_assessed":
        return f"{lead} Here there is no finding at all, because {reason(facts)}."
    return (
        f"{lead} The score of {facts.percent} % is a measurement with errors, and I only see {support(facts)}. "
        + v.of(
            "Ask for the original file, its source and a human expert.",
            "Keep the original file and ask an expert for a second opinion.",
            "For a court or the press, the source and an expert are needed as well.",
        )
    )


def next_step(facts: Facts, v: Voice) -> str:
    """Answer to "What should I do next?"."""
    if facts.verdict == "not_assessed":
        return (
            v.of("Please try", "A good next step is", "It would help to have")
            + f" {cure(facts)}, because {reason(facts)}."
        )
    lead = {
        "fake": v.of(
            "Please do not share it yet.", "I would not pass it on for now.", "Better wait before you share it."
        ),
        "real": v.of(
            "Still check where it comes from.",
            "Please look at its source all the same.",
            "The source still needs a check.",
        ),
        "uncertain": v.of("Look for a better copy.", "A better copy is the next step.", "Try to get a sharper copy."),
    }[facts.verdict]
    return (
        f"{lead} "
        + v.of(
            "Find the original file, ask who published it first, and show it to an expert when much depends on it.",
            "Look for the oldest copy, compare it with other pictures of the event, and ask an expert if it matters.",
            "Search for earlier copies, compare with other pictures, and ask an expert when much depends on it.",
        )
        + f" I found {support(facts)}."
    )


def kind(facts: Facts, v: Voice) -> str:
    """Answer to "Which tool made it? Is it a face swap?"."""
    if facts.verdict == "not_assessed":
        return f"I can't tell, because {reason(facts)} and the picture could not be assessed."
    return (
        v.of(
            "I can't tell which tool or method was used.",
            "The method is not something that I can name.",
            "Which program was used, if any, I can't say.",
        )
        + f" I measure how strongly the face supports manipulation: here {facts.percent} %, which is {support(facts)}."
    )


def origin(facts: Facts, v: Voice) -> str:
    """Answer to "Who made this, when, why?"."""
    del facts
    return (
        v.of(
            "I can't know that from the picture alone.",
            "The picture alone does not tell me that.",
            "That is not something I can measure in the picture.",
        )
        + " "
        + v.of(
            "I only examine the face for signs of manipulation; the source or the publisher may know more.",
            "My work is to look for signs of manipulation in the face. Please ask the source.",
            "I look for signs of manipulation and nothing else. A search for the oldest copy may help.",
        )
    )


def identity(facts: Facts, v: Voice) -> str:
    """Answer to "Who is this person?": declined."""
    del facts
    return (
        v.of(*DECLINE_OPENINGS["identity"])
        + " "
        + v.of(
            "I only examine whether the face was manipulated. Would you like to hear about that?",
            "You can ask me whether the face shows signs of manipulation, and where.",
            "My task is to look for signs of manipulation in the face.",
        )
    )


def describe(facts: Facts, v: Voice) -> str:
    """Answer to "What is in the picture?"."""
    del facts
    return v.of(*DECLINE_OPENINGS["describe"]) + " You can ask me whether and where the face was changed."


def offtopic(facts: Facts, v: Voice) -> str:
    """Answer to anything else: declined, with what can be asked."""
    del facts
    return (
        v.of(*DECLINE_OPENINGS["offtopic"])
        + " "
        + v.of(
            "I examine faces in pictures for signs of manipulation. Ask me whether, where or why.",
            "I only talk about signs of manipulation in this picture. You can ask me where or why.",
            "My task is to look for signs of manipulation in faces. Would you like to know more about this picture?",
        )
    )


def about(facts: Facts, v: Voice) -> str:
    """Answer to "Who are you? What can you do?"."""
    del facts
    return (
        v.of(
            "I am an AI assistant that examines faces for signs of manipulation.",
            "I am a computer program, an AI assistant, that looks for signs of manipulation in faces.",
            "I am an AI assistant for finding signs of manipulation in pictures of faces.",
        )
        + " "
        + v.of(
            "You can ask me whether, where and why, or click on a spot of the face.",
            "Ask me about the score, the place, the reasons, or one part of the face.",
            "I can give a score, show where it comes from and answer about each part of the face.",
        )
    )


def greeting(facts: Facts, v: Voice) -> str:
    """Answer to "Hello"."""
    del facts
    return (
        v.of("Hello!", "Good day!", "Hi!", "Hello and welcome!", "Welcome!")
        + " "
        + v.of(
            "You can ask me whether the face in this picture was manipulated, where and why.",
            "Ask me about the picture: whether there are signs of manipulation, where, and why.",
            "What would you like to know about the face in this picture?",
        )
    )


def thanks(facts: Facts, v: Voice) -> str:
    """Answer to "Thank you" and "Goodbye"."""
    del facts
    return (
        v.of("You're welcome.", "With pleasure.", "Glad to help.", "My pleasure.", "Any time.")
        + " "
        + v.of(
            "Please remember that this is one measurement and check the source too.",
            "If you have another question about the picture, just ask.",
            "Ask me again whenever another picture needs a look.",
        )
    )
