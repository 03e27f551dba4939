"""Who "everyone in this thread" is: those who have written in it."""

import asyncio

from bot.scheduling.errors import UnknownPerson
from bot.scheduling.model import Person
from bot.skills.common.desk import Desk
from intents.frames import Mention


async def named(who: tuple[Mention, ...], desk: Desk) -> tuple[Mention, ...]:
    """The same with those who have written in this thread in the place of "everyone".

    Raises UnknownPerson where nobody else has, or where the bot may not read it; DirectoryUnavailable.
    """
    if not any(one.kind == "everyone" for one in who):
        return who
    there = () if desk.place.in_dm else await _there(desk)
    if not there:
        raise UnknownPerson("everyone", "everyone")
    return (*(one for one in who if one.kind != "everyone"), *there)


async def _there(desk: Desk) -> tuple[Mention, ...]:
    ids = await desk.directory.thread(desk.place.channel, desk.place.reply_to)
    others = (desk.directory.person(one) for one in ids if one != desk.speaker.id)
    found = [one for one in await asyncio.gather(*others) if _can_come(one)]
    return tuple(Mention(kind="user", value=one.id) for one in found)


def _can_come(person: Person) -> bool:
    return person.standing not in ("bot", "gone") and bool(person.email)
