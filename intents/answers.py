"""Reads what is said while a question of the bot stands open: a choice, a change, more, yes, no, stop."""

from typing import Literal

from intents.around.asides import aside, place_for
from intents.around.courtesy import courtesy
from intents.bare_numbers import LENGTHS, only_number, past_objection
from intents.cancellations import cancellation
from intents.changes import another_day, changed_number, refinement, shifted
from intents.choices import declined, pick
from intents.counters import counter_of, says_own
from intents.cues import Cue
from intents.frames import CancelMeeting, Frame, More, No, Pick, Question, Refine, Stop, Target, Yes
from intents.hearing import Hearing
from intents.labels import asks_agenda, is_negated, label_of, small_talk
from intents.length_changes import resized
from intents.moves import move
from intents.one_order import has_reserve
from intents.people import names_at
from intents.preferring import preferred
from intents.ranks import from_end
from intents.requests import length_said, request
from intents.ruled_days import past_absence
from intents.sentence import Sentence
from intents.titles import title_of

_NAMED: frozenset[Question] = frozenset({"event_type", "booking", "target"})
_DIRECTIONS: tuple[tuple[str, Literal["any", "later", "earlier"]], ...] = (
    ("later", "later"),
    ("earlier", "earlier"),
    ("more", "any"),
)
_OFFERED = 3  # at most; up to there a number is a choice
_NAME_WORDS = 6
_SURE = 5  # of a verb of moving
_SHOWN: frozenset[Question] = frozenset({"offer", "event_type", "booking", "target"})


def answer(sentence: Sentence, hearing: Hearing) -> tuple[Frame, str] | None:
    """What this says to the open question, and what it was read as. None where it says nothing to it."""
    question = hearing.context.question
    if question in ("confirm", "offer"):
        sentence = preferred(past_objection(sentence, hearing), above=_OFFERED if question == "offer" else 0)
    sentence = past_absence(sentence) if question in ("offer", "confirm", "when") else sentence
    if question == "confirm" and _says_plain_yes(sentence):
        return Yes(), "yes"
    if question == "confirm" and hearing.context.cancels and "cancel" in sentence.weights:
        wish = cancellation(sentence, hearing)
        if wish.reason and not sentence.has_time and not is_negated(sentence):
            return CancelMeeting(target=Target(which="this"), reason=wish.reason), "cancel"
        if _says_cancel(sentence):
            return Yes(), "yes"
    if question == "confirm" and hearing.context.cancels and _moves_it(sentence):
        return request("reschedule", sentence, hearing) or Stop(), "reschedule"
    if question == "booking" and not hearing.context.cancels and _cancels_one(sentence):
        return cancellation(sentence, hearing), "cancel"
    if _is_stop(sentence):
        return Stop(), "stop"
    found = aside(sentence, hearing)
    if found is not None:
        return found, found.kind
    new = new_request(sentence, hearing)
    if new is not None:
        return new
    if question == "reason":
        return (No(), "no") if _is_no(sentence) and sentence.size <= 3 else None
    told = _of_times(sentence, hearing) if question in ("offer", "confirm", "when") else None
    if told is not None:
        return told, told.kind
    chosen = pick(sentence, hearing) if question in _SHOWN or question == "confirm" else None
    if chosen is not None:
        return chosen, "pick"
    more = _more(sentence, question) if resized(sentence) is None else None
    if more is not None and question in ("offer", "confirm"):
        return more, "more"
    if question == "who" and not sentence.named and not _says_moving(sentence):
        named = names_at(sentence.timed, _first_word(sentence), sentence.words)
        if named:
            return Refine(who=tuple(one.mention for one in named)), "refine"
    change = refinement(sentence, hearing)
    if change is not None:
        return change, "refine"
    said = _yes_or_no(sentence)
    if said is None and question in _NAMED and sentence.size <= _NAME_WORDS:
        title = title_of(sentence)
        return (Pick(text=title), "pick") if title else None
    if said is None and small_talk(sentence) == "greeting":
        return courtesy(sentence), "greeting"
    return said


def _placed(sentence: Sentence, hearing: Hearing) -> Refine | None:
    """ "Move it to zoom", while it is only looked for."""
    place = place_for(sentence, hearing)
    return Refine(place=place) if place is not None else None


def changed(sentence: Sentence, hearing: Hearing) -> Refine | More | None:
    """The change to what is asked for, of whatever kind."""
    return _of_times(sentence, hearing) or refinement(sentence, hearing)


def _of_times(sentence: Sentence, hearing: Hearing) -> Refine | More | None:
    """What is said against what is looked for: "an hour later", "the next day", "make it 45", "room 4"."""
    placed = _placed(sentence, hearing)
    return (
        placed
        or shifted(sentence, hearing)
        or another_day(sentence, hearing)
        or changed_number(sentence, hearing)
    )


def _says_plain_yes(sentence: Sentence) -> bool:
    """ "yes, cancel it" agrees to cancel."""
    said = sentence.tokens[0].norm
    return said in sentence.words.words["plain_yes"] and not sentence.has_time and "stop" in sentence.weights


def _cancels_one(sentence: Sentence) -> bool:
    """ "The one with <@U2>, cancel it", to the question which meeting to move."""
    cue = sentence.cue("cancel")
    named = sentence.people or sentence.has_time
    return cue is not None and cue.weight >= _SURE and bool(named) and not is_negated(sentence)


def _moves_it(sentence: Sentence) -> bool:
    """ "move it to 4", to the question whether to cancel."""
    cue = sentence.cue("reschedule")
    return cue is not None and cue.weight >= _SURE and _is_this(sentence) and not is_negated(sentence)


def _says_cancel(sentence: Sentence) -> bool:
    """ "cancel it", to the question whether to cancel; "don't cancel it" is no agreement, nor is "cancel that
    request"."""
    asks = sentence.tokens[sentence.head].norm in sentence.words.words["question"]  # "why would you …"
    is_other = asks or sentence.has_time or sentence.evidence.people or is_negated(sentence)
    cue = sentence.cue("cancel")
    if cue is None or is_other:
        return False
    is_all = sentence.size == cue.place + cue.size
    return is_all or sentence.evidence.pronoun or sentence.evidence.meeting


def _says_moving(sentence: Sentence) -> bool:
    """ "push it back" is about the time, whoever is asked for."""
    cue = sentence.cue("reschedule")
    return cue is not None and cue.weight >= _SURE and sentence.evidence.pronoun


def _first_word(sentence: Sentence) -> int:
    """The place, among the tokens with values, of the first word that is no filler."""
    filler = sentence.words.words.union("filler", "with")
    places = (place for place, token in enumerate(sentence.timed) if token.norm not in filler)
    return next(places, 0)


def new_request(sentence: Sentence, hearing: Hearing) -> tuple[Frame, str] | None:
    """A full request of its own inside an open question."""
    label = label_of(sentence)
    if label == "reschedule" and counter_of(sentence) is not None and says_own(sentence):
        return move(sentence, hearing), label  # "my 2pm is a problem, how about 4"
    is_whole = label == "book" and hearing.context.question in ("offer", "confirm") and _is_whole(sentence)
    if label is None or not (is_whole or _is_full(label, sentence)):
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
            return leads and sentence.size <= 8
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
            tells = (
                cue is not None and sentence.tokens[cue.place].norm in sentence.words.words["reason_subject"]
            )
            return leads and not tells and (evidence.people or sentence.weight("find_slots") >= 5.5)
        case "list":
            asks = asks_agenda(sentence) or (sentence.has_time and "agenda" in sentence.weights)
            return asks or (leads and subject and sentence.weight("list") >= 5)
        case "cancel" | "reschedule":
            is_added = (
                cue is not None and sentence.tokens[cue.place].norm in sentence.words.words["adding_people"]
            )
            return (
                leads
                and (subject or sentence.has_time)
                and not (_is_this(sentence, cue) or _rules_out(sentence))
                and not is_added
                and not sentence.left_out
            )
    return False


def _is_whole(sentence: Sentence) -> bool:
    """ "30 min with <@U3> on friday" leaves nothing of what was asked for before; "add <@U3> …" does."""
    reading, words = sentence.reading, sentence.words.words
    changes = words.union("adding", "adding_people")
    if not changes.isdisjoint(sentence.norms):
        return False
    return bool(sentence.people and length_said(sentence) and (reading.stretches or reading.asap))


def _ordinal(sentence: Sentence) -> bool:
    return any("ordinal" in token.senses for token in sentence.timed)


def _rules_out(sentence: Sentence) -> bool:
    """ "skip friday" is said of the times that are shown."""
    reading = sentence.reading
    named = sentence.evidence.meeting or sentence.evidence.calendar or sentence.people
    return bool(reading.without and not reading.stretches and not named)


def _is_this(sentence: Sentence, cue: Cue | None = None) -> bool:
    """ "cancel it", "make it 45 with <@U3>": it speaks of what is open."""
    said = sentence.tokens[cue.place : cue.place + cue.size + 1] if cue else []
    names_it = any(token.norm in sentence.words.words["this_meeting"] for token in said)
    return sentence.evidence.pronoun and (names_it or not sentence.evidence.people)


def _is_stop(sentence: Sentence) -> bool:
    cue = sentence.cue("stop")
    if only_number(sentence) in LENGTHS or from_end(sentence):  # "30 is enough", "third from the end"
        return False
    if cue is None or sentence.has_time or sentence.named or sentence.reading.lengths:
        return False
    if sentence.evidence.meeting and cue.size == 1:
        return False
    return cue.place <= sentence.head + 2 or sentence.size <= 8


def _more(sentence: Sentence, question: Question | None) -> More | None:
    if sentence.has_time or sentence.reading.lengths or sentence.named:
        return None
    if question == "offer" and ("none_fits" in sentence.weights or declined(sentence)):
        return More()
    for label, direction in _DIRECTIONS:
        cue = sentence.cue(label)
        if cue is not None and sentence.size <= 10:
            return More(direction=direction)
    return None


def _is_no(sentence: Sentence) -> bool:
    return "no" in sentence.weights


def _counts(sentence: Sentence) -> bool:
    """ "10 or 11 is fine" names what it agrees to, and that was not understood."""
    numbers = [one.value for one in sentence.timed if one.kind == "number" and one.value is not None]
    return len([one for one in numbers if not one.spelled]) > 1


def _yes_or_no(sentence: Sentence) -> tuple[Frame, str] | None:
    if "decline" in sentence.weights:
        return No(), "decline"
    yes, no = sentence.cue("yes"), sentence.cue("no")
    if yes is not None and is_negated(sentence):
        return No(), "no"
    if yes is not None and has_reserve(sentence, yes):
        return None
    if no is not None and (yes is None or no.place < yes.place or (yes.place > 0 and no.size >= yes.size)):
        return No(), "no"
    if yes is not None and not _counts(sentence) and (yes.place <= sentence.head + 3 or sentence.size <= 8):
        return Yes(), "yes"
    return None
