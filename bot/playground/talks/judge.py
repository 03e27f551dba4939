"""What must be so after a step, and what was not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.playground.small_calcom import Booking, Refusal
from bot.playground.small_slack import Message, Refused
from bot.playground.talks.performing import happen
from bot.playground.talks.stage import Stage, Stuck
from bot.playground.talks.talk import Step
from bot.playground.talks.words import first_missing, words

IMPOSSIBLE = (Stuck, Refused, Refusal, LookupError, ValueError)


@dataclass(frozen=True)
class Seen:
    """What stood there at one moment: timestamps and words, and how many direct messages each person has."""

    bots: tuple[tuple[str, str], ...]
    whispers: tuple[tuple[str, str], ...]
    dms: dict[str, int]


async def take(step: Step, stage: Stage) -> list[str]:
    """Make a step happen, wait for what comes of it, and compare: what is not as written, in words."""
    before = seen(step, stage)
    try:
        await happen(step, stage)
    except IMPOSSIBLE as error:
        return [f"cannot happen: {error}"]
    await stage.settle()
    return list(misses(step, stage, before))


def seen(step: Step, stage: Stage) -> Seen:
    """What stands where the step happens, for whoever does it."""
    return Seen(
        bots=tuple((one.ts, words(one)) for one in stage.bots(step)),
        whispers=tuple((one.ts, words(one)) for one in stage.whispers(step)),
        dms={one.id: len(stage.dms(one.id)) for one in stage.world.person},
    )


def misses(step: Step, stage: Stage, before: Seen) -> Iterator[str]:
    """Everything that is not as the step says. `before`: as it stood before the step."""
    yield from _card(step, stage)
    yield from _whispers(step, stage, before)
    yield from _dms(step, stage, before)
    yield from _quiet(step, before, seen(step, stage))
    yield from _calendar(step, stage)


def booking_line(booking: Booking) -> str:
    """A booking in one line: status, local start at the host's, minutes, attendees."""
    start = booking.start.astimezone(ZoneInfo(booking.event_type.owner.zone))
    minutes = int((booking.end - booking.start) / timedelta(minutes=1))
    who = ",".join(one.email.split("@")[0] for one in booking.attendees)
    return f"{booking.status} {start:%Y-%m-%d %H:%M} {minutes} {who}"


def button_labels(card: Message) -> list[str]:
    """What stands on its buttons, in order."""
    return [one["text"]["text"] for one in card.elements if one["type"] == "button"]


def _card(step: Step, stage: Stage) -> Iterator[str]:
    asked = (step.card, step.card_lacks or None, step.buttons, step.has_buttons or None, step.menu)
    if all(one is None for one in asked):
        return
    said = stage.bots(step)
    if not said:
        yield "the bot has said nothing there"
        return
    text = words(said[-1])
    if missing := first_missing(text, step.card or []):
        yield missing
    yield from (f"{part!r} in {text!r}" for part in step.card_lacks if part in text)
    yield from _controls(step, said[-1])


def _controls(step: Step, card: Message) -> Iterator[str]:
    labels = button_labels(card)
    if step.buttons is not None and not _begin_so(labels, step.buttons):
        yield f"buttons {labels}, not {step.buttons}"
    for wanted in step.has_buttons:
        if not any(label.startswith(wanted) for label in labels):
            yield f"no button {wanted!r} among {labels}"
    options = [option["text"]["text"] for one in card.elements for option in one.get("options", [])]
    if step.menu is not None and options != step.menu:
        yield f"the menu has {options}, not {step.menu}"


def _begin_so(labels: list[str], wanted: list[str]) -> bool:
    same = len(labels) == len(wanted)
    return same and all(one.startswith(start) for one, start in zip(labels, wanted, strict=True))


def _whispers(step: Step, stage: Stage, before: Seen) -> Iterator[str]:
    if step.whisper is None:
        return
    new = [text for ts, text in seen(step, stage).whispers if (ts, text) not in before.whispers]
    if not new:
        yield "no whisper"
    elif missing := first_missing(" ¶ ".join(new), step.whisper):
        yield f"whisper: {missing}"


def _dms(step: Step, stage: Stage, before: Seen) -> Iterator[str]:
    for person, parts in step.dm.items():
        new = stage.dms(person)[before.dms[person] :]
        if not new:
            yield f"no DM for {person}"
        elif missing := first_missing(" ¶ ".join(words(one) for one in new), parts):
            yield f"DM for {person}: {missing}"
    yield from (f"a DM for {one}" for one in step.no_dm if len(stage.dms(one)) != before.dms[one])


def _quiet(step: Step, before: Seen, after: Seen) -> Iterator[str]:
    if step.silent and (after.bots, after.whispers) != (before.bots, before.whispers):
        yield "the bot was not silent"
    posts = len(after.bots) - len(before.bots)
    if step.posts is not None and posts != step.posts:
        yield f"{posts} new messages, not {step.posts}"


def _calendar(step: Step, stage: Stage) -> Iterator[str]:
    lines = [booking_line(one) for one in stage.calcom.bookings()]
    if step.bookings is not None and lines != step.bookings:
        yield f"bookings {lines}, not {step.bookings}"
    writes = stage.writes()
    if step.writes is not None and len(writes) != step.writes:
        yield f"{len(writes)} writes, not {step.writes}: {writes}"
    if step.holds is not None and stage.holds() != step.holds:
        yield f"{stage.holds()} holds, not {step.holds}"
