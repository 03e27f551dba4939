"""Makes a step happen: people speak and press, the outside acts, things go wrong, time passes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.playground.small_slack import Message
from bot.playground.talks.stage import Stage, Stuck
from bot.playground.talks.talk import Outside, Step, Trouble


async def happen(step: Step, stage: Stage) -> None:
    """Do all that the step says. Raises Stuck, and what the small Slack and the small Cal.com refuse with."""
    if step.minutes_later:
        stage.clock.move(timedelta(minutes=step.minutes_later))
    if step.outside:
        await _outside(step.outside, stage)
    if step.trouble:
        _trouble(step.trouble, stage)
    if step.world:
        await _world(step, stage)
    await _people(step, stage)
    if step.again == "say" and stage.said:
        await stage.slack.deliver_again(stage.said)
    if step.again == "press":
        await stage.slack.press_again()


async def _people(step: Step, stage: Stage) -> None:
    if step.say is not None:
        await _say(step, stage)
    if step.edit is not None:
        await stage.slack.edit(_last_said(stage), step.edit)
    if step.command is not None:
        stage.actions += 1
        await stage.slack.command(stage.by(step), stage.place(step), stage.world.command, step.command)
    if step.press or step.choose:
        await _press(step, stage)


async def _say(step: Step, stage: Stage) -> None:
    stage.actions += 1
    place = stage.place(step)
    root = None if step.top or stage.is_dm(step) else stage.roots.get(place)
    text = (step.say or "") * step.times
    stage.said = await stage.slack.say(
        stage.by(step), place, text, thread_ts=root.ts if root else None, **step.shape
    )
    if root is None:
        stage.roots[place] = stage.said


async def _press(step: Step, stage: Stage) -> None:
    stage.actions += 1
    message = _pressable(step, stage)
    by = stage.by(step)
    if step.choose:
        await stage.slack.press(by, message, option=_full(step.choose, message))
    else:
        await stage.slack.press(by, message, label=_full(step.press or "", message))


def _pressable(step: Step, stage: Stage) -> Message:
    match step.on:
        case "old":
            found = [stage.old] if stage.old else []
        case "whisper":
            found = stage.whispers(step)
        case "dm":
            found = stage.dms(stage.by(step))
        case "card":
            found = stage.bots(step)
    if not found:
        raise Stuck(f"no {step.on} to press on")
    if step.on == "card":
        stage.old = found[-1]
    return found[-1]


def _last_said(stage: Stage) -> Message:
    if stage.said is None:
        raise Stuck("nothing has been said yet")
    return stage.said


def _full(label: str, message: Message) -> str:
    """The whole label that begins so."""
    found = next((one for one in message.labels if one.startswith(label)), None)
    if found is None:
        raise Stuck(f"no {label!r} among {list(message.labels)}")
    return found


async def _outside(deed: Outside, stage: Stage) -> None:
    calcom = stage.calcom
    zone = ZoneInfo(stage.world.citizen(deed.owner).zone)
    start, end = (_instant(one, zone) for one in (deed.start, deed.end))
    match deed.do:
        case "book":
            await calcom.book_from_outside(
                deed.owner, deed.slug, start, name=deed.name, email=deed.email, minutes=deed.minutes
            )
        case "busy":
            calcom.add_busy(deed.owner, start, end)
        case "cancel":
            await calcom.cancel_from_outside(_uid(deed, stage), deed.reason or "changed plans")
        case "move":
            await calcom.move_from_outside(_uid(deed, stage), start)
        case "confirm":
            await calcom.confirm_from_outside(_uid(deed, stage))
        case "decline":
            await calcom.decline_from_outside(_uid(deed, stage), deed.reason)
        case "event_type":
            calcom.add_event_type(deed.owner, **deed.fields)


def _uid(deed: Outside, stage: Stage) -> str:
    made = stage.calcom.bookings()
    if deed.booking >= len(made):
        raise Stuck(f"there are {len(made)} bookings only")
    return made[deed.booking].uid


def _instant(local: str | None, zone: ZoneInfo) -> datetime:
    if local is None:
        return datetime.max.replace(tzinfo=UTC)
    return datetime.fromisoformat(local).replace(tzinfo=zone).astimezone(UTC)


def _trouble(what: Trouble, stage: Stage) -> None:
    faults = stage.calcom.trouble
    if what.over:
        faults.clear()
        stage.slack.trouble.end()
    for name, value in what.calcom.items():
        setattr(faults, name, value)
    if what.on:
        method, part = what.on.split(" ")
        faults.touches = lambda verb, path: verb == method and part in path
    for one in what.slack:
        arguments = dict(one)
        getattr(stage.slack.trouble, arguments.pop("do"))(**arguments)


async def _world(step: Step, stage: Stage) -> None:
    slack, place = stage.slack, stage.place(step)
    match step.world:
        case "kick":
            slack.remove_bot_from(place)
        case "archive":
            slack.archive(place)
        case "delete_card":
            await slack.delete_message(stage.card(step))
        case "deaf":
            slack.hears_channels = False
