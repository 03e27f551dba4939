"""A page with its small servers, and an app of the test's own behind them."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

import httpx

from bot.playground.clock import WorldClock
from bot.playground.controls import Controls
from bot.playground.features import AppFeatures, Prompt, Shortcut, SlashCommand
from bot.playground.page import Guard, build_page
from bot.playground.small_calcom import SmallCalcom
from bot.playground.small_slack import Message, SmallSlack
from bot.playground.talks.deeds import Deeds
from bot.playground.world import load_world

TUESDAY = datetime(2026, 7, 14, 9, 0, tzinfo=UTC)
TOKEN = "xoxb-test"
FEATURES = AppFeatures(
    description="Tries things out.",
    commands=(SlashCommand(command="/meet", description="Meet", usage_hint="when"),),
    shortcuts=(
        Shortcut(type="global", callback_id="new", name="New"),
        Shortcut(type="message", callback_id="from_message", name="From this"),
    ),
    prompts=(Prompt(title="Book", message="Book it"),),
    home=True,
)


class Told:
    """What is told of something, made up: the bot's work, a talk that is played."""

    def __init__(self) -> None:
        self._kept: list[Any] = []
        self._listeners: list[Callable[[Any], None]] = []
        self.is_watched = False

    def traces(self) -> list[Any]:
        return self._kept

    def watched(self) -> None:
        self.is_watched = True

    def on_change(self, listener: Callable[[Any], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def add(self, what: Any) -> None:
        self._kept.append(what)
        for listener in self._listeners:
            listener(what)


class Notes(Deeds):
    """The names of all deeds that it was told of."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("__") or name == "names":
            return super().__getattribute__(name)
        return lambda *_, **__: self.names.append(name)


class Setting:
    """`app` answers what the small Slack sends; what it got stands in `got`."""

    def __init__(self, *, guard: Guard | None = None, features: AppFeatures = FEATURES) -> None:
        world = load_world()
        self.clock = WorldClock(TUESDAY, is_standing=True)
        self.slack = SmallSlack(world, signing_secret="s", bot_token=TOKEN, clock=self.clock)
        self.slack.events_url = "http://app/slack/events"
        self.slack.tune(retry_delays=(), transport=httpx.MockTransport(self._answer))
        self.got: list[dict[str, Any]] = []
        self.app: Callable[[dict[str, Any]], httpx.Response] = lambda _: httpx.Response(200)
        self.calcom = SmallCalcom(world, clock=self.clock)
        self.forgotten = 0
        self.controls = Controls(self.slack, self.calcom, self.clock, world, self._forget)
        self.why, self.plays = Told(), Told()
        self.deeds = Notes()
        self.page = build_page(
            self.slack,
            self.calcom,
            features=features,
            controls=self.controls,
            why=self.why,
            guard=guard,
            deeds=self.deeds,
            plays=self.plays,
        )
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.page.app), base_url="http://localhost"
        )
        self.api = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.slack.app), base_url="http://slack/api"
        )

    async def _forget(self) -> None:
        self.forgotten += 1

    def _answer(self, request: httpx.Request) -> httpx.Response:
        body = request.content.decode()
        if "json" in request.headers["content-type"]:
            told = json.loads(body)
        else:
            form = {name: values[0] for name, values in parse_qs(body).items()}
            told = json.loads(form["payload"]) if "payload" in form else form
        self.got.append(told)
        return self.app(told)

    async def ask(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        """Post; the status and what came back."""
        answer = await self.http.post(f"/page/{path}", json=body)
        return answer.status_code, answer.json()

    async def bot_does(self, method: str, **args: Any) -> dict[str, Any]:
        """A call of the app's."""
        answer = await self.api.post(f"/{method}", json=args, headers={"Authorization": f"Bearer {TOKEN}"})
        return answer.json()

    async def card(self, *blocks: dict[str, Any], channel: str = "C0GENERAL") -> Message:
        """A message of the bot's."""
        told = await self.bot_does("chat.postMessage", channel=channel, text="A card", blocks=list(blocks))
        return self.slack.message(told["channel"], told["ts"])

    async def modal(self, person: str, *blocks: dict[str, Any], **more: Any) -> str:
        """Open a modal for somebody; its id."""
        await self.slack.shortcut(person, "new")
        view = {"type": "modal", "title": text("A form"), "submit": text("Send"), "blocks": list(blocks)}
        told = await self.bot_does("views.open", trigger_id=self.got[-1]["trigger_id"], view=view | more)
        return told["view"]["id"]

    async def close(self) -> None:
        self.page.stop()
        await self.http.aclose()
        await self.api.aclose()
        await self.slack.close()


def text(words: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": words}


def option(value: str) -> dict[str, Any]:
    return {"text": text(value), "value": value}


def button(action_id: str = "go") -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": text("Go"), "value": "1"}


def actions(*elements: dict[str, Any], block_id: str = "row") -> dict[str, Any]:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def field(element: dict[str, Any], block_id: str = "what", **more: Any) -> dict[str, Any]:
    return {"type": "input", "block_id": block_id, "label": text("What"), "element": element, **more}
