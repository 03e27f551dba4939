"""Finds what a sentence wants around a meeting, when nothing is open and while a question stands open."""

from collections.abc import Callable, Iterable

from intents.around.accounts import connection
from intents.around.asking_time import asked_time
from intents.around.guests import guests
from intents.around.invitations import invitation
from intents.around.meetings import lateness, no_show, undoing
from intents.around.pages import shared_page
from intents.around.phrases import Phrased
from intents.around.places import change_of_place
from intents.around.preferences import is_for_good, preferences
from intents.around.whys import why
from intents.frames import Around, Question, Target
from intents.hearing import Hearing
from intents.sentence import Sentence

_Reader = Callable[[Phrased, Hearing], Around | None]
_ALWAYS: tuple[_Reader, ...] = (why, no_show, lateness, undoing, shared_page, connection, asked_time)
_ALONE: tuple[_Reader, ...] = (*_ALWAYS, preferences, guests, change_of_place)
_MEANWHILE: tuple[_Reader, ...] = (invitation, *_ALWAYS)
_ALONE_UNPHRASED: tuple[_Reader, ...] = (lateness, guests)  # the others go by a phrase
_MEANWHILE_UNPHRASED: tuple[_Reader, ...] = (invitation, lateness)
_FREE: frozenset[Question] = frozenset({"reason"})  # any words may be the answer


def aside(sentence: Sentence, hearing: Hearing) -> Around | None:
    """What is wanted around a meeting. None where it is anything else."""
    said = Phrased(sentence)
    question = hearing.context.question
    if question is None:
        return _first(_ALONE if said.is_phrased else _ALONE_UNPHRASED, said, hearing)
    if question in _FREE:
        return None
    found = _first(_MEANWHILE if said.is_phrased else _MEANWHILE_UNPHRASED, said, hearing)
    return found or (preferences(said, hearing) if is_for_good(said) else None)


def place_for(sentence: Sentence, hearing: Hearing) -> str | None:
    """The place that is told for what is asked for at present: "make it a google meet"."""
    found = change_of_place(Phrased(sentence), hearing)
    is_this = found is not None and found.target in (Target(), Target(which="this"))
    return found.place if found is not None and is_this else None


def _first(readers: Iterable[_Reader], said: Phrased, hearing: Hearing) -> Around | None:
    return next((found for read in readers if (found := read(said, hearing)) is not None), None)
