"""Offers to connect a calendar, and shows what is connected. All of it is private; what is pressed is done
at the counter."""

from bot.conversation.answers import Answer
from bot.conversation.connecting import Linked, Offer
from bot.conversation.replies import Button, Phrase, say
from bot.conversation.turns import AtCounter, Turn
from bot.scheduling.errors import NotConnected, ReconnectNeeded, SchedulingError
from bot.skills.common.desk import Desk
from intents.frames import ConnectCalendar


def is_theirs(error: SchedulingError, desk: Desk) -> bool:
    """Whether it is the speaker's own calendar that has to be connected."""
    if isinstance(error, NotConnected):
        return error.person_id in ("", desk.speaker.id)
    own = desk.serving is not None and desk.serving.person == desk.speaker.id
    return isinstance(error, ReconnectNeeded) and own


async def needed(error: SchedulingError, desk: Desk, waiting: Turn | None) -> Answer:
    """What was asked needs a calendar, and goes on when one is connected. Raises StoreUnavailable."""
    offer = await desk.connections.offer(desk.speaker.id, waiting)
    has_ended = isinstance(error, ReconnectNeeded)
    if offer.refusal:
        return _refused(offer, desk)
    notes = (say("connect.goes_on"),) if offer.waiting else ()
    line = say("connect.ended") if has_ended else say("connect.needed")
    return _private(desk, line, notes=(*notes, say("connect.private")), buttons=_ways(offer))


async def show(frame: ConnectCalendar, desk: Desk) -> Answer:
    """What they have connected, and how to connect one more. Raises StoreUnavailable."""
    linked = await desk.connections.of(desk.speaker.id)
    offer = await desk.connections.offer(desk.speaker.id)
    if offer.refusal and not linked:
        return _refused(offer, desk)
    lines = [say("connect.yours"), *map(_line, linked)] if linked else [say("connect.how")]
    if frame.service and "cal.com" not in frame.service.lower():
        lines.append(say("connect.through_calcom", service=frame.service))
    buttons = (*(() if offer.refusal else _ways(offer)), *_changes(linked))
    return _private(desk, *lines, notes=(say("connect.private"),), buttons=buttons)


async def disconnect(desk: Desk) -> Answer:
    """What may be disconnected; nothing is yet. Raises StoreUnavailable."""
    linked = await desk.connections.of(desk.speaker.id)
    if not linked:
        return _private(desk, say("connect.none"))
    return _private(desk, say("connect.which"), *map(_line, linked), buttons=_partings(linked))


def _refused(offer: Offer, desk: Desk) -> Answer:
    return _private(desk, say(f"connect.cannot.{offer.refusal}"))


def _private(
    desk: Desk, *lines: Phrase, notes: tuple[Phrase, ...] = (), buttons: tuple[Button, ...] = ()
) -> Answer:
    return Answer(card=desk.card(*lines, notes=notes, buttons=buttons), is_private=True)


def _ways(offer: Offer) -> tuple[Button, ...]:
    """By Cal.com's consent, where the bot is known there; and by a key."""
    key = AtCounter(form="connect.key", about=offer.waiting)
    by_key = Button(label=say("connect.by_key"), choice=key)
    if offer.url is None:
        return (by_key,)
    return (Button(label=say("connect.by_consent"), url=offer.url, style="primary"), by_key)


def _line(one: Linked) -> Phrase:
    key = "ended_one" if one.has_ended else "serving_one" if one.serves else "one"
    return say(f"connect.{key}", email=one.email, server=one.server)


def _changes(linked: tuple[Linked, ...]) -> tuple[Button, ...]:
    others = tuple(
        Button(
            label=say("connect.serve", email=one.email),
            choice=AtCounter(form="connect.default", about=one.id),
        )
        for one in linked
        if not (one.serves or one.has_ended)
    )
    return (*others, *_partings(linked))


def _partings(linked: tuple[Linked, ...]) -> tuple[Button, ...]:
    return tuple(
        Button(
            label=say("connect.part", email=one.email),
            choice=AtCounter(form="connect.disconnect", about=one.id),
            style="danger",
            confirm=say("connect.part_really"),
        )
        for one in linked
    )
