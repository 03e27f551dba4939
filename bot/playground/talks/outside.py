"""Deeds from outside between a talk's file, which counts bookings and says local times, and the world."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.playground.outside import Outside
from bot.playground.small_calcom import SmallCalcom
from bot.playground.talks.stage import Stage, Stuck
from bot.playground.talks.talk import FromOutside
from bot.playground.world import World

OF_A_BOOKING = ("cancel", "move", "confirm", "decline")
OUTSIDER = {"name": "Olga Outside", "email": "olga@outside.example"}
REASON = "changed plans"


def as_deed(told: FromOutside, stage: Stage) -> Outside:
    """What the world's controls carry out. Raises Stuck, KeyError for an unknown owner, ValueError."""
    zone = ZoneInfo(stage.controls.world.citizen(told.owner).zone)
    given = {name: value for name, value in told.model_dump().items() if value not in (None, "")}
    if told.do == "book":
        given = OUTSIDER | given
    if told.do == "cancel":
        given = {"reason": REASON} | given
    for name in ("start", "end"):
        if name in given:
            given[name] = _instant(given[name], zone)
    if told.do in OF_A_BOOKING:
        given["booking"] = _id(told.booking, stage.calcom)
    return Outside.model_validate(given)


def as_told(deed: Outside, calcom: SmallCalcom, world: World) -> FromOutside:
    """How a file says what was done: the reverse. Raises KeyError, StopIteration for an unknown booking."""
    given = deed.model_dump(exclude_unset=True)
    is_of_a_booking = deed.do in OF_A_BOOKING
    owner = calcom.booking(deed.booking).host.person_id if is_of_a_booking else deed.owner
    zone = ZoneInfo(world.citizen(owner).zone)
    given["owner"] = owner
    for name in ("start", "end"):
        if given.get(name):
            given[name] = _local(given[name], zone)
    if is_of_a_booking:
        ids = [one.id for one in calcom.bookings()]
        given["booking"] = ids.index(deed.booking)
    return FromOutside.model_validate({name: value for name, value in given.items() if value is not None})


def _id(number: int, calcom: SmallCalcom) -> int:
    made = calcom.bookings()
    if number >= len(made):
        raise Stuck(f"there are {len(made)} bookings only")
    return made[number].id


def _instant(told: str, zone: ZoneInfo) -> datetime:
    at = datetime.fromisoformat(told)
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def _local(at: datetime, zone: ZoneInfo) -> str:
    """On the wall clock; with its offset in the hour that comes twice."""
    there = at.astimezone(zone)
    alone = there.replace(tzinfo=None, fold=0).isoformat(timespec="minutes")
    return alone if _instant(alone, zone) == at else there.isoformat(timespec="minutes")
