"""What to write down of what came of a deed: enough to notice that it comes out otherwise, and no more."""

import re
from typing import Any

from bot.playground.small_slack import Message
from bot.playground.talks.pressable import buttons
from bot.playground.talks.seen import Seen
from bot.playground.talks.stage import Stage
from bot.playground.talks.talk import Step
from bot.playground.talks.words import parts_of

LINK = re.compile(r"<https?://[^>]*>")  # where it leads is new in every world
LONGEST = 80  # characters of a line
MOST = 6  # parts of a message

Outcome = dict[str, Any]


def came_of(step: Step, stage: Stage, before: Seen, after: Seen) -> Outcome:
    """The fields of a step that say what came of it. `before`, `after`: when all was quiet."""
    place, by = stage.place(step), stage.by(step)
    whispers = _new(stage.slack.whispers(by), before.whispers.get(by, ()))
    were, are = before.bots.get(place, ()), after.bots.get(place, ())
    if were == are and not whispers:
        return {"silent": True} | _elsewhere(step, stage, before, after)
    told: Outcome = {"posts": len(are) - len(were)}
    if whispers:
        told["whisper"] = [part for one in whispers for part in telling(one)]
    if were != are:
        told |= stands(step, stage)
    return told | _elsewhere(step, stage, before, after)


def stands(step: Step, stage: Stage) -> Outcome:
    """What the last card in the step's place says and offers; nothing where there is none."""
    said = stage.bots(stage.place(step))
    if not said:
        return {}
    return {"card": telling(said[-1]), "buttons": [one.label for one in buttons(said[-1])]}


def bookings(before: Seen, after: Seen) -> Outcome:
    """All bookings, when they have changed."""
    return {"bookings": list(after.bookings)} if before.bookings != after.bookings else {}


def telling(message: Message) -> list[str]:
    """The first line of each of its blocks, without the links."""
    lines = [part.partition("\n")[0][:LONGEST] for part in parts_of(message)]
    pieces = [piece.strip() for line in lines for piece in LINK.split(line)]
    return [piece for piece in pieces if len(piece) > 1][:MOST]


def _elsewhere(step: Step, stage: Stage, before: Seen, after: Seen) -> Outcome:
    return _dms(step, stage, before) | bookings(before, after)


def _dms(step: Step, stage: Stage, before: Seen) -> Outcome:
    """What people were told directly, other than where the step happened."""
    found = {}
    for person in (one.id for one in stage.controls.world.person):
        place = stage.slack.dm_id(person)
        new = stage.dms(person)[len(before.bots.get(place, ())) :]
        if new and place != stage.place(step):
            found[person] = [part for one in new for part in telling(one)]
    return {"dm": found} if found else {}


def _new(messages: tuple[Message, ...], known: tuple[tuple[str, str], ...]) -> list[Message]:
    stamps = {ts for ts, _ in known}
    return [one for one in messages if one.ts not in stamps]
