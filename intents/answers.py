"""Reads what is said while a question of the bot stands open: a choice, a change, more, yes, no, stop."""

from datetime import timedelta

from intents.choices import pick
from intents.frames import Frame, More, No, Pick, Question, Refine, Stop, When, Window, Yes
from intents.hearing import Hearing
from intents.labels import is_negated, label_of
from intents.people import Named, names_at
from intents.requests import length_said, request
from intents.sentence import Sentence
from intents.times.wall_clock import fixed, zone_of
from intents.titles import title_of

_NAMED: frozenset[Question] = frozenset({"event_type", "booking", "target"})
_NAME_WORDS = 6
_SHOWN: frozenset[Question] = frozenset({"offer", "event_type", "booking", "target"})


def answer(sentence: Sentence, hearing: Hearing) -> tuple[Frame, str] | None:
    """What this says to the open question, and what it was read as. None where it says nothing to it."""
    question = hearing.context.question
    if _is_stop(sentence):
        return Stop(), "stop"
    new = new_request(sentence, hearing)
    if new is not None:
        return new
    if question == "reason":
        return (No(), "no") if _is_no(sentence) and _size(sentence) <= 3 else None
    chosen = pick(sentence, hearing) if question in _SHOWN or question == "confirm" else None
    if chosen is not None:
        return chosen, "pick"
    more = _more(sentence)
    if more is not None and question in ("offer", "confirm"):
        return more, "more"
    if question == "who" and not sentence.people:
        named = names_at(sentence.timed, _first_word(sentence), sentence.words)
        if named:
            return Refine(who=tuple(one.mention for one in named)), "refine"
    changed = refinement(sentence, hearing)
    if changed is not None:
        return changed, "refine"
    said = _yes_or_no(sentence)
    if said is None and question in _NAMED and _size(sentence) <= _NAME_WORDS:
        title = title_of(sentence)
        return (Pick(text=title), "pick") if title else None
    return said


def _first_word(sentence: Sentence) -> int:
    """The place, among the tokens with values, of the first word that is no filler."""
    filler = sentence.words.words["filler"] | sentence.words.words["with"]
    places = (place for place, token in enumerate(sentence.timed) if token.norm not in filler)
    return next(places, 0)


def new_request(sentence: Sentence, hearing: Hearing) -> tuple[Frame, str] | None:
    """A full request of its own inside an open question."""
    label = label_of(sentence)
    if label is None or not _is_full(label, sentence):
        return None
    frame = request(label, sentence, hearing)
    return (frame, label) if frame is not None else None


def _is_full(label: str, sentence: Sentence) -> bool:
    """Whether it could be said without what went before. A fragment or "it" needs that."""
    evidence = sentence.evidence
    cue = sentence.cue(label)
    leads = cue is not None and cue.place <= sentence.head < cue.place + cue.size
    subject = evidence.meeting or evidence.calendar or evidence.people
    match label:
        case "help":
            return leads and _size(sentence) <= 8
        case "book":
            says_who = evidence.people or evidence.meeting
            is_new = (
                leads
                and cue is not None
                and sentence.tokens[cue.place].norm not in sentence.words.words["adding"]
            )
            return (
                is_new
                and says_who
                and (sentence.has_time or evidence.length or evidence.meeting)
                and not _ordinal(sentence)
            )
        case "find_slots":
            return leads and (evidence.people or sentence.weight("find_slots") >= 5.5)
        case "list":
            return leads and subject and sentence.weight("list") >= 5
        case "cancel" | "reschedule":
            return leads and (subject or sentence.has_time) and not _is_this(sentence)
    return False


def _ordinal(sentence: Sentence) -> bool:
    return any("ordinal" in token.senses for token in sentence.timed)


def _is_this(sentence: Sentence) -> bool:
    return sentence.evidence.pronoun and not sentence.evidence.people


def _size(sentence: Sentence) -> int:
    return sum(token.kind in ("word", "number") for token in sentence.tokens)


def _is_stop(sentence: Sentence) -> bool:
    cue = sentence.cue("stop")
    if cue is None or sentence.has_time or sentence.evidence.people or sentence.reading.lengths:
        return False
    if sentence.evidence.meeting and cue.size == 1:
        return False
    return cue.place <= sentence.head + 2 or _size(sentence) <= 8


def _more(sentence: Sentence) -> More | None:
    if sentence.has_time or sentence.reading.lengths or sentence.evidence.people:
        return None
    for label, direction in (("later", "later"), ("earlier", "earlier"), ("more", "any")):
        cue = sentence.cue(label)
        if cue is not None and _size(sentence) <= 10:
            return More(direction=direction)  # type: ignore[arg-type]
    return None


def refinement(sentence: Sentence, hearing: Hearing) -> Refine | None:
    """A change to what is asked for: times, length, people, title."""
    before = hearing.context.when
    minutes = length_said(sentence)
    when = _shifted(sentence, before) if minutes else None
    if when is not None:
        return Refine(when=when)
    when = hearing.when(sentence, sentence.reading, before=before)
    who = tuple(one.mention for one in (sentence.people or _added(sentence)))
    title = title_of(sentence) if _names_title(sentence) else None
    if when is None and minutes is None and not who and title is None:
        return None
    return Refine(when=when, minutes=minutes, who=who, title=title)


def _added(sentence: Sentence) -> tuple[Named, ...]:
    """ "add Kim", "invite jane to the meeting": names after a verb of adding."""
    verbs = sentence.words.words["adding_people"]
    for place, token in enumerate(sentence.timed):
        if token.norm in verbs and place <= sentence.head + 2:
            return names_at(sentence.timed, place + 1, sentence.words)
    return ()


def _names_title(sentence: Sentence) -> bool:
    norms = {token.norm for token in sentence.tokens}
    return bool(norms & sentence.words.words["title_lead"]) or any(
        one.kind == "quote" for one in sentence.tokens
    )


def _shifted(sentence: Sentence, before: When | None) -> When | None:
    """ "15 minutes earlier" than the one time that is being talked about."""
    if before is None or len(before.windows) != 1 or sentence.minutes is None or sentence.reading.stretches:
        return None
    norms = {token.norm for token in sentence.tokens}
    sign = -1 if norms & sentence.words.words["forward"] else 1 if norms & sentence.words.words["back"] else 0
    if not sign or not before.windows[0].is_point:
        return None
    zone = zone_of(before.zone)
    start = fixed(before.windows[0].start + sign * timedelta(minutes=sentence.minutes), zone)
    return before.model_copy(update={"windows": (Window(start=start, is_point=True),)})


def _is_no(sentence: Sentence) -> bool:
    return "no" in sentence.weights


def _yes_or_no(sentence: Sentence) -> tuple[Frame, str] | None:
    if "decline" in sentence.weights:
        return No(), "decline"
    yes, no = sentence.cue("yes"), sentence.cue("no")
    if yes is not None and is_negated(sentence):
        return No(), "no"
    if no is not None and (yes is None or no.place < yes.place or (yes.place > 0 and no.size >= yes.size)):
        return No(), "no"
    if yes is not None and (yes.place <= sentence.head + 3 or _size(sentence) <= 8):
        return Yes(), "yes"
    return None
