"""Builds the frame of a request that stands by itself: book, find, list, move, cancel, help."""

from dataclasses import replace
from datetime import timedelta

from intents.absences import without_absence
from intents.around.reading import around
from intents.cancellations import cancellation
from intents.destinations import day_meant
from intents.frames import BookMeeting, FindSlots, Frame, Help, RescheduleMeeting, Target, When, Wish
from intents.hearing import Hearing
from intents.listings import listing
from intents.moves import move
from intents.one_order import changes_meeting_at, hangs_on_others, in_two, is_instead_of, keeps_some
from intents.sentence import Sentence, read_at
from intents.spans import is_over
from intents.times.dayparts import part
from intents.times.values import Day, Reading
from intents.times.wall_clock import fixed, zone_of
from intents.titles import title_of
from intents.tokens import renumbered

_ON_MEETINGS = frozenset({"cancel", "reschedule", "decline", "accept"})
_A_MINUTE = timedelta(minutes=1)  # "now" is rounded down to it
_LONGEST_SAID_AS_RANGE = 180  # minutes; "2-4pm" is the meeting itself, "10-6" is when it may be


def request(label: str, sentence: Sentence, hearing: Hearing) -> Frame | None:
    """The frame of this label. None where the sentence asks for nothing after all."""
    if label in _ON_MEETINGS:
        return _one_order(label, sentence, hearing)
    return _requested(label, sentence, hearing)


def _one_order(label: str, sentence: Sentence, hearing: Hearing) -> Frame | None:
    """What is to happen with meetings that stand. None where some of them are to stay, or others decide."""
    if hangs_on_others(sentence) or keeps_some(sentence):
        return None
    if label == "cancel" and changes_meeting_at(sentence, sentence.words.words["out_of"]):
        return None  # "remove the zoom link from the 3pm"
    meant, besides = in_two(sentence, label)
    frame = _requested(label, meant, hearing)
    target = getattr(frame, "target", None) or Target()
    rest = read_at(renumbered(besides), sentence.words) if besides else None
    if rest is None or not is_instead_of(rest, label):
        return frame
    to = hearing.when(rest, rest.reading, before=day_meant(rest, target.when, hearing))
    return RescheduleMeeting(target=target, to=to)


def _requested(label: str, sentence: Sentence, hearing: Hearing) -> Frame | None:
    match label:
        case "book" | "find_slots":
            return _wish(label, sentence, hearing)
        case "list":
            return listing(sentence, hearing)
        case "reschedule":
            return move(sentence, hearing)
        case "cancel":
            return cancellation(sentence, hearing)
        case "help":
            return Help()
    return around(label, sentence, hearing)


def _wish(label: str, sentence: Sentence, hearing: Hearing) -> Frame | None:
    sentence = without_absence(sentence)
    said = Wish(
        who=sentence.who,
        without_who=sentence.without_who,
        when=hearing.when(sentence, at_meal(sentence)),
        recurrence=hearing.recurrence(sentence, is_new=label == "book"),
        minutes=length_said(sentence),
        place=sentence.place.text if sentence.place else None,
    )
    if label == "book":
        return _booking(said, sentence, hearing)
    title = title_of(sentence, sentence.places((label,)), is_new=True)
    return FindSlots(**{**dict(said), "title": title})


def _booking(said: Wish, sentence: Sentence, hearing: Hearing) -> BookMeeting | None:
    if sentence.left_out and changes_meeting_at(sentence, sentence.words.words["part_in"]):
        return None  # "replace <@U2> with <@U3> in the 3pm"
    described = "book" in sentence.weights or (said.who and (said.minutes or sentence.evidence.meeting))
    if not described and _is_past(sentence, said.when, hearing):
        return None
    has_day = all(isinstance(one.days, Day) for one in sentence.reading.stretches)
    minutes = said.minutes or (range_minutes(sentence) if has_day else None)
    title = title_of(sentence, is_new=True)
    return BookMeeting(**{**dict(said), "minutes": minutes, "title": title})


def at_meal(sentence: Sentence) -> Reading:
    """A day on which a meal is taken is meant at the time of the meal: "lunch with <@U2> on monday"."""
    reading = sentence.reading
    meal = next((one.senses["meal"] for one in sentence.timed if "meal" in one.senses), None)
    if meal is None or any(one.times or not isinstance(one.days, Day) for one in reading.stretches):
        return reading
    times = part(meal, sentence.words)
    return replace(reading, stretches=tuple(replace(one, times=times) for one in reading.stretches))


def _is_past(sentence: Sentence, when: When | None, hearing: Hearing) -> bool:
    """Whether nothing but the past is spoken of ("coffee yesterday", "30 minutes ago").

    "Today at 8" said at 9 is a wish that came too late.
    """
    counts_back = any(one.moment is not None for one in sentence.reading.stretches)
    today = fixed(hearing.now, zone_of(hearing.tz)).replace(hour=0, minute=0, second=0, microsecond=0)
    over = hearing.now - _A_MINUTE if counts_back else min(today, hearing.now - _A_MINUTE)
    return is_over(when, over)


def length_said(sentence: Sentence) -> int | None:
    """The length of the meeting: said alone, or with its start ("from 2pm for 2 hours")."""
    lasting = (one.length.minutes for one in sentence.reading.stretches if one.length is not None)
    return sentence.minutes or next(lasting, None) or _whole_part(sentence)


def _whole_part(sentence: Sentence) -> int | None:
    """ "for the whole afternoon" lasts as long as that."""
    times = [one.times for one in sentence.reading.stretches if one.times is not None]
    whole = not sentence.words.words["whole"].isdisjoint(sentence.norms)
    if not whole or len(times) != 1 or times[0].part is None:
        return None
    return (times[0].end or 0) - (times[0].start or 0) or None


def range_minutes(sentence: Sentence) -> int | None:
    """ "1pm to 2:30pm" says when the meeting is, and so how long."""
    stretches = sentence.reading.stretches
    times = stretches[0].times if len(stretches) == 1 else None
    if times is None or times.part is not None or times.start is None or times.end is None:
        return None
    if "time:range" not in sentence.because or "time:open_end" in sentence.because:
        return None
    minutes = times.end - times.start
    return minutes if 0 < minutes <= _LONGEST_SAID_AS_RANGE else None
