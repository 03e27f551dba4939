"""Reads how somebody likes to meet: "no calls before ten", "i prefer afternoons", "my hours are 9 to 5"."""

from intents.around.asking_time import zones_said
from intents.around.habits import Kind, habits_of, has_dates
from intents.around.phrases import Phrased, Said
from intents.frames import SetPreferences
from intents.hearing import Hearing
from intents.sentence import Sentence, read_at

_KINDS: tuple[Kind, ...] = ("never", "rather", "works")
_TELLING, _KEEPING = (
    6,
    4,
)  # values of "i never meet", which tells, and of "keep", which needs "free" beside it
_LEFT_AT_MOST = 1  # words of another matter


def preferences(said: Phrased, hearing: Hearing) -> SetPreferences | None:
    """The preferences that are told, asked for or taken back. None where it is about something else."""
    if said.has("prefer_forget"):
        return SetPreferences(does="forget")
    shown = said.best("prefer_show")
    if shown is not None and not _names_time(said.without(shown)):
        return SetPreferences(does="show")
    if _is_other(said):
        return None
    return _of_zone(said) or _of_length(said) or _of_times(said, hearing)


def is_for_good(said: Phrased) -> bool:
    """Whether it is said for all times to come, and not only of what is talked about."""
    return not said.has("once") and (said.has("lasting") or said.has("prefer_works"))


def _names_time(rest: Sentence | None) -> bool:
    return rest is not None and rest.has_time


def _is_other(said: Phrased) -> bool:
    """A question, something of another trade, or a meeting with somebody."""
    sentence = said.sentence
    is_news = not said.words.words["elsewhere"].isdisjoint(said.norms())
    return said.asks or said.ends_in_doubt or sentence.evidence.foreign or bool(sentence.people) or is_news


def _of_zone(said: Phrased) -> SetPreferences | None:
    """ "Show me times in london time"."""
    phrase = said.best("prefer_zone")
    zones = [one for one in zones_said(said) if one.first > phrase.last] if phrase is not None else []
    if not zones:
        return None
    return SetPreferences(zone=str(zones[0].value), lasts=not said.has("once"))


def _of_length(said: Phrased) -> SetPreferences | None:
    """ "My default length is 25 minutes", "leave 15 minutes between meetings"."""
    minutes = said.sentence.minutes
    if minutes is None:
        return None
    if said.has("prefer_buffer"):
        return SetPreferences(buffer=minutes)
    if said.has("prefer_length") and not said.sentence.has_time:
        return SetPreferences(minutes=minutes, lasts=not said.has("once"))
    return None


def _of_times(said: Phrased, hearing: Hearing) -> SetPreferences | None:
    if said.sentence.minutes is not None:  # "block 2 hours tomorrow" is a meeting
        return None
    kind, phrases = _kind(said)
    turned = _turned_round(said)
    kind = "never" if turned and kind else kind
    taken = (*phrases, *turned, *said.all("lasting"), *said.all("once"))
    rest = _with_hours(said.without(*taken)) if kind else None
    if rest is None or kind is None or _size_left(rest) > _LEFT_AT_MOST:
        return None
    habits, lasts = habits_of(kind, rest), _lasts(said, rest)
    if phrases[0].value == _KEEPING and not lasts and _is_meeting(rest):
        return None
    is_order = kind == "never" and phrases[0].value != _TELLING
    if not habits or not (lasts or is_order or said.has("once")):
        return None
    dated = hearing.when(rest, rest.reading) if has_dates(rest.reading) else None
    return SetPreferences(lasts=lasts, habits=habits, when=dated)


def _turned_round(said: Phrased) -> list[Said]:
    """The word at the end that makes the opposite of it: "freitags arbeite ich nicht"."""
    last = len(said.sentence.tokens) - 1
    is_said = said.sentence.tokens[last].norm in said.words.words["turned_round"]
    return [Said("turned", 0, last, last)] if is_said else []


def _with_hours(rest: Sentence | None) -> Sentence | None:
    """A bare "9 to 5" is hours here, as after "at"."""
    return read_at(rest.tokens, rest.words) if rest is not None and not rest.has_time else rest


def _kind(said: Phrased) -> tuple[Kind | None, list[Said]]:
    """What kind of habit is told, and the phrases that tell it."""
    best = [(kind, one) for kind in _KINDS if (one := said.best(f"prefer_{kind}")) and _counts(one, said)]
    if not best:
        return None, []
    kind, phrase = max(best, key=lambda one: (one[1].value, one[1].last - one[1].first))
    return kind, [phrase, *(said.all("left_free") if phrase.value == _KEEPING else [])]


def _counts(phrase: Said, said: Phrased) -> bool:
    """An order stands first ("no calls before ten"); "keep" needs "free" beside it."""
    leads = phrase.first <= said.head("lasting", "once", "repeated")
    if phrase.value == _KEEPING:
        return leads and said.has("left_free")
    return leads or phrase.label != "prefer_never" or phrase.value == _TELLING


def _is_meeting(rest: Sentence) -> bool:
    """ "block 2-4pm friday for deep work" is an entry of one day, with its start and its end."""
    (first, *more) = rest.reading.stretches or (None,)
    times = first.times if first is not None and first.days is not None and not more else None
    return times is not None and times.part is None and times.start is not None and times.end is not None


def _lasts(said: Phrased, rest: Sentence) -> bool:
    """Hours of no day are for good, "fridays" too; "friday" is one day."""
    if said.has("once"):
        return False
    stretches = (*rest.reading.stretches, *rest.reading.without)
    return said.has("lasting") or said.has("repeated") or all(one.days is None for one in stretches)


def _size_left(rest: Sentence) -> int:
    """How many words are neither time nor anything about meetings in general."""
    words = rest.words.words
    left = Phrased(rest).unsaid()
    return sum(norm not in words.union("meeting", "calendar", "listing") for norm in left)
