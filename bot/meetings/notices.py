"""What somebody is shown of a meeting, made true by what was read of it. Pure."""

from collections.abc import Callable
from datetime import datetime
from typing import Final, Literal

from bot.conversation.preferences import Told
from bot.conversation.proposals import Proposal
from bot.conversation.state import Conversation, Notice
from bot.conversation.turns import MeetingNews
from bot.meetings.readers import Reader
from bot.meetings.seeing import Seen
from bot.scheduling.commands import ConfirmBooking, DeclineBooking
from bot.scheduling.model import Booking, BookingNews

PROPOSALS_KEPT: Final = 8
TELLS_NOBODY: Final[tuple[BookingNews, ...]] = ("upkeep", "started", "ended")  # cards are kept true by these
CHANGES: Final[tuple[BookingNews, ...]] = ("paid", "no_show", "place_changed", "reassigned")

OPEN: Final = ("open", "taken", "writing", "unknown")  # not to be proposed once more

Turn = Literal["", "rescheduled", "place", "accepted", "pending", "cancelled", "rejected", "back"]
Verdict = Literal["tell", "hush", "wait"]
NewId = Callable[[], str]


def talk_of(
    before: Conversation | None, seen: Seen, reader: Reader, news: MeetingNews, now: datetime, new_id: NewId
) -> Conversation:
    """The conversation whose card tells this reader of the meeting, true again."""
    old = before.plan if before and isinstance(before.plan, Notice) else None
    notice = _notice(old, seen, reader, news, now)
    person = reader.person
    talk = before or Conversation(
        id=new_id(), owner=person.id, channel="", reply_to="", plan=notice, said_at=now
    )
    talk = talk.changed(plan=notice, zone=person.zone, language=person.locale)
    return talk.changed(proposals=decisions(talk, notice, new_id))


def has_changed(before: Conversation | None, after: Conversation) -> bool:
    """Whether the card has to say something else."""
    return before is None or _shown(before) != _shown(after)


def has_turned(before: Conversation | None, after: Conversation) -> bool:
    """Whether its reader has to know: another time, another place, or its host's word."""
    if before is None or notice_in(before).is_out:
        return True
    return bool(_turn(notice_in(before), notice_in(after).booking))


def _turn(old: Notice | None, booking: Booking) -> Turn:
    """What has become of it since. A move brings another link to meet by, which is no other place."""
    if old is None:
        return ""
    was = old.booking
    if old.is_out and booking.lasts:
        return "back"
    if was.status != booking.status:
        return booking.status
    if was.slot != booking.slot:
        return "rescheduled"
    return "place" if was.uid == booking.uid and was.location != booking.location else ""


def left(talk: Conversation, *, is_untold: bool) -> Conversation:
    """That of somebody who takes no part any more. `is_untold`: they are still to be called for."""
    notice = notice_in(talk).model_copy(update={"is_out": True, "decides": False, "untold": is_untold})
    return talk.changed(plan=notice, proposals=_closed(talk.proposals))


def notice_in(talk: Conversation) -> Notice:
    """What a card of a meeting is of."""
    if not isinstance(talk.plan, Notice):
        raise TypeError("not the card of a meeting")
    return talk.plan


def kind_of(notice: Notice) -> Told:
    """By which name people switch it off."""
    if not notice.booking.lasts:
        return "cancelled"
    if notice.news in CHANGES:
        return "changed"
    if notice.booking.status == "pending":
        return "requested"
    return "moved" if notice.was else "booked"


def untold(talk: Conversation, is_untold: bool) -> Conversation:
    """A copy in which something of it is still to be said, or nothing is."""
    return talk.changed(plan=notice_in(talk).model_copy(update={"untold": is_untold}))


def verdict(talk: Conversation, reader: Reader, news: MeetingNews) -> Verdict:
    """Whether to send a card to whoever has none. `wait`: something is untold, and these news do not say it.

    Nobody is told of what they have just done; where that was overtaken, the news of what overtook it are
    still to come, and say who did that.
    """
    notice = notice_in(talk)
    if notice.is_over or kind_of(notice) in reader.preferences.silent:
        return "hush"
    if news.news in TELLS_NOBODY:
        return "wait"
    if news.author == talk.owner:
        return "hush" if fits(notice, news) else "wait"
    return "tell" if notice.untold else "hush"


def fits(notice: Notice, news: MeetingNews) -> bool:
    """Whether what was read is what the news are of, and not what became of it since."""
    booking = notice.booking
    match news.news:
        case "cancelled" | "rejected":
            return booking.status == news.news
        case _:
            return booking.uid == news.uid and booking.lasts


def decisions(talk: Conversation, notice: Notice, new_id: NewId) -> tuple[Proposal, ...]:
    """What its owner may decide now, after what was decided or shown before: the last of them."""
    if not awaits(notice):
        return _closed(talk.proposals)
    uid = notice.booking.uid
    if any(
        one.command.kind == "confirm" and one.status in OPEN and _of(one) == uid for one in talk.proposals
    ):
        return talk.proposals
    accept = ConfirmBooking(request_id=new_id(), uid=uid)
    decline = DeclineBooking(request_id=new_id(), uid=uid)
    fresh = tuple(
        Proposal(id=new_id(), command=one, calendar=notice.calendar, slot=notice.booking.slot)
        for one in (accept, decline)
    )
    return (*_closed(talk.proposals), *fresh)[-PROPOSALS_KEPT:]


def awaits(notice: Notice) -> bool:
    """Whether it waits for the word of whose card it is."""
    return notice.decides and notice.booking.status == "pending" and not (notice.is_over or notice.is_out)


def _notice(old: Notice | None, seen: Seen, reader: Reader, news: MeetingNews, now: datetime) -> Notice:
    booking = seen.booking
    told = old.news if old and news.news in TELLS_NOBODY else news.news
    return Notice(
        booking=booking,
        role=reader.role,
        calendar=reader.calendar,
        news=told,
        was=seen.was,
        decides=reader.decides,
        requested=booking.status == "pending" or bool(old and old.requested),
        is_over=booking.end <= now,
        is_paid=news.news == "paid" or bool(old and old.is_paid),
        turn=_turn(old, booking) or (old.turn if old else ""),
        untold=old is None or old.untold,
    )


def _shown(talk: Conversation) -> tuple[object, ...]:
    notice = notice_in(talk)
    booking = notice.booking
    return (
        booking.title,
        booking.slot,
        booking.status,
        booking.participants,
        booking.location,
        booking.reason,
        notice.was,
        notice.is_over,
        notice.is_out,
        notice.is_paid,
        tuple(one.id for one in talk.proposals if one.status == "open"),
    )


def _closed(proposals: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    return tuple(one.moved("closed") if one.status == "open" else one for one in proposals)


def _of(proposal: Proposal) -> str:
    return getattr(proposal.command, "uid", "")
