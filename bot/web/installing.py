"""The pages by which a workspace installs the bot: what it is for, then what came of it."""

from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.accounts.model import Installation
from bot.conversation.ports import StoreUnavailable
from bot.conversation.replies import say
from bot.slack.installing import STATE_SECONDS, Installing, NotDone, Returned, TooMany, Why
from bot.slack.oauth import REDIRECT_PATH
from bot.web.sheets import Action, Sheet, language_of, shown

INSTALL_PATH: Final = "/slack/install"
BEGIN_PATH: Final = "/slack/install/begin"

STATUS: Final[dict[Why, int]] = {
    "stale": 400,
    "other_browser": 403,
    "denied": 200,
    "refused": 400,
    "away": 503,
    "strange": 502,
    "unwanted": 403,
    "unsafe": 503,
}
AGAIN: Final = ("stale", "other_browser", "denied", "refused", "away")  # where beginning anew may help


class InstallPages:
    """`is_https`: whether browsers reach us so; `slack_url`: Slack's own address, for links into it."""

    def __init__(self, installing: Installing, *, is_https: bool, slack_url: str) -> None:
        self._installing = installing
        self._is_https = is_https
        self._cookie = "__Host-slotwise-install" if is_https else "slotwise-install"
        self._slack_url = slack_url

    def routes(self) -> list[BaseRoute]:
        """Theirs."""
        return [
            Route(INSTALL_PATH, self._ask, methods=["GET"]),
            Route(BEGIN_PATH, self._begin, methods=["GET"]),
            Route(REDIRECT_PATH, self._finish, methods=["GET"]),
        ]

    async def _ask(self, request: Request) -> Response:
        return shown(ASKING, language=_language(request))

    async def _begin(self, request: Request) -> Response:
        try:
            begun = await self._installing.begin(request.cookies.get(self._cookie))
        except (StoreUnavailable, TooMany):
            return shown(BUSY, language=_language(request), status=503)
        answer = RedirectResponse(begun.url, status_code=303)
        answer.set_cookie(
            self._cookie,
            begun.browser,
            max_age=STATE_SECONDS,
            path="/",
            secure=self._is_https,
            httponly=True,
            samesite="lax",  # it must come along when Slack sends the browser back
        )
        return answer

    async def _finish(self, request: Request) -> Response:
        asked, language = request.query_params, _language(request)
        back = Returned(
            asked.get("state"), asked.get("code"), asked.get("error"), request.cookies.get(self._cookie)
        )
        try:
            installation = await self._installing.finish(back)
        except NotDone as error:
            return shown(_failed(error.why), language=language, status=STATUS[error.why])
        except StoreUnavailable:
            return shown(BUSY, language=language, status=503)
        answer = shown(_done(installation, self._slack_url), language=language)
        answer.delete_cookie(self._cookie, path="/", secure=self._is_https, httponly=True, samesite="lax")
        return answer


def _language(request: Request) -> str:
    return language_of(request.headers.get("accept-language"))


ASKING: Final = Sheet(
    say("install.title"),
    lines=(say("install.what"),),
    points=(say("install.asks_first"), say("install.reads"), say("install.deletes")),
    action=Action(say("install.add"), BEGIN_PATH),
    note=say("install.who"),
)
BUSY: Final = Sheet(
    say("install.busy_title"),
    mood="wrong",
    lines=(say("install.busy"),),
    action=Action(say("install.again"), INSTALL_PATH),
)


def _done(installation: Installation, slack_url: str) -> Sheet:
    """What to do next: of a whole organisation, an admin has to add it to workspaces first."""
    name = installation.name or installation.place
    if installation.is_org:
        steps = (say("install.org_add"), say("install.next_write"), say("install.next_connect"))
    else:
        steps = (say("install.next_open"), say("install.next_write"), say("install.next_connect"))
    return Sheet(
        say("install.done_title", name=name),
        mood="done",
        lines=(say("install.done"),),
        steps=steps,
        action=Action(say("install.open"), _into_slack(installation, slack_url)),
        note=say("install.remove"),
    )


def _into_slack(installation: Installation, slack_url: str) -> str:
    """A link that opens the bot's own conversation: https://docs.slack.dev/interactivity/deep-linking"""
    where = {"app": installation.app, "team": installation.team or installation.enterprise}
    return f"{slack_url}/app_redirect?{urlencode({key: value for key, value in where.items() if value})}"


def _failed(why: Why) -> Sheet:
    return Sheet(
        say(f"install.{why}_title"),
        mood="wrong",
        lines=(say(f"install.{why}"), say("install.nothing")),
        action=Action(say("install.again"), INSTALL_PATH) if why in AGAIN else None,
    )
