"""What must be so after a step, and what was not."""

from collections.abc import Iterator

from httpx import HTTPError

from bot.playground.small_calcom import Refusal
from bot.playground.small_slack import Message, Refused
from bot.playground.talks.filling import window_words
from bot.playground.talks.performing import happen
from bot.playground.talks.pressable import buttons
from bot.playground.talks.seen import Seen, new_texts, seen
from bot.playground.talks.stage import Stage, Stuck
from bot.playground.talks.talk import Step
from bot.playground.talks.words import first_missing, words, words_of

IMPOSSIBLE = (Stuck, HTTPError, Refused, Refusal, LookupError, ValueError)


async def take(step: Step, stage: Stage) -> list[str]:
    """Make a step happen, wait for what comes of it, and compare: what is not as written, in words."""
    before = seen(stage)
    try:
        await happen(step, stage)
    except IMPOSSIBLE as error:
        return [f"cannot happen: {error}"]
    await stage.settle()
    return list(misses(step, stage, before))


def misses(step: Step, stage: Stage, before: Seen) -> Iterator[str]:
    """Everything that is not as the step says. `before`: as the world stood before the step."""
    after = seen(stage)
    yield from _card(step, stage)
    yield from _whispers(step, before, after, stage.by(step))
    yield from _dms(step, stage, before, after)
    yield from _first(step, stage)
    yield from _views(step, stage)
    yield from _quiet(step, stage, before, after)
    yield from _calendar(step, stage, after)


def _card(step: Step, stage: Stage) -> Iterator[str]:
    asked = (step.card, step.card_lacks or None, step.buttons, step.has_buttons or None, step.menu)
    if all(one is None for one in asked):
        return
    said = stage.bots(stage.place(step))
    if not said:
        yield "the bot has said nothing there"
        return
    text = words(said[-1])
    if missing := first_missing(text, step.card or []):
        yield missing
    yield from (f"{part!r} in {text!r}" for part in step.card_lacks if part in text)
    yield from _controls(step, said[-1])


def _controls(step: Step, card: Message) -> Iterator[str]:
    labels = [one.label for one in buttons(card.elements)]
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


def _whispers(step: Step, before: Seen, after: Seen, person: str) -> Iterator[str]:
    if step.whisper is None:
        return
    new = new_texts(before.whispers, after.whispers, person)
    if not new:
        yield "no whisper"
    elif missing := first_missing(" ¶ ".join(new), step.whisper):
        yield f"whisper: {missing}"


def _dms(step: Step, stage: Stage, before: Seen, after: Seen) -> Iterator[str]:
    for person, parts in step.dm.items():
        new = new_texts(before.bots, after.bots, stage.slack.dm_id(person))
        if not new:
            yield f"no DM for {person}"
        elif missing := first_missing(" ¶ ".join(new), parts):
            yield f"DM for {person}: {missing}"
    yield from (f"a DM for {one}" for one in step.no_dm if _new_dms(one, stage, before, after))


def _first(step: Step, stage: Stage) -> Iterator[str]:
    for person, parts in step.first.items():
        said = stage.dms(person)[:1]
        missing = first_missing(words(said[0]), parts) if said else "there is none"
        if missing:
            yield f"the first DM to {person}: {missing}"


def _new_dms(person: str, stage: Stage, before: Seen, after: Seen) -> list[str]:
    place = stage.slack.dm_id(person)
    had = len(before.bots.get(place, ()))
    return [text for _, text in after.bots.get(place, ())[had:]]


def _views(step: Step, stage: Stage) -> Iterator[str]:
    by = stage.by(step)
    if step.window is not None:
        text = window_words(stage, by)
        if (missing := first_missing(text, step.window)) or bool(text) != bool(step.window):
            yield f"the window: {missing or text or 'there is none'}"
    if step.page is not None and (missing := first_missing(stage.visitor.seen.get(by, ""), step.page)):
        yield f"the page: {missing}"
    if step.tab is not None:
        home = stage.slack.home(by)
        text = " | ".join(words_of(home["blocks"])) if home else ""
        if missing := first_missing(text, step.tab):
            yield f"the Home tab: {missing}"


def _quiet(step: Step, stage: Stage, before: Seen, after: Seen) -> Iterator[str]:
    place, by = stage.place(step), stage.by(step)
    were, are = before.bots.get(place, ()), after.bots.get(place, ())
    if step.silent and (were, before.whispers.get(by)) != (are, after.whispers.get(by)):
        yield "the bot was not silent"
    if step.posts is not None and len(are) - len(were) != step.posts:
        yield f"{len(are) - len(were)} new messages, not {step.posts}"


def _calendar(step: Step, stage: Stage, after: Seen) -> Iterator[str]:
    if step.bookings is not None and list(after.bookings) != step.bookings:
        yield f"bookings {list(after.bookings)}, not {step.bookings}"
    writes = stage.writes()
    if step.writes is not None and len(writes) != step.writes:
        yield f"{len(writes)} writes, not {step.writes}: {writes}"
    if step.holds is not None and stage.holds() != step.holds:
        yield f"{stage.holds()} holds, not {step.holds}"
