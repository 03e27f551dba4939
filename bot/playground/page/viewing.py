"""What people do with modals and the Home tab: submit, close, open."""

from typing import Literal

from pydantic import Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground.features import AppFeatures
from bot.playground.page.asked import asked
from bot.playground.page.places import Id, Places, Somebody
from bot.playground.page.pressing import State, short
from bot.playground.page.refusing import refusing, unanswered
from bot.playground.small_slack import Refused, SmallSlack


class InView(Somebody):
    """In a view of theirs."""

    view: Id


class Submit(InView):
    """The modal is sent with what its controls stand at."""

    state: State = Field(default_factory=dict)


class Close(InView):
    """The modal goes, or the `whole` stack."""

    whole: bool = False


class Tab(Somebody):
    """A tab of the app is opened."""

    tab: Literal["home", "messages"] = "home"


class Viewing:
    """Its routes pass on to the small Slack what is done with views."""

    def __init__(self, slack: SmallSlack, features: AppFeatures) -> None:
        self._slack = slack
        self._places = Places(slack)
        self._has_home = features.home
        self.routes = [
            Route("/submit", self._submit, methods=["POST"]),
            Route("/close", self._close, methods=["POST"]),
            Route("/home", self._home, methods=["POST"]),
        ]

    async def _submit(self, request: Request) -> Response:
        sent = await asked(request, Submit)
        view = self._places.view(sent.person, sent.view)
        with refusing("no_such_control"):
            done = await self._slack.submit(sent.person, view, short(sent.state))
        if not done.ok and not done.errors:
            return unanswered()
        return JSONResponse({"ok": done.ok, "errors": done.errors})

    async def _close(self, request: Request) -> Response:
        """It is closed whatever the app says to that, as in Slack."""
        wish = await asked(request, Close)
        view = self._places.view(wish.person, wish.view)
        with refusing("view_not_found"):
            await self._slack.close_view(wish.person, view, whole=wish.whole)
        return JSONResponse({})

    async def _home(self, request: Request) -> Response:
        wish = await asked(request, Tab)
        self._places.citizen(wish.person)
        if wish.tab == "home" and not self._has_home:
            raise Refused("not_enabled")
        await self._slack.open_home(wish.person, wish.tab)
        return JSONResponse({})
