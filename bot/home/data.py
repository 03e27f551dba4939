"""Hands out what is kept, or deletes it, for whoever may have that; on record either way."""

import json
from contextlib import aclosing
from typing import Final

from bot.accounts.ports import Belongings
from bot.admission import noted_refusal
from bot.conversation.auditing import DeedStep, deed
from bot.conversation.ports import ChannelClosed
from bot.conversation.replies import Card, Tell, say
from bot.conversation.visits import DataRequest
from bot.means import Means
from bot.scheduling.errors import UnknownPerson
from bot.scheduling.model import Person

UNREADABLE: Final = json.dumps({"step": "unreadable"})


class Data:
    """Does what was asked for at the counter. Who asks is asked of Slack once more: work may wait."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def carry_out(self, asked: DataRequest) -> None:
        """Raises StoreUnavailable, LockLost, DeliveryFailed, DirectoryUnavailable: then it is done again."""
        person = await self._person(asked)
        belongings = self._means.belongings
        if person is None or belongings is None:
            await noted_refusal("not_admin", asked.person, asked.team, self._means)
            return
        if asked.what == "delete":
            await self._delete(asked, belongings)
        else:
            await self._hand_out(asked, belongings)
        await self._tell(asked, person)

    async def _person(self, asked: DataRequest) -> Person | None:
        """Who asks, if they may."""
        try:
            person = await self._means.directory.person_now(asked.person)
        except UnknownPerson:
            return None
        may = person.is_admin if asked.whose == "workspace" else person.standing == "member"
        return person if may else None

    async def _delete(self, asked: DataRequest, belongings: Belongings) -> None:
        """The audit log of a workspace goes with it, but for the line that says so; a person's own stays."""
        if asked.whose == "mine":
            await self._note("deleted", asked)
            await belongings.delete(asked.team, asked.person, keeps_audit=True)
        else:
            await belongings.delete(asked.team)
            await self._note("deleted", asked)

    async def _hand_out(self, asked: DataRequest, belongings: Belongings) -> None:
        await self._note("exported", asked)
        if asked.what == "audit":
            lines = await self._audit(asked.team)
        else:
            of = asked.person if asked.whose == "mine" else None
            lines = [one async for one in belongings.export(asked.team, of)]
        name = f"slotwise-{asked.what}-{asked.at:%Y-%m-%d}.jsonl"
        await self._means.messenger.hand_over(asked.person, name, "\n".join(lines) or "{}")

    async def _audit(self, team: str) -> list[str]:
        async with aclosing(self._means.audit.entries(team)) as entries:
            return [one.model_dump_json(exclude_none=True) if one else UNREADABLE async for one in entries]

    async def _note(self, step: DeedStep, asked: DataRequest) -> None:
        at, what = self._means.clock(), f"{asked.whose}.{asked.what}"
        await self._means.audit.note(deed(step, team=asked.team, person=asked.person, at=at, what=what))

    async def _tell(self, asked: DataRequest, person: Person) -> None:
        words = say(f"home.did.{asked.what}_{asked.whose}")
        card = Card(lines=(words,), zone=person.zone, language=person.locale)
        try:
            await self._means.messenger.deliver(Tell(person=asked.person, card=card))
        except ChannelClosed:
            return
