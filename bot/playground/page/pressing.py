"""What people press, choose and fill in: on messages, in modals, on the Home tab."""

from typing import Annotated, Any

from pydantic import Field, model_validator
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.playground.page.asked import Asked, asked
from bot.playground.page.refusing import answered, citizen, refusing
from bot.playground.page.saying import Id
from bot.playground.small_slack import Message, SmallSlack

ControlId = Annotated[str, Field(max_length=255)]
Value = Annotated[str, Field(max_length=3_000)]


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
    date: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    time: str | None = Field(default=None, pattern=r"^\d{2}:\d{2}$")
    date_time: int | None = None
    value: Value | None = None
    rich_text: dict[str, Any] | None = None

    @property
    def said(self) -> dict[str, Any]:
        """What was named."""
        return self.model_dump(exclude_unset=True)


State = dict[ControlId, dict[ControlId, Chosen]]


class OnSource(Asked):
    """Somebody does something on a message (`channel` and `ts`) or in a view (`view`)."""

    person: Id
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


class Pressing:
    """Its routes pass on to the small Slack what is pressed."""

    def __init__(self, slack: SmallSlack) -> None:
        self._slack = slack
        self.routes = [Route("/act", self._act, methods=["POST"])]

    async def _act(self, request: Request) -> Response:
        done = await asked(request, Act)
        card = self._message(done)
        with refusing("no_such_control"):
            answer = await self._slack.press(
                done.person, card, action_id=done.action_id, option=done.chosen.option
            )
        return answered(answer)

    def _message(self, done: OnSource) -> Message:
        """What this person has before them. Raises Refused."""
        citizen(self._slack.world, done.person)
        if done.channel is None or done.ts is None:
            raise HTTPException(409, "no_such_view")
        return self._slack.seen_by(done.person, done.channel, done.ts)
