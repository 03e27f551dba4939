"""What people press, choose and call up: controls of messages and views, menus' suggestions, shortcuts."""

from typing import Annotated, Any

from pydantic import Field, model_validator
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground.features import AppFeatures
from bot.playground.page.asked import Asked, asked
from bot.playground.page.places import Id, InRoom, Places, Somebody
from bot.playground.page.refusing import answered, refusing
from bot.playground.small_slack import Message, SmallSlack
from bot.playground.talks.deeds import Deeds

ControlId = Annotated[str, Field(max_length=255)]
Value = Annotated[str, Field(max_length=12_000)]  # Slack's limits are lower; its own client says which


class Chosen(Asked):
    """What a control stands at, in the page's short form; a button says nothing, a cleared one null."""

    option: Value | None = None
    options: list[Value] | None = None
    user: Id | None = None
    users: list[Id] | None = None
    conversation: Id | None = None
    conversations: list[Id] | None = None
    channel: Id | None = None
    channels: list[Id] | None = None
    date: Id | None = None
    time: Id | None = None
    date_time: int | None = None
    value: Value | None = None
    rich_text: dict[str, Any] | None = None


State = dict[ControlId, dict[ControlId, Chosen]]


class OnSource(Somebody):
    """Something is done on a message (`channel` and `ts`) or in a view (`view`)."""

    channel: Id | None = None
    ts: Id | None = None
    view: Id | None = None
    block_id: ControlId
    action_id: ControlId

    @model_validator(mode="after")
    def _one_source(self) -> "OnSource":
        if (self.channel is None) != (self.ts is None) or (self.view is None) == (self.ts is None):
            raise ValueError("a message or a view")
        return self


class Act(OnSource):
    """A control was used; `state` is what all controls of its form stand at."""

    chosen: Chosen = Chosen()
    state: State = Field(default_factory=dict)


class Query(OnSource):
    """Somebody types into an external menu."""

    query: str = Field(max_length=255)


class Stop(Somebody):
    """Stop, in the session under a message."""

    channel: Id
    ts: Id


class Shortcut(Somebody):
    """A shortcut, of a message where one is named."""

    callback_id: ControlId
    channel: Id | None = None
    ts: Id | None = None


def short(state: State) -> dict[str, dict[str, dict[str, Any]]]:
    """What was named, as the small Slack takes it."""
    return {
        block: {action: chosen.model_dump(exclude_unset=True) for action, chosen in controls.items()}
        for block, controls in state.items()
    }


class Pressing:
    """Its routes pass on to the small Slack what is pressed."""

    def __init__(self, slack: SmallSlack, features: AppFeatures, deeds: Deeds) -> None:
        self._slack = slack
        self._deeds = deeds
        self._places = Places(slack)
        self._shortcuts = {(one.type, one.callback_id) for one in features.shortcuts}
        self.routes = [
            Route("/act", self._act, methods=["POST"]),
            Route("/options", self._options, methods=["POST"]),
            Route("/shortcut", self._shortcut, methods=["POST"]),
            Route("/stop", self._stop, methods=["POST"]),
        ]

    async def _act(self, request: Request) -> Response:
        done = await asked(request, Act)
        source, chosen = self._source(done), done.chosen.model_dump(exclude_unset=True)
        place = {"block_id": done.block_id, "action_id": done.action_id}
        with refusing("no_such_control"):
            answer = await self._slack.act(
                done.person, source, **place, chosen=chosen, state=short(done.state)
            )
        self._deeds.pressed(done.person, source, **place, chosen=chosen)
        return answered(answer)

    async def _options(self, request: Request) -> Response:
        wish = await asked(request, Query)
        source = self._source(wish)
        with refusing("no_such_control"):
            found = await self._slack.options(
                wish.person, source, block_id=wish.block_id, action_id=wish.action_id, query=wish.query
            )
        return JSONResponse({"options": list(found)})

    async def _shortcut(self, request: Request) -> Response:
        wish = await asked(request, Shortcut)
        message = self._message(wish.person, wish.channel, wish.ts)
        if ("message" if message else "global", wish.callback_id) not in self._shortcuts:
            raise HTTPException(404, "unknown_shortcut")
        with refusing("not_allowed"):
            return answered(await self._slack.shortcut(wish.person, wish.callback_id, message))

    async def _stop(self, request: Request) -> Response:
        wish = await asked(request, Stop)
        message = self._places.message(InRoom(person=wish.person, channel=wish.channel), wish.ts)
        with refusing("not_processing"):
            await self._slack.stop(wish.person, message)
        return JSONResponse({})

    def _source(self, done: OnSource) -> Message | str:
        """What this person has before them. Raises HTTPException 404, 409, Refused."""
        if done.view is not None:
            return self._places.view(done.person, done.view)
        return self._message(done.person, done.channel, done.ts) or ""

    def _message(self, person: str, channel: str | None, ts: str | None) -> Message | None:
        self._places.citizen(person)
        if channel is None or ts is None:
            return None
        return self._places.message(InRoom(person=person, channel=channel), ts)
