"""Reads the wish to connect a calendar of one's own, and to disconnect it."""

from intents.around.phrases import Phrased
from intents.frames import ConnectCalendar, DisconnectCalendar
from intents.hearing import Hearing

_WEAK = 5  # of a phrase that needs the calendar named beside it


def connection(said: Phrased, hearing: Hearing) -> ConnectCalendar | DisconnectCalendar | None:
    """Connecting or disconnecting; "connect me with ben" is neither."""
    for label, frame in (("disconnect", DisconnectCalendar), ("connect", ConnectCalendar)):
        phrase = said.best(label)
        if phrase is None or phrase.first > said.head() + 3 or _is_noun(phrase.first, said):
            continue
        service = said.best("service")
        sentence = said.sentence
        if _with_somebody(said) or sentence.has_time or sentence.reading.lengths or _other(said, label):
            return None
        if phrase.value == _WEAK and service is None and not sentence.evidence.calendar:
            return None
        return frame(service=str(service.value) if service is not None else None)
    return None


def _is_noun(first: int, said: Phrased) -> bool:
    """ "Move the sync to 4": a meeting."""
    before = said.sentence.tokens[max(first - 1, 0) : first]
    return any(one.norm in said.words.words["determiner"] for one in before)


def _with_somebody(said: Phrased) -> bool:
    """Whether somebody is named; "with google" names the service."""
    places = {place for one in said.all("service") for place in one.places}
    return any(one.first not in places for one in said.sentence.people)


def _other(said: Phrased, label: str) -> list[str]:
    """Words that make something else of it than a calendar or an account."""
    words = said.words.words
    left = said.unsaid(*said.all(label), *said.all("service"))
    return [norm for norm in left if norm not in words.union("calendar", "account")]
