"""The pages by which a person connects their Cal.com: out to its consent, back, and then into Slack."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.connecting.consent import BACK, Asked, Consent, Ended
from bot.connecting.notes import MINUTES
from bot.connecting.offers import PATH
from bot.conversation.ports import StoreUnavailable
from bot.conversation.replies import say
from bot.scheduling.errors import DirectoryUnavailable
from bot.web.sheets import Action, Sheet, language_of, shown

SAFE: Final = "__Host-"  # browsers take such a cookie from this very host alone, over TLS
STATUS: Final[Mapping[str, int]] = {"over": 410, "declined": 200, "unavailable": 503, "untold": 502}
REFUSED: Final = 403

Shown = Callable[[Request], Awaitable[Response]]


class ConnectPages:
    """`is_https`: whether browsers reach us so."""

    def __init__(self, consent: Consent, *, is_https: bool) -> None:
        self._consent = consent
        self._is_https = is_https
        self._prefix = SAFE if is_https else ""

    def routes(self) -> list[BaseRoute]:
        """Theirs."""
        return [
            Route(BACK, _page(self._back)),
            Route(f"{PATH}/mine/{{name}}", _page(self._mine)),
            Route(f"{PATH}/{{ticket}}", _page(self._begin)),
        ]

    async def _begin(self, request: Request) -> Response:
        begun = await self._consent.begin(request.path_params["ticket"])
        answer = RedirectResponse(begun.url, status_code=303)
        answer.set_cookie(
            f"{self._prefix}{begun.cookie}",
            begun.secret,
            max_age=MINUTES,
            path="/",
            secure=self._is_https,
            httponly=True,
            samesite="lax",  # it must come along when Cal.com sends the browser back
        )
        return answer

    async def _back(self, request: Request) -> Response:
        said = request.query_params
        state, code = said.get("state", ""), said.get("code", "")
        asked = await self._consent.finish(state, code, self._cookies(request))
        return shown(_asking(asked), language=_language(request))

    async def _mine(self, request: Request) -> Response:
        asked = await self._consent.is_mine(request.path_params["name"], self._cookies(request))
        return shown(_asking(asked), language=_language(request))

    def _cookies(self, request: Request) -> dict[str, str]:
        """By their plain names; where browsers can keep safe ones, others do not count."""
        prefix, cookies = self._prefix, request.cookies
        return {name.removeprefix(prefix): one for name, one in cookies.items() if name.startswith(prefix)}


def _page(show: Shown) -> Shown:
    """What comes of it, or why nothing does. Who only looks whether there is a page uses no link up."""

    async def answered(request: Request) -> Response:
        if request.method != "GET":
            return Response(status_code=200)
        language = _language(request)
        try:
            return await show(request)
        except Ended as ended:
            return shown(_over(ended), language=language, status=STATUS.get(ended.how, REFUSED))
        except (StoreUnavailable, DirectoryUnavailable):
            return shown(_over(Ended("unavailable")), language=language, status=503)

    return answered


def _language(request: Request) -> str:
    return language_of(request.headers.get("accept-language"))


def _asking(asked: Asked) -> Sheet:
    """One's own address is confirmed in Slack; any other is asked about here, where its owner is, too."""
    if asked.link is None:
        line = say("connect_page.confirm", email=asked.email)
        return Sheet(say("connect_page.confirm_title"), mood="done", lines=(line, say("connect_page.close")))
    return Sheet(
        say("connect_page.mine_title"),
        lines=(
            say("connect_page.mine", email=asked.email),
            say("connect_page.mine_for", name=asked.name),
        ),
        action=Action(say("connect_page.mine_yes", name=asked.name), asked.link),
        note=say("connect_page.mine_no"),
    )


def _over(ended: Ended) -> Sheet:
    is_ours = ended.how in STATUS
    line = say(f"connect_page.{ended.how}") if is_ours else say(f"connect.refused.{ended.how}")
    return Sheet(say("connect_page.nothing_title"), mood="wrong", lines=(line,))
