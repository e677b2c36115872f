"""A conversation about one or more examined pictures: whose turn, which face, which spot, and what is kept."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.cache import KeyValueCache
from assistant.click_masks import ClickMasks, look_through
from assistant.mentions import Subject, asks_verdict, face_named, picture_named
from assistant.prompts import PictureTokens, Segment, TextSegment
from assistant.quotes import unquoted
from assistant.records import Answer, RegionQuery, TurnRecord
from assistant.region_query import OffFace, faces_in_picture, locate_face
from assistant.responder import Reply, Request, Responder
from assistant.second_look import look_again, never_meant
from assistant.spans import find_spans
from assistant.spots import Spot, find_spot
from assistant.turn import Turn, in_view, masked_view, openings_for
from media.errors import BadRequest
from media.records import Evidence, Examination, FaceExamination, Measurement, Signals
from retrieval.examples import ExamplePrompt, fill
from simulation.dialogue.moments import times_in
from simulation.dialogue.quotes import SOURCED
from simulation.dialogue.wording import RETELL, RETELL_AGAIN, result_sentence, task_description

if TYPE_CHECKING:
    from assistant.annotations import Annotations
    from assistant.examiner import Examiner
    from assistant.llm import LanguageModel
    from prompt_learner.model import PromptModel


class Conversation:
    """Ask, regenerate, edit, point at spots, add pictures. One per person; not for several threads at once.

    Attributes:
        turns: every turn so far in order; superseded ones stay.
        last: the newest finished answer.
        pictures: the examinations, the first one is picture 1.
        annotations, masks: where examples are searched; what shows a face around clicks again. None = off.
    """

    def __init__(
        self,
        examination: Examination,
        llm: "LanguageModel",
        prompt_model: "PromptModel",
        context_tokens: int | None = None,
        examiner: "Examiner | None" = None,
        annotations: "Annotations | None" = None,
        masks: ClickMasks | None = None,
    ) -> None:
        self.pictures: list[Examination] = [examination]
        self.turns: list[TurnRecord] = []
        self._llm, self._prompt_model, self._examiner = llm, prompt_model, examiner
        self.annotations, self.masks = annotations, masks
        self._responder = Responder(llm)
        self._cache = KeyValueCache()
        self._context = min(context_tokens or llm.max_positions, llm.max_positions)
        self._encoded: dict[str, PictureTokens] = {}
        self._details: list[Turn] = []  # one for each record in `turns`
        self._chosen: dict[int, int] = {}  # picture -> face id
        self._picture = 1
        self._running: Iterator[str] | None = None

    @property
    def last(self) -> Answer:
        """The newest answer, also when it was stopped."""
        if not self.turns:
            raise BadRequest("Nothing has been asked yet.")
        return self.turns[-1].answer

    @property
    def picture(self) -> int:
        """Number of the picture under discussion, from 1."""
        return self._picture

    @property
    def face(self) -> int | None:
        """Id of the face under discussion."""
        return self._subject(self._picture).face

    def add(self, examination: Examination) -> int:
        """Bring in a further picture, which the next questions are about; returns its number. Nothing is lost."""
        self.pictures.append(examination)
        self._picture = len(self.pictures)
        return self._picture

    def select_picture(self, number: int) -> None:
        """Make a picture the one under discussion; its face is the one chosen in it, else its strongest."""
        if not 1 <= number <= len(self.pictures):
            raise BadRequest(f"There is no picture {number}; there are {len(self.pictures)}.")
        self._picture = number

    def select_face(self, face: int) -> None:
        """Make a face of the current picture the one under discussion."""
        self._examined(Subject(self._picture, face))
        self._chosen[self._picture] = face

    def ask(
        self, question: str, region: RegionQuery | None = None, stop: threading.Event | None = None
    ) -> Iterator[str]:
        """Stream the answer to a question.

        Args:
            question: the person's words.
            region: a spot pointed at; a region named in the words is found without it.
            stop: set it to end the answer early.

        Returns:
            Pieces of checked text; afterwards `last` is the Answer.
        """
        picture = self._picture_in(question)
        subject = self._face_in(question, self._subject(picture))
        if region is not None:
            subject = self._under(region, subject)
        self._picture = subject.picture
        if subject.face is not None:
            self._chosen[subject.picture] = subject.face
        return self._start(Turn(question, subject, region), stop)

    def regenerate(self, stop: threading.Event | None = None) -> Iterator[str]:
        """Answer the last question in other words; the old answer stays in the record."""
        live = self._live()
        if not live:
            raise BadRequest("There is no answer to say again.")
        old = self._details[live[-1]]
        self._supersede(live[-1:])
        return self._start(Turn(old.question, old.subject, old.query, old.retelling + 1), stop)

    def edit(self, turn_index: int, question: str, stop: threading.Event | None = None) -> Iterator[str]:
        """Ask something else instead of turns[turn_index]; it and the turns after it stay in the record, superseded."""
        live = self._live()
        if turn_index not in live:
            raise BadRequest("That question is no longer part of the conversation, so it cannot be edited.")
        old = self._details[turn_index]
        named = self._picture_in(question, old.subject.picture)
        subject = old.subject if named == old.subject.picture else self._subject(named)
        subject = self._face_in(question, subject)
        turn = Turn(question, subject, old.query)
        self._llm.prompts.first_turn(None, "", "", question)  # an unusable question must not cost the old turns
        self._supersede([index for index in live if index >= turn_index])
        self._picture = subject.picture
        return self._start(turn, stop)

    # --- one turn ---------------------------------------------------------------------------------------------------

    def _start(self, turn: Turn, stop: threading.Event | None) -> Iterator[str]:
        if self._running is not None:
            try:
                self._running.close()  # type: ignore[attr-defined]
            except ValueError as error:
                raise BadRequest("The last answer is still being given; stop it first.") from error
        face = self._examined(turn.subject)
        evidence = self._evidence(turn.subject)
        turn.never = never_meant(turn.question, self.pictures[turn.subject.picture - 1].media.kind)
        spot = self._spot(turn, face)
        intent = None if spot.text else self._llm.asked(turn.question, turn.never)
        examples = self._examples(turn, evidence)
        kept = self._kept(turn.question)
        turn.introduces = not in_view(turn.subject, kept)
        turn.masked = look_through(self.masks, turn, spot, face, self._llm.asked)
        request = Request(
            history=[segment for t in kept for segment in (*t.prompt, *([t.reply] if t.reply else []))],
            prompt=lambda extra: self._prompt(turn, evidence, spot, examples.text, extra, first=not kept),
            evidence=evidence,
            measurements=self._known_measurements(turn.subject, spot),
            asked=spot.measurements,
            times=times_in(spot.text),
            examples=examples,
            refusable=evidence.score is None or not asks_verdict(turn.question),
            openings=openings_for(spot, turn.retelling, intent, evidence),
        )
        request.prompt("")  # an unusable question is refused here
        self._running = self._run(turn, request, stop)
        return self._running

    def _run(self, turn: Turn, request: Request, stop: threading.Event | None) -> Iterator[str]:
        reply, yes_no = Reply(), None
        try:
            if asks_verdict(turn.question) and request.evidence.score is not None:
                yes_no = self._yes_no([*request.history, *request.prompt("")], stop)
            yield from self._responder.stream(request, self._cache, reply, stop)
        finally:
            turn.prompt, turn.reply = reply.prompt or request.prompt(""), TextSegment(tuple(reply.ids))
            answer = self._answer(turn, request, reply, yes_no)
            self.turns.append(TurnRecord(turn.question, answer, picture=turn.subject.picture))
            self._details.append(turn)
            self._running = None

    def _yes_no(self, sequence: list[Segment], stop: threading.Event | None) -> float | None:
        try:
            return self._llm.yes_no_score(sequence, self._cache, stop)
        except (BadRequest, RuntimeError):
            return None  # the answer itself meets the same trouble and reports it

    def _answer(self, turn: Turn, request: Request, reply: Reply, yes_no: float | None) -> Answer:
        face = self._examined(turn.subject)
        spans = find_spans(unquoted(reply.text), face.face.time if face is not None else None)
        return Answer(
            question=turn.question,
            text=reply.text,
            verdict=request.evidence.verdict,
            regions=tuple(dict.fromkeys(s.region for s in spans if s.region)),
            spans=spans,
            agrees_with_evidence=reply.agrees,
            note=reply.note,
            stopped=reply.stopped or not reply.done,
            yes_no=yes_no,
            examples=tuple(request.examples.sources()),
            face=turn.subject.face,
            picture=turn.subject.picture,
            masked=turn.masked.said if turn.masked is not None else "",
        )

    def _examples(self, turn: Turn, evidence: Evidence) -> ExamplePrompt:
        """Annotations for a question about the finding; human ones in the words of the default template."""
        if self.annotations is None or turn.query is not None or self._llm.asked(turn.question) not in SOURCED:
            return fill(())
        return self.annotations.prompt(evidence)

    # --- the prompt -------------------------------------------------------------------------------------------------

    def _prompt(
        self, turn: Turn, evidence: Evidence, spot: Spot, examples: str, extra: str, first: bool
    ) -> list[Segment]:
        """Segments of an asking turn: soft tokens of a new subject or spot, its evidence, the question."""
        retelling = ("", RETELL, RETELL_AGAIN)[min(turn.retelling, 2)]
        asked = "" if spot.text else self._llm.hint(turn.question, turn.never)  # a spot says itself what is meant
        said = " ".join(part for part in (examples, spot.text, extra, retelling, asked) if part)
        prompts = self._llm.prompts
        if first:
            return prompts.first_turn(
                self._tokens(turn.subject), task_description(), result_sentence(evidence), turn.question, said,
                evidence.score,
            )  # fmt: skip
        if turn.introduces:
            tokens, result = self._tokens(turn.subject), result_sentence(evidence)
            return prompts.later_turn(turn.question, said, tokens, result, evidence.score)
        return prompts.later_turn(turn.question, said, self._masked_tokens(turn, spot))

    def _kept(self, question: str) -> list[Turn]:
        """The live turns that the model reads again: all, or the first and the latest ones when it gets too long.

        Several are dropped at once, so that the cached prefix holds for some turns again.
        """
        turns = [self._details[index] for index in self._live()]
        reserve = self._responder.max_new_tokens + 80 + len(self._llm.tokenize(question))
        room = self._context - reserve
        kept = [t for t in turns if not t.dropped]
        if sum(len(t) for t in kept) > room:
            while len(kept) > 2 and sum(len(t) for t in kept) > 0.6 * room:
                kept.pop(1).dropped = True
        return kept

    def _tokens(self, subject: Subject) -> PictureTokens:
        """Soft tokens of a face; the learned blank ones when it could not be assessed."""
        face = self._examined(subject)
        media = self.pictures[subject.picture - 1].media
        if face is None or face.signals is None:
            import torch

            with torch.inference_mode():
                visual, forgery = self._prompt_model.blank()
            return PictureTokens(visual[0], forgery[0], "blank")
        time = "" if face.face.time is None else f"@{face.face.time:.3f}"
        return self._encode(face.signals, f"{media.sha256}{time}#{face.face.id}")

    def _masked_tokens(self, turn: Turn, spot: Spot) -> PictureTokens | None:
        seen = masked_view(turn, spot)
        return None if seen is None else self._encode(*seen)

    def _encode(self, signals: Signals, key: str) -> PictureTokens:
        import torch

        if key not in self._encoded:
            with torch.inference_mode():
                visual, forgery = self._prompt_model.encode([signals])
            self._encoded[key] = PictureTokens(visual[0], forgery[0], key)
        return self._encoded[key]

    # --- spots ------------------------------------------------------------------------------------------------------

    def _spot(self, turn: Turn, face: FaceExamination | None) -> Spot:
        """Measure what the turn points at, names or asks to look at; a new measurement joins the examination."""
        examination = self.pictures[turn.subject.picture - 1]
        looked = look_again(turn.question, turn.query, self._llm.asked, face, examination, self._examiner)
        spot = looked or find_spot(turn.question, turn.query, face)
        kept = examination.measurements
        kept.extend(m for m in spot.measurements if m not in kept)
        return spot

    def _known_measurements(self, subject: Subject, spot: Spot) -> tuple[Measurement, ...]:
        """Those of this turn first, then all others made on this face."""
        kept = self.pictures[subject.picture - 1].measurements
        return spot.measurements + tuple(m for m in kept if m.face == subject.face and m not in spot.measurements)

    def _under(self, region: RegionQuery, subject: Subject) -> Subject:
        """The subject with the face that lies under a spot; unchanged where there is none."""
        try:
            face = locate_face(region, faces_in_picture(self.pictures[subject.picture - 1]), subject.face)
        except OffFace:
            return subject
        return replace(subject, face=face.face.id)

    # --- who and what -----------------------------------------------------------------------------------------------

    def _live(self) -> list[int]:
        return [index for index, turn in enumerate(self.turns) if not turn.superseded]

    def _supersede(self, indices: list[int]) -> None:
        for index in indices:
            self.turns[index] = replace(self.turns[index], superseded=True)

    def _subject(self, picture: int) -> Subject:
        worst = self.pictures[picture - 1].worst
        return Subject(picture, self._chosen.get(picture, worst.face.id if worst is not None else None))

    def _examined(self, subject: Subject) -> FaceExamination | None:
        """The face of a subject; None when the picture has no face."""
        if subject.face is None:
            return None
        faces = self.pictures[subject.picture - 1].faces
        for face in faces:
            if face.face.id == subject.face:
                return face
        there = ", ".join(str(face.face.id) for face in faces) or "none"
        raise BadRequest(f"There is no face {subject.face} in picture {subject.picture}; the faces there: {there}.")

    def _evidence(self, subject: Subject) -> Evidence:
        face = self._examined(subject)
        if face is not None:
            return face.evidence
        reason = self.pictures[subject.picture - 1].reason or "no_face"
        return Evidence(status="not_assessed", word="could not be assessed", reason=reason)

    def _picture_in(self, question: str, default: int | None = None) -> int:
        """The picture that the words name, where there is more than one; else the current one."""
        return picture_named(question, len(self.pictures)) or default or self._picture

    def _face_in(self, question: str, subject: Subject) -> Subject:
        """The subject with the face that "#2" or "face 2" in the words names."""
        number = face_named(question)
        if number is None or subject.face is None:
            return subject
        chosen = replace(subject, face=number)
        self._examined(chosen)
        return chosen
