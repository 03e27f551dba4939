"""What every deed of a person's needs: the workspace, the way to the bot, and response_urls."""

import json
from datetime import timedelta
from typing import Any

from bot.playground.small_slack.courier import Courier
from bot.playground.small_slack.interactions import interaction
from bot.playground.small_slack.model import Answer, Json, Message, Ticket
from bot.playground.small_slack.responding import Responding
from bot.playground.small_slack.speech import Speech
from bot.playground.small_slack.workspace import Workspace
from bot.playground.world import Citizen

URL_LIFE = timedelta(minutes=30)


class Hands:
    """`public_url`: where the bot reaches this small Slack; response_urls start with it."""

    def __init__(self, workspace: Workspace, courier: Courier) -> None:
        self.public_url = ""
        self._last_form: dict[str, str] = {}
        self._workspace = workspace
        self._courier = courier
        self._speech = Speech(workspace, courier)
        self._responding = Responding(workspace, self._speech)

    async def press_again(self) -> Answer:
        """Deliver the last interaction or command once more, byte for byte."""
        return await self._courier.form(self._last_form)

    async def _form(self, form: dict[str, str]) -> Answer:
        self._last_form = form
        return await self._courier.form(form)

    async def _interact(self, payload: Json) -> Answer:
        return await self._form({"payload": json.dumps(payload)})

    def _begun(self, kind: str, person: str) -> Json:
        """What the payload of something that this person does begins with."""
        world, keyring = self._workspace.world, self._workspace.keyring
        return interaction(kind, world.citizen(person), world, is_org=keyring.is_org)

    def _ticket(self, channel: str, person: str, message: Message | None = None) -> Ticket:
        until = self._workspace.stamps.now() + URL_LIFE
        place: dict[str, Any] = {}
        if message is not None:
            place = {"whisper_ts" if message.only_for else "message_ts": message.ts}
        return Ticket(channel=channel, person=person, until=until, **place)

    def _url(self, ticket: Ticket) -> str:
        return f"{self.public_url}/respond/{self._workspace.ticket(ticket)}"

    def _insider(self, person: str) -> Citizen:
        one = self._workspace.world.citizen(person)
        if one.standing == "stranger":
            raise ValueError("strangers have no commands or shortcuts of this workspace")
        return one
