"""Everything that can go wrong in scheduling; each means one thing that a person can be told.

SchedulingError
├─ UnknownPerson(mention, reason)  cannot be invited: nobody of that name, no e-mail address, a bot, …
├─ DirectoryUnavailable          nobody can say who people are just now
├─ NotConnected(person)          this person's calendar is not linked
├─ CalendarError
│  ├─ SlotTaken                  somebody was faster, or the time is outside the host's hours
│  ├─ NotBookable(text)          the calendar refuses this booking for a lasting reason
│  ├─ BookingNotFound            never existed, or not ours to see
│  ├─ BookingClosed(moved_to)    already cancelled, moved, over
│  ├─ NotThere                   a kind of meeting, a schedule, a webhook that the calendar does not have
│  ├─ NotAllowed                 key or permissions
│  │  └─ ReconnectNeeded         this person's consent has ended: only connecting again helps
│  ├─ NotSupported               this server, or this kind of access to it, cannot do that
│  ├─ CalendarUnavailable        down, slow, or over its rate limit; nothing was written
│  │  ├─ BookingBusy             somebody else is changing this booking, or nobody knows yet whether they did
│  │  └─ StrangeAnswer           it answers, but not as we know it; asking again does not help
│  ├─ NotWritten                 a write that was looked for and has left no trace
│  └─ OutcomeUnknown             a write whose answer was lost: look, never repeat blindly
└─ StaleProposal                 an old button
"""

from typing import Literal

WhyNot = Literal["unknown", "no_email", "bot", "gone", "name", "everyone", "page", "other_server"]


class SchedulingError(Exception):
    """Root of the tree. The message is for operators and never holds personal data."""


class UnknownPerson(SchedulingError):
    """Nobody can be invited under this mention. `reason`: why not."""

    def __init__(self, mention: str, reason: WhyNot = "unknown") -> None:
        super().__init__(f"unknown person: {reason}")
        self.mention = mention
        self.reason: WhyNot = reason


class DirectoryUnavailable(SchedulingError):
    """The directory of people did not answer. `retry_after` in seconds, where known."""

    def __init__(self, message: str = "directory unavailable", retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class NotConnected(SchedulingError):
    """This person's calendar is not linked, and no other serves them."""

    def __init__(self, person_id: str = "") -> None:
        super().__init__("not connected")
        self.person_id = person_id


class CalendarError(SchedulingError):
    """The calendar said no, or nothing. `request_id`: under which the calendar itself has logged it."""

    request_id: str | None = None

    @property
    def for_operators(self) -> str:
        """Its kind, its code and the request's id, for a log line; never for a person."""
        code = str(self)
        what = f"{type(self).__name__}({code})" if code else type(self).__name__
        return f"{what} request_id={self.request_id}" if self.request_id else what


class SlotTaken(CalendarError):
    """The time is not free (any more)."""


class NotBookable(CalendarError):
    """The calendar refuses for a lasting reason, such as a limit or a required field.

    `fields`: the slugs of what it asks whose answers it does not take, where it names them.
    """

    fields: tuple[str, ...] = ()


class BookingNotFound(CalendarError):
    """No such booking."""


class BookingClosed(CalendarError):
    """It is already cancelled, moved or over. `moved_to` is its new uid, where the calendar says so."""

    def __init__(self, message: str = "booking closed", moved_to: str | None = None) -> None:
        super().__init__(message)
        self.moved_to = moved_to


class NotThere(CalendarError):
    """What the question is about is not there: a kind of meeting, a schedule, a webhook, a user or a team."""


class NotAllowed(CalendarError):
    """The key is wrong or may not do this."""


UNREADABLE = "unreadable"  # what is kept of the connection does not open: damaged, or somebody else's


class ReconnectNeeded(NotAllowed):
    """This person has to connect their calendar again: their consent was taken back, or has lapsed."""


class NotSupported(CalendarError):
    """This server, or this kind of access to it, cannot do that; nothing was changed."""


class CalendarUnavailable(CalendarError):
    """Nothing came back that can be used; nothing was written. `retry_after` in seconds, where known."""

    def __init__(self, message: str = "calendar unavailable", retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class BookingBusy(CalendarUnavailable):
    """Somebody else changes this booking just now. Nothing was written."""


class NotWritten(CalendarError):
    """A write was looked for and is not there."""


class StrangeAnswer(CalendarUnavailable):
    """An answer came that we cannot read, such as one of another version. Nothing was written."""


class OutcomeUnknown(CalendarError):
    """A write was sent and its answer was lost."""


class StaleProposal(SchedulingError):
    """The proposal is no longer open."""
