"""The small Slack's OAuth: who allows the app in, codes that are good once, and what they are exchanged for.

Shapes and words: https://docs.slack.dev/reference/methods/oauth.v2.access and
https://docs.slack.dev/authentication/using-token-rotation
"""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from bot.playground.small_slack.model import Json, Kept, Refused
from bot.playground.small_slack.people import APP_ID
from bot.playground.small_slack.tokens import LIFE, Tokens
from bot.playground.world import World

CODE_LIFE = timedelta(minutes=10)


class SlackClient(Kept):
    """The app as Slack knows it. `rotates`: its tokens run out after twelve hours."""

    id: str = "1111111111.2222222222"
    secret: str
    redirect_urls: tuple[str, ...]
    rotates: bool = False


class Place(NamedTuple):
    """Where the app can be let in: a workspace, or (`is_org`) the organisation that it belongs to."""

    world: World
    tokens: Tokens
    is_org: bool = False

    @property
    def key(self) -> str:
        """The id of the workspace or the organisation."""
        return (self.world.enterprise if self.is_org else None) or self.world.team


class Code(NamedTuple):
    """What a code stands for."""

    place: Place
    person: str
    scopes: tuple[str, ...]
    redirect_url: str
    until: datetime


class OAuth:
    """`places`: by id. `refreshes` counts by place how often a token was renewed."""

    def __init__(self, client: SlackClient, clock: Callable[[], datetime]) -> None:
        self.client = client
        self.places: dict[str, Place] = {}
        self.refreshes: dict[str, int] = {}
        self._clock = clock
        self._codes: dict[str, Code] = {}

    def check(self, asked: Mapping[str, str]) -> None:
        """Whether this may be asked at all. Raises Refused: such people are sent nowhere."""
        if asked.get("client_id") != self.client.id:
            raise Refused("invalid_client_id")
        if not asked.get("scope"):
            raise Refused("invalid_scope")
        if self._redirect(asked) not in self.client.redirect_urls:
            raise Refused("bad_redirect_uri")

    def allow(self, asked: Mapping[str, str], key: str, person: str) -> str:
        """They said yes: where their browser goes next. Raises Refused; KeyError for no such place."""
        self.check(asked)
        scopes = tuple(one for one in asked["scope"].replace(" ", ",").split(",") if one)
        code, until = secrets.token_hex(16), self._clock() + CODE_LIFE
        self._codes[code] = Code(self.places[key], person, scopes, self._redirect(asked), until)
        return self._back(asked, code=code)

    def refuse(self, asked: Mapping[str, str]) -> str:
        """They said no: where their browser goes next. Raises Refused."""
        self.check(asked)
        return self._back(asked, error="access_denied")

    def access(self, args: Json) -> Json:
        """`oauth.v2.access`. Raises Refused."""
        self._check_client(args)
        match args.get("grant_type", "authorization_code"):
            case "authorization_code":
                return self._exchanged(args)
            case "refresh_token":
                return self._renewed(args)
        raise Refused("invalid_grant_type")

    def check_secret(self, args: Json) -> None:
        """The app itself is asking. Raises Refused."""
        self._check_client(args)

    def _check_client(self, args: Json) -> None:
        if args.get("client_id") != self.client.id:
            raise Refused("invalid_client_id")
        if args.get("client_secret") != self.client.secret:
            raise Refused("bad_client_secret")

    def _exchanged(self, args: Json) -> Json:
        code = self._codes.pop(str(args.get("code", "")), None)
        if code is None or self._clock() > code.until:
            raise Refused("invalid_code")
        if args.get("redirect_uri", self.client.redirect_urls[0]) != code.redirect_url:
            raise Refused("bad_redirect_uri")
        answer = _installed(code.place, code.scopes) | {"authed_user": {"id": code.person}}
        if not self.client.rotates:
            return answer | {"access_token": code.place.tokens.give()}
        return answer | _rotating(*code.place.tokens.give_rotating())

    def _renewed(self, args: Json) -> Json:
        refresh = str(args.get("refresh_token", ""))
        for key, place in self.places.items():
            if pair := place.tokens.renew(refresh):
                self.refreshes[key] = self.refreshes.get(key, 0) + 1
                return _installed(place, ()) | _rotating(*pair)
        raise Refused("invalid_refresh_token")

    def _redirect(self, asked: Mapping[str, str]) -> str:
        return asked.get("redirect_uri") or self.client.redirect_urls[0]

    def _back(self, asked: Mapping[str, str], **said: str) -> str:
        state = {"state": asked["state"]} if asked.get("state") else {"state": ""}
        return f"{self._redirect(asked)}?{urlencode(said | state)}"


def _installed(place: Place, scopes: tuple[str, ...]) -> Json:
    world = place.world
    enterprise = {"id": world.enterprise, "name": f"{world.name} (all)"} if world.enterprise else None
    return {
        "token_type": "bot",
        "scope": ",".join(scopes),
        "bot_user_id": world.bot.user,
        "app_id": APP_ID,
        "team": None if place.is_org else {"id": world.team, "name": world.name},
        "enterprise": enterprise,
        "is_enterprise_install": place.is_org,
    }


def _rotating(token: str, refresh: str) -> Json:
    return {"access_token": token, "refresh_token": refresh, "expires_in": int(LIFE.total_seconds())}
