"""What people want around the booking of a meeting: undo, preferences, guests, places, courtesy."""

from typing import Literal

from intents.frames.base import Hours, Mention, Target, Value, When


class UndoChange(Value):
    """Take back what the bot did last, or the change that is named."""

    kind: Literal["undo"] = "undo"
    what: Literal["book", "reschedule", "cancel"] | None = None
    target: Target = Target()


class Habit(Value):
    """When somebody likes to meet: on these weekdays (Monday is 0; none: any), at these hours (none: all).

    `never`: no meetings then; `rather`: then, if possible; `works`: these are the working hours.
    """

    what: Literal["never", "rather", "works"]
    weekdays: tuple[int, ...] = ()
    hours: tuple[Hours, ...] = ()


class SetPreferences(Value):
    """How the speaker likes to meet. Only what was said is set.

    `lasts`: from now on; else for the present request alone, or for the days of `when`. `minutes`: the usual
    length; `buffer`: minutes between two meetings; `zone`: the IANA zone in which times are to be told.
    """

    kind: Literal["preferences"] = "preferences"
    does: Literal["set", "show", "forget"] = "set"
    lasts: bool = True
    habits: tuple[Habit, ...] = ()
    when: When | None = None
    minutes: int | None = None
    buffer: int | None = None
    zone: str | None = None


class ConnectCalendar(Value):
    """Let the bot see and use the speaker's own calendar. `service`: whose it is, as typed ("google")."""

    kind: Literal["connect"] = "connect"
    service: str | None = None


class DisconnectCalendar(Value):
    """Take the speaker's own calendar away from the bot."""

    kind: Literal["disconnect"] = "disconnect"
    service: str | None = None


class ReportNoShow(Value):
    """Somebody did not come to a meeting. `who` is empty where only "they" was said."""

    kind: Literal["no_show"] = "no_show"
    who: tuple[Mention, ...] = ()
    target: Target = Target()


class AddPeople(Value):
    """Invite people to a meeting that stands already."""

    kind: Literal["add_people"] = "add_people"
    who: tuple[Mention, ...] = ()
    target: Target = Target()


class ChangePlace(Value):
    """Let a meeting that stands already be elsewhere: `place` as typed ("zoom", "room 4")."""

    kind: Literal["change_place"] = "change_place"
    place: str | None = None
    target: Target = Target()


class RunningLate(Value):
    """The speaker comes late to a meeting, by so many minutes if that was said."""

    kind: Literal["running_late"] = "running_late"
    minutes: int | None = None
    target: Target = Target()


class AskWhy(Value):
    """Why the bot proposed what it did, or (`is_against`) why not at the time that is named."""

    kind: Literal["why"] = "why"
    is_against: bool = False
    when: When | None = None


class ShareLink(Value):
    """Give, or send to `who`, the speaker's booking page: of all meetings, or of that length or name."""

    kind: Literal["share_link"] = "share_link"
    who: tuple[Mention, ...] = ()
    minutes: int | None = None
    title: str | None = None


class AskTime(Value):
    """A question about time zones, or the speaker's own zone told.

    `time`: what time it is in `zone`, now or `at` a time; `zone`: which zone a place is in; `difference`:
    between `zone` and `other`; `convert`: `at`, a time in `zone`, seen from `other`; `set`: the speaker's is
    `zone`. A zone that is None is the speaker's own; that of `who`; or it was named `place` and is not known.
    """

    kind: Literal["timezone"] = "timezone"
    wants: Literal["time", "zone", "difference", "convert", "set"] = "time"
    zone: str | None = None
    other: str | None = None
    place: str | None = None
    who: tuple[Mention, ...] = ()
    at: When | None = None


class Greeting(Value):
    """Courtesy, or (`chat`) small talk, which asks for nothing."""

    kind: Literal["greeting"] = "greeting"
    what: Literal["hello", "thanks", "bye", "chat"] = "hello"


class AcceptMeeting(Value):
    """Say yes to an invitation."""

    kind: Literal["accept"] = "accept"
    target: Target = Target()


class DeclineMeeting(Value):
    """Say no to an invitation, with the reason if one was given."""

    kind: Literal["decline"] = "decline"
    target: Target = Target()
    reason: str | None = None


Around = (
    AcceptMeeting
    | AddPeople
    | AskTime
    | AskWhy
    | ChangePlace
    | ConnectCalendar
    | DeclineMeeting
    | DisconnectCalendar
    | Greeting
    | ReportNoShow
    | RunningLate
    | SetPreferences
    | ShareLink
    | UndoChange
)
