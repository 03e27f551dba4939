"""Tells the old time of a meeting from the new one, and the day on which a bare new time is meant."""

from datetime import timedelta

from intents.frames import When, Window
from intents.hearing import Hearing
from intents.sentence import AT, Sentence, read_at
from intents.times.wall_clock import at, zone_of
from intents.tokens import Token, renumbered

_DAY = 1440
_ONE_DAY = timedelta(days=1)


def old_time_first(sentence: Sentence) -> Sentence:
    """ "Start at 3:30 instead of 3" said the other way round: the old time stands with the meeting."""
    tokens, words = sentence.tokens, sentence.words
    place, size = next(words.words.spots("instead_of", tokens), (len(tokens), 0))
    old = read_at(renumbered(tokens[place + size :]), words) if size else None
    begins = _new_time(sentence, place)
    if old is None or not old.reading.stretches or begins is None:
        return sentence
    led = [AT, *tokens[place + size :]]
    new = [*_toward(tokens[begins], sentence), *tokens[begins:place]]
    return sentence.part([*tokens[:begins], *led, *new])


def _toward(token: Token, sentence: Sentence) -> list[Token]:
    """A word that leads to the new time, where only "at" does."""
    words = sentence.words.words
    leads = words.union("toward", "destination")
    word = min(words["toward"], default=None)
    return [] if token.norm in leads or word is None else [Token("word", word, word, first=-1, last=-1)]


def _new_time(sentence: Sentence, end: int) -> int | None:
    """Where the word stands that leads to the new time. None where none does."""
    words, places = sentence.words.words, range(end - 1, sentence.head, -1)
    for name in ("toward", "destination", "placing"):  # "to friday", "on friday", "at 3"
        found = next((place for place in places if sentence.tokens[place].norm in words[name]), None)
        if found is not None:
            return found
    return None


def day_meant(there: Sentence, meeting: When | None, hearing: Hearing) -> When | None:
    """The day in which a bare new time is looked for: the meeting's, that of the talk, or the next one."""
    if meeting is not None and any(one.is_point or _is_day(one) for one in meeting.windows):
        return meeting
    if meeting is None and hearing.context.booked and hearing.context.when is not None:
        return hearing.context.when
    return _tomorrow(hearing) if _is_over_today(there, hearing) else None


def shares_day(meant: Sentence, there: Sentence, hearing: Hearing, *, is_from: bool) -> bool:
    """Whether the day of the new time is that of the old one: "from 9:30 to 10 tomorrow".

    "My 3pm to 10 tomorrow" is today's; where today's is over, that of the other day.
    """
    new = there.reading.stretches
    is_dated = len(new) == 1 and new[0].days is not None and new[0].times is not None
    is_theirs = is_from or _is_over_today(meant, hearing)
    return is_dated and is_theirs and is_bare_point(meant) and not _begins_with_day(there)


def _begins_with_day(there: Sentence) -> bool:
    """Whether the day stands before the hour: "friday 11am", "the 17th at 11"."""
    begun = (there.part(there.tokens[1:end]).reading for end in (2, 3))
    return any(one.stretches and one.stretches[0].times is None for one in begun)


def is_bare_point(sentence: Sentence) -> bool:
    """Whether an hour is all that is said of time."""
    found = sentence.reading.stretches
    return len(found) == 1 and found[0].days is None and bool(found[0].times and found[0].times.is_point)


def _is_day(window: Window) -> bool:
    return window.end is not None and window.end - window.start <= _ONE_DAY


def _is_over_today(there: Sentence, hearing: Hearing) -> bool:
    """Whether it is an hour of office time that has passed: "to 9:30" after lunch is tomorrow's."""
    stretches = there.reading.stretches
    times = stretches[0].times if len(stretches) == 1 and stretches[0].days is None else None
    if times is None or not times.is_point or times.sure or times.start is None:
        return False
    zone = zone_of(there.reading.zone or hearing.tz)
    return at(hearing.now.astimezone(zone).date(), times.start, zone) < hearing.now


def _tomorrow(hearing: Hearing) -> When:
    zone = zone_of(hearing.tz)
    day = hearing.now.astimezone(zone).date() + _ONE_DAY
    return When(zone=hearing.tz, windows=(Window(start=at(day, 0, zone), end=at(day, _DAY, zone)),))
