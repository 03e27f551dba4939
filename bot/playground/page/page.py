"""The playground's page: its files, and the JSON and the event stream behind it."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.playground.controls import Controls
from bot.playground.features import AppFeatures
from bot.playground.page.doors import Door
from bot.playground.page.files import Files
from bot.playground.page.guard import Guard
from bot.playground.page.hands import Hands
from bot.playground.page.looking import Looking, Plays, Traces
from bot.playground.page.pressing import Pressing
from bot.playground.page.refusing import HANDLERS
from bot.playground.page.safety import Safe
from bot.playground.page.saying import Saying
from bot.playground.page.viewing import Viewing
from bot.playground.small_calcom import SmallCalcom
from bot.playground.small_slack import SmallSlack
from bot.playground.talks.deeds import Deeds


class Page:
    """`routes` go into the front door; `stop` ends the open streams, which would hold up a shutdown."""

    def __init__(
        self, looking: Looking, doing: list[BaseRoute], guard: Guard, deeds: Deeds, at: str = ""
    ) -> None:
        self._looking = looking
        self._doing = doing
        self._guard = guard
        self._deeds = deeds
        self._files = Files()
        self._at = at

    @property
    def routes(self) -> list[BaseRoute]:
        """`/`, `/gallery` and everything under `/page/`; of another workspace's page, what is its own."""
        inside = [*self._looking.routes, *self._doing, Mount("/", self._files)]
        served = self._kept(Starlette(routes=inside, exception_handlers=HANDLERS))
        document = self._kept(_document(self._files, "index.html"))
        if self._at:
            return [Route(self._at, document), Mount(f"/page{self._at}", served)]
        return [
            Route("/", document),
            Route("/gallery", self._kept(_document(self._files, "gallery.html"))),
            Mount("/page", served),
        ]

    @property
    def app(self) -> Starlette:
        """The page alone, as an ASGI app."""
        return Starlette(routes=self.routes)

    def stop(self) -> None:
        """End every open event stream, and those to come."""
        self._deeds.ended()
        self._looking.windows.stop()

    def _kept(self, app: ASGIApp) -> ASGIApp:
        return Safe(self._guard.around(app))


def build_page(
    slack: SmallSlack,
    calcom: SmallCalcom,
    *,
    features: AppFeatures,
    controls: Controls,
    why: Traces | None = None,
    guard: Guard | None = None,
    deeds: Deeds | None = None,
    plays: Plays | None = None,
    doors: tuple[Door, ...] = (),
    at: str = "",
) -> Page:
    """Make the page. Without a guard it answers to this machine's own names only, and asks for no token.

    `deeds` is told of all that is done on it; `plays` tells it of the talk that is played. `doors`: to every
    workspace; `at`: where the page of another than the first one is.
    """
    deeds = deeds or Deeds()
    looking = Looking(slack, calcom, features, controls, why, plays, doors)
    slacks = (Saying(slack, features, deeds), Pressing(slack, features, deeds), Viewing(slack, features))
    doing = [route for one in (*slacks, Hands(controls, deeds)) for route in one.routes]
    return Page(looking, list(doing), guard or Guard(), deeds, at)


def _document(files: Files, name: str) -> ASGIApp:
    async def document(scope: Scope, receive: Receive, send: Send) -> None:
        await files.answer(name, Request(scope))(scope, receive, send)

    return document
