"""Says in words why nothing can be answered."""

import logging

from bot.conversation.answers import Answer
from bot.conversation.replies import People, Phrase, say
from bot.scheduling.errors import (
    UNREADABLE,
    BookingClosed,
    BookingNotFound,
    CalendarError,
    DirectoryUnavailable,
    NotAllowed,
    NotBookable,
    NotConnected,
    NotSupported,
    NotThere,
    ReconnectNeeded,
    SchedulingError,
    StaleProposal,
    StrangeAnswer,
    UnknownPerson,
)
from bot.skills.common.desk import Desk

log = logging.getLogger(__name__)

# The first that fits decides: the special stand before the general.
EXCUSES: dict[type[SchedulingError], str] = {
    DirectoryUnavailable: "trouble.directory",
    NotConnected: "trouble.not_connected",
    ReconnectNeeded: "trouble.reconnect",
    NotAllowed: "trouble.not_allowed",
    NotSupported: "trouble.not_supported",
    StaleProposal: "press.stale",
    NotBookable: "trouble.refused",
    NotThere: "trouble.not_there",
    BookingNotFound: "trouble.not_found",
    BookingClosed: "trouble.closed",
    StrangeAnswer: "trouble.strange_answer",
    CalendarError: "trouble.calendar",
}
TO_ONE_ALONE = (NotAllowed, StaleProposal)
FOR_OPERATORS = (NotAllowed, NotSupported, StrangeAnswer)  # it will not pass by itself


def excuse(error: SchedulingError, desk: Desk) -> Answer:
    """What to answer. What concerns access is told to the person alone. Raises what has no words."""
    if isinstance(error, UnknownPerson):
        return Answer(card=desk.card(_nobody(error)))
    words = next((EXCUSES[kind] for kind in EXCUSES if isinstance(error, kind)), None)
    if words is None:
        raise error
    _note(error)
    is_private = isinstance(error, TO_ONE_ALONE)
    return Answer(card=desk.card(say(words)), is_private=is_private, refused=refusal_of(error))


def refusal_of(error: SchedulingError) -> str | None:
    """The short word that the audit log has for it; None where it is no refusal."""
    if isinstance(error, ReconnectNeeded):
        return "unreadable" if str(error) == UNREADABLE else "reconnect"
    return "not_allowed" if isinstance(error, NotAllowed) else None


def _nobody(error: UnknownPerson) -> Phrase:
    is_id = error.reason in ("no_email", "bot", "gone") or error.mention.startswith(("U", "W"))
    who = People(ids=(error.mention,)) if is_id else People(names=(error.mention,))
    return say(f"who.{error.reason}", who=who)


def _note(error: SchedulingError) -> None:
    """Tell the operators."""
    if isinstance(error, CalendarError):
        level = logging.ERROR if isinstance(error, FOR_OPERATORS) else logging.WARNING
        log.log(level, "calendar trouble: %s", error.for_operators)
