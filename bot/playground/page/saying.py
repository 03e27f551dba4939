"""What people type: messages, changes of them, slash commands."""

from typing import Annotated

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground.features import AppFeatures
from bot.playground.page.asked import asked
from bot.playground.page.places import Id, InRoom, Places
from bot.playground.page.refusing import answered, refusing
from bot.playground.small_slack import Message, Refused, SmallSlack
from bot.playground.talks.deeds import Deeds

MAX_TEXT = 4_000

FileName = Annotated[str, Field(min_length=1, max_length=100)]


class Say(InRoom):
    """Something typed; `thread_ts` when in a thread, `broadcast` when to the channel too."""

    text: str = Field(max_length=MAX_TEXT)
    thread_ts: Id | None = None
    broadcast: bool = False
    files: list[FileName] = Field(default=[], max_length=10)


class Edit(InRoom):
    """Other words for one's own message."""

    ts: Id
    text: str = Field(min_length=1, max_length=MAX_TEXT)


class Delete(InRoom):
    """One's own message goes."""

    ts: Id


class Command(InRoom):
    """A slash command with its text."""

    command: str = Field(pattern=r"^/[\w-]{1,30}$")
    text: str = Field(max_length=MAX_TEXT)


class Invite(InRoom):
    """The bot is asked into a channel."""


class Saying:
    """Its routes pass on to the small Slack what is typed."""

    def __init__(self, slack: SmallSlack, features: AppFeatures, deeds: Deeds) -> None:
        self._slack = slack
        self._deeds = deeds
        self._places = Places(slack)
        self._commands = {one.command for one in features.commands}
        self.routes = [
            Route(f"/{name}", endpoint, methods=["POST"])
            for name, endpoint in {
                "say": self._say,
                "edit": self._edit,
                "delete": self._delete,
                "command": self._command,
                "invite": self._invite,
            }.items()
        ]

    async def _say(self, request: Request) -> Response:
        said = await asked(request, Say)
        if not said.text and not said.files:
            raise HTTPException(422, "no_text")
        message = await self._slack.say(
            said.person,
            self._places.room(said),
            said.text,
            thread_ts=said.thread_ts,
            broadcast=said.broadcast,
            files=said.files,
        )
        self._deeds.said(message, said.text)
        return JSONResponse({"channel": message.channel, "ts": message.ts})

    async def _edit(self, request: Request) -> Response:
        change = await asked(request, Edit)
        own = self._own(change, change.ts, "cant_update_message")
        await self._slack.edit(own, change.text)
        self._deeds.edited(own, change.text)
        return JSONResponse({})

    async def _delete(self, request: Request) -> Response:
        wish = await asked(request, Delete)
        own = self._own(wish, wish.ts, "cant_delete_message")
        await self._slack.delete_message(own)
        self._deeds.deleted(own)
        return JSONResponse({})

    async def _command(self, request: Request) -> Response:
        said = await asked(request, Command)
        room = self._places.room(said)
        if said.command not in self._commands:
            raise HTTPException(404, "unknown_command")
        with refusing("not_allowed"):
            answer = await self._slack.command(said.person, room, said.command, said.text)
        self._deeds.commanded(said.person, room, said.text)
        return answered(answer)

    async def _invite(self, request: Request) -> Response:
        wish = await asked(request, Invite)
        room = self._places.room(wish)
        self._slack.invite_bot_to(room)
        self._deeds.invited(wish.person, room)
        return JSONResponse({})

    def _own(self, where: InRoom, ts: str, otherwise: str) -> Message:
        """A message that this person may change. Raises HTTPException 404, Refused."""
        message = self._places.message(where, ts)
        if message.author != where.person or message.subtype == "tombstone":
            raise Refused(otherwise)
        return message
