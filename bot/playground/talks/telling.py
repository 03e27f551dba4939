"""What to write down of what came of a deed: enough to notice that it comes out otherwise, and no more."""

import re
from typing import Any

from bot.playground.small_slack import Message
from bot.playground.talks.pressable import buttons
from bot.playground.talks.seen import Seen
from bot.playground.talks.stage import Stage
from bot.playground.talks.talk import Step
from bot.playground.talks.words import parts_of, words

LINK = re.compile(r"<https?://[^>]*>")  # where it leads is new in every world
LONGEST = 80  # characters of a line
MOST = 8  # parts of a message

Outcome = dict[str, Any]


def came_of(step: Step, stage: Stage, before: Seen, after: Seen) -> Outcome:
    """The fields of a step that say what came of it. `before`, `after`: when all was quiet."""
    place, by = stage.place(step), stage.by(step)
    were, are = before.bots.get(place, ()), after.bots.get(place, ())
    elsewhere = _dms(step, stage, before) | bookings(before, after)
    if (were, before.whispers.get(by)) == (are, after.whispers.get(by)):
        return {"silent": True} | elsewhere
    told: Outcome = {"posts": len(are) - len(were)}
    if were != are:
        told |= stands(step, stage)
    return told | _whispers(by, stage, before) | elsewhere


def stands(step: Step, stage: Stage) -> Outcome:
    """What the last card in the step's place says and offers; nothing where there is none."""
    said = stage.bots(stage.place(step))
    if not said:
        return {}
    return {"card": telling(said[-1]), "buttons": [one.label for one in buttons(said[-1].elements)]}


def bookings(before: Seen, after: Seen) -> Outcome:
    """All bookings, when they have changed."""
    return {"bookings": list(after.bookings)} if before.bookings != after.bookings else {}


def telling(message: Message) -> list[str]:
    """What it says in its first lines, without the links."""
    lines = [_cut(line) for part in parts_of(message) for line in part.splitlines()]
    pieces = [piece.strip() for line in lines for piece in LINK.split(line)]
    return [piece for piece in pieces if len(piece) > 1][:MOST]


def _cut(line: str) -> str:
    """Its whole words, as far as they fit."""
    return line if len(line) <= LONGEST else line[:LONGEST].rpartition(" ")[0]


def _dms(step: Step, stage: Stage, before: Seen) -> Outcome:
    """What people were told directly, other than where the step happened."""
    found = {}
    for person in (one.id for one in stage.controls.world.person):
        place = stage.slack.dm_id(person)
        new = stage.dms(person)[len(before.bots.get(place, ())) :]
        if new and place != stage.place(step):
            found[person] = [part for one in new for part in telling(one)]
    return {"dm": found} if found else {}


def _whispers(person: str, stage: Stage, before: Seen) -> Outcome:
    known = before.whispers.get(person, ())
    new = [one for one in stage.slack.whispers(person) if (one.ts, words(one)) not in known]
    return {"whisper": [part for one in new for part in telling(one)]} if new else {}
