"""Answers questions about time zones, from the clock and the table of zones alone."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.conversation.answers import Answer
from bot.conversation.replies import Moment, People, Phrase, say
from bot.scheduling.model import Person
from bot.skills.common.desk import Desk
from intents.frames import AskTime

HOUR = 60  # minutes


async def tell(frame: AskTime, desk: Desk) -> Answer:
    """What time it is there, which zone that is, how far apart two are. Raises what the directory raises."""
    if frame.place is not None:
        return Answer(card=desk.card(say("timezone.unknown", place=frame.place)), is_private=True)
    people = [one.value for one in frame.who if one.kind == "user"]
    if people and frame.wants in ("time", "zone"):
        return Answer(card=desk.card(_theirs(await desk.directory.person(people[0]), desk)), is_private=True)
    return Answer(card=desk.card(_line(frame, desk)), is_private=True)


def _line(frame: AskTime, desk: Desk) -> Phrase:
    zone, other = frame.zone or desk.speaker.zone, frame.other or desk.speaker.zone
    match frame.wants:
        case "time":
            return say("timezone.time", time=_clock(zone, desk), place=city(zone))
        case "zone":
            return say("timezone.zone", zone=zone, time=_clock(zone, desk), place=city(zone))
        case "difference":
            return _apart(zone, other, desk)
        case "convert":
            return _seen_from(frame, zone, other, desk)
        case "set":
            return say("timezone.set", zone=desk.speaker.zone)


def _theirs(person: Person, desk: Desk) -> Phrase:
    who = People(ids=(person.id,))
    return say("timezone.theirs", who=who, time=_clock(person.zone, desk), zone=person.zone)


def _clock(zone: str, desk: Desk) -> Moment:
    return Moment(at=desk.now, zone=zone)


def city(zone: str) -> str:
    """The city that gives a zone its name ("New York" of "America/New_York")."""
    return zone.rpartition("/")[2].replace("_", " ")


def _apart(zone: str, other: str, desk: Desk) -> Phrase:
    """How far the clock of one is ahead of the other's, today."""
    ahead = _offset(zone, desk) - _offset(other, desk)
    if not ahead:
        return say("timezone.same", place=city(zone), other=city(other))
    first, second = (zone, other) if ahead > timedelta() else (other, zone)
    hours, minutes = divmod(abs(ahead) // timedelta(minutes=1), HOUR)
    length = (
        say("timezone.hours", count=hours)
        if not minutes
        else say("timezone.both", hours=hours, minutes=minutes)
    )
    return say("timezone.ahead", place=city(first), other=city(second), length=length)


def _offset(zone: str, desk: Desk) -> timedelta:
    return desk.now.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()


def _seen_from(frame: AskTime, zone: str, other: str, desk: Desk) -> Phrase:
    """A time of one zone on the clock of another."""
    named = next(iter(frame.at.windows), None) if frame.at else None
    at = named.start if named is not None else desk.now
    return say("timezone.converted", there=Moment(at=at, zone=zone), here=Moment(at=at, zone=other))
