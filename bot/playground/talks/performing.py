"""Makes a step happen: people speak and press, the outside acts, things go wrong, time passes."""

from bot.playground.small_slack import Message
from bot.playground.small_slack.elements import elements_in
from bot.playground.small_slack.model import Json
from bot.playground.talks.filling import front, submit
from bot.playground.talks.outside import as_deed
from bot.playground.talks.pressable import buttons, called, link_called, options
from bot.playground.talks.stage import Stage, Stuck, back_from_last
from bot.playground.talks.talk import SlackTrouble, Step, Trouble, Visit


async def happen(step: Step, stage: Stage) -> None:
    """Do all that the step says. Raises Stuck, and what the small Slack and the small Cal.com refuse with."""
    if step.speaks:
        stage.controls.speak(stage.by(step), step.speaks)
    if step.minutes_later:
        await stage.controls.move_clock(step.minutes_later)
    if step.outside:
        await stage.controls.outside(as_deed(step.outside, stage))
    if step.trouble:
        _trouble(step.trouble, stage)
    for name, on in step.switches.items():
        await stage.controls.switch(name, on)
    if step.world:
        await _world(step, stage)
    await _people(step, stage)
    if step.again == "say" and stage.said:
        await stage.slack.deliver_again(stage.said)
    if step.again == "press":
        await stage.slack.press_again()


async def _people(step: Step, stage: Stage) -> None:
    by = stage.by(step)
    if step.say is not None:
        await _say(step, stage)
    if step.edit is not None:
        await stage.slack.edit(_own(step, stage), step.edit)
    if step.delete:
        await stage.slack.delete_message(_own(step, stage))
    if step.command is not None:
        stage.actions += 1
        await stage.slack.command(by, _opened(step, stage), stage.controls.world.command, step.command)
    if step.shortcut:
        stage.actions += 1
        await stage.slack.shortcut(by, step.shortcut)
    if step.schedule:
        await _schedule(step, stage)
    if step.home:
        await stage.slack.open_home(by)
    if step.press or step.choose:
        await _press(step, stage)
    if step.visit:
        await _visit(step, step.visit, stage)
    if step.fill is not None:
        await submit(stage, by, step.fill)


async def _schedule(step: Step, stage: Stage) -> None:
    if stage.said is None:
        raise Stuck("nothing was said that could be scheduled")
    stage.actions += 1
    await stage.slack.shortcut(stage.by(step), "schedule_this", stage.said)


async def _say(step: Step, stage: Stage) -> None:
    stage.actions += 1
    place = _opened(step, stage)
    root = _root(step, stage, place)
    text = (step.say or "") * step.times
    thread_ts = root.ts if root else None
    stage.said = await stage.slack.say(
        stage.by(step), place, text, thread_ts=thread_ts, **step.shape.model_dump()
    )
    if root is None:
        stage.roots[place] = stage.said


def _root(step: Step, stage: Stage, place: str) -> Message | None:
    """In whose thread something is said."""
    if step.thread is None:
        return None if step.top or stage.is_dm(step) else stage.roots.get(place)
    tops = stage.tops(place)
    if step.thread >= len(tops):
        raise Stuck(f"there are {len(tops)} messages at the top of {place} only")
    return tops[step.thread]


def _own(step: Step, stage: Stage) -> Message:
    said = stage.own(stage.by(step), stage.place(step))
    return back_from_last(said, step.back, f"{stage.by(step)}'s messages there")


def _opened(step: Step, stage: Stage) -> str:
    """The place of a step; direct messages are opened."""
    return stage.slack.dm_channel(stage.by(step)) if stage.is_dm(step) else stage.place(step)


async def _press(step: Step, stage: Stage) -> None:
    stage.actions += 1
    source, elements = _place(step, stage)
    found = options(elements) if step.choose else buttons(elements)
    meant = called(step.choose or step.press or "", found, step.nth)
    await stage.slack.act(
        stage.by(step),
        source,
        block_id=meant.block_id,
        action_id=meant.action_id,
        chosen=meant.chosen,
    )


async def _visit(step: Step, visit: Visit, stage: Stage) -> None:
    """Slack tells the app of the press, too, and opens the link."""
    by = stage.by(step)
    source, elements = _place(step, stage)
    meant, url = link_called(visit.link, elements)
    await stage.slack.act(by, source, block_id=meant.block_id, action_id=meant.action_id, chosen={})
    asked = await stage.visitor.follow(by, url, visit.decision, visit.account or by)
    stage.actions += 1 + asked


def _place(step: Step, stage: Stage) -> tuple[Message | str, tuple[Json, ...]]:
    """Where something is pressed, and what can be pressed there. Raises Stuck."""
    if step.on in ("home", "window"):
        view = _view(step, stage)
        return str(view["id"]), tuple(elements_in(view["blocks"]))
    message = _pressable(step, stage)
    return message, message.elements


def _view(step: Step, stage: Stage) -> Json:
    if step.on == "window":
        return front(stage, stage.by(step))
    found = stage.slack.home(stage.by(step))
    if found is None:
        raise Stuck(f"{stage.by(step)} has no Home tab")
    return found


def _pressable(step: Step, stage: Stage) -> Message:
    match step.on:
        case "old":
            found = [stage.old] if stage.old else []
        case "whisper":
            found = list(stage.slack.whispers(stage.by(step)))
        case "first":
            found = stage.dms(stage.by(step))[:1]
        case "dm":
            found = stage.dms(stage.by(step))
        case "link":
            found = [stage.slack.message(stage.said.channel, stage.said.ts)] if stage.said else []
        case _:
            found = stage.bots(stage.place(step))
    message = back_from_last(found, step.back, f"{step.on} to press on")
    if step.on == "card":
        stage.old = message
    return message


def _trouble(what: Trouble, stage: Stage) -> None:
    faults = stage.calcom.trouble
    if what.over:
        faults.clear()
        stage.slack.trouble.end()
    for name, value in what.calcom.model_dump(exclude_unset=True).items():
        setattr(faults, name, value)
    if what.on:
        method, part = what.on.split(" ")
        faults.touches = lambda verb, path: verb == method and part in path
    for one in what.slack:
        _slack_trouble(one, stage)


def _slack_trouble(what: SlackTrouble, stage: Stage) -> None:
    given = what.model_dump(exclude_unset=True, exclude={"do"})
    try:
        getattr(stage.slack.trouble, what.do)(**given)
    except TypeError as error:
        raise Stuck(f"trouble {what.do!r} takes other fields than {sorted(given)}") from error


async def _world(step: Step, stage: Stage) -> None:
    slack, place = stage.slack, stage.place(step)
    match step.world:
        case "kick":
            slack.remove_bot_from(place)
        case "invite":
            slack.invite_bot_to(place)
        case "archive":
            slack.archive(place)
        case "delete_card":
            await slack.delete_message(back_from_last(stage.bots(place), step.back, "card"))
        case "deaf":
            slack.hears_channels = False
        case "reset":
            await stage.controls.reset()
            stage.forget()
