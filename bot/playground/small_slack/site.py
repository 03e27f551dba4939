"""The small Slack of several workspaces: one Web API for all of them, and the page that lets an app in."""

from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route

from bot.playground.consent import Choice, consent, refused, viewer_of
from bot.playground.small_slack.model import Call, Json, Refused
from bot.playground.small_slack.oauth import OAuth, Place, SlackClient
from bot.playground.small_slack.small_slack import SmallSlack
from bot.playground.small_slack.tokens import Tokens
from bot.playground.small_slack.trouble import Trouble
from bot.playground.small_slack.web_api import WebApi, arguments, token_of
from bot.playground.world import Citizen, World


class SlackSite:
    """Serve `app` at `url`: the Web API is under `…/api/`, the page under `…/oauth/v2/authorize`.

    Each workspace is a `SmallSlack` with a signing secret and an `events_url` of its own, the app's own.
    A workspace made with `bot_token=None` has the bot only after somebody has allowed it in. Those of one
    organisation (`World.enterprise`) can be given the bot together.
    """

    def __init__(
        self, client: SlackClient, *, url: str, clock: Callable[[], datetime], signing_secret: str
    ) -> None:
        self.url = url
        self.oauth = OAuth(client, clock)
        self.trouble = Trouble()  # of oauth.v2.access and apps.uninstall
        self.calls: deque[Call] = deque(maxlen=1000)
        self.pages: dict[str, str] = {}  # where one looks at each workspace
        self._clock = clock
        self._secret = signing_secret
        self._slacks: dict[str, SmallSlack] = {}
        self._orgs: dict[str, Tokens] = {}
        self._own = WebApi(
            {},
            lambda name, args: {},
            check=lambda token: None,
            trouble=self.trouble,
            calls=self.calls,
            open_methods={"oauth.v2.access": self.oauth.access},
            scopes=tuple,
        )

    def add(self, world: World, *, bot_token: str | None = None) -> SmallSlack:
        """Another workspace; without a token it does not have the bot yet."""
        slack = SmallSlack(world, signing_secret=self._secret, bot_token=bot_token, clock=self._clock)
        slack.public_url = f"{self.url}/{world.team}"
        self._slacks[world.team] = slack
        self.oauth.places[world.team] = Place(world, slack.tokens)
        if world.enterprise:
            self._orgs.setdefault(world.enterprise, Tokens(self._clock))
            slack.keyring.of_org = self._orgs[world.enterprise]
            self.oauth.places[world.enterprise] = Place(world, self._orgs[world.enterprise], is_org=True)
        return slack

    def slack(self, team: str) -> SmallSlack:
        """The workspace of this id. Raises KeyError."""
        return self._slacks[team]

    @property
    def slacks(self) -> tuple[SmallSlack, ...]:
        """All of them."""
        return tuple(self._slacks.values())

    @property
    def app(self) -> Starlette:
        """The ASGI app. To be asked for when all workspaces are there."""
        routes = [
            Route("/api/apps.uninstall", self._uninstall, methods=["GET", "POST"]),
            Route("/api/auth.teams.list", self._list_teams, methods=["GET", "POST"]),
            Route("/api/{method}", self._call, methods=["GET", "POST"]),
            Route("/app_redirect", self._open, methods=["GET"]),
            Route("/oauth/v2/authorize", self._ask, methods=["GET"]),
            Route("/oauth/v2/authorize", self._decide, methods=["POST"]),
            *(Mount(f"/{team}", slack.app) for team, slack in self._slacks.items()),
        ]
        return Starlette(routes=routes)

    async def close(self) -> None:
        """End deliveries; close the HTTP clients."""
        for slack in self.slacks:
            await slack.close()

    # The Web API

    async def _call(self, request: Request) -> Response:
        args = await arguments(request)
        method, token = request.path_params["method"], token_of(request, args)
        slack = self._meant(token, args)
        return await (slack.api if slack else self._own).answered(method, args, token)

    async def _list_teams(self, request: Request) -> Response:
        """`auth.teams.list`: the workspaces that a token opens."""
        args = await arguments(request)
        token = token_of(request, args)
        known = [one for one in self.slacks if one.keyring.knows(token)]

        def listed() -> Json:
            if not known:
                raise Refused("invalid_auth")
            known[0].keyring.check(token)
            return {"teams": [{"id": one.world.team, "name": one.world.name} for one in known]}

        return await self._own.answered_by("auth.teams.list", args, listed)

    async def _uninstall(self, request: Request) -> Response:
        """`apps.uninstall`: every token of the workspace dies, and the app is told."""
        args = await arguments(request)
        slack = self._meant(token_of(request, args), args)
        answer = await self._own.answered_by(
            "apps.uninstall", args, lambda: self._checked(slack, request, args)
        )
        if slack is not None and self.calls[-1].answer["ok"]:
            slack.uninstall_later()
        return answer

    def _checked(self, slack: SmallSlack | None, request: Request, args: Json) -> Json:
        self.oauth.check_secret(args)
        if slack is None:
            raise Refused("invalid_auth")
        slack.keyring.check(token_of(request, args))
        return {}

    def _meant(self, token: str, args: Json) -> SmallSlack | None:
        """The workspace of this token; of an organisation's, the one that the arguments speak of."""
        known = [one for one in self.slacks if one.keyring.knows(token)]
        return next((one for one in known if is_meant(one, args)), known[0] if known else None)

    # The page

    async def _ask(self, request: Request) -> Response:
        asked = dict(request.query_params)
        try:
            self.oauth.check(asked)
        except Refused as error:
            return refused("Slack", f"Something is wrong with what the app asks for: {error.error}")
        return consent(
            "The app wants to be added to Slack",
            "It will be able to",
            wants=asked["scope"].replace(" ", ",").split(","),
            choices=(self._as_whom(viewer_of(request)),),
            asked=asked,
        )

    async def _open(self, request: Request) -> Response:
        """Where a link into a workspace leads."""
        return RedirectResponse(self.pages.get(request.query_params.get("team", ""), "/"), 303)

    async def _decide(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
        try:
            return RedirectResponse(self._decided(form), 303)
        except (Refused, KeyError, ValueError):
            return refused("Slack", "Something is wrong with what was sent.")

    def _decided(self, form: Mapping[str, str]) -> str:
        if form.get("decision") != "allow":
            return self.oauth.refuse(form)
        key, person = form["as"].split("/")
        if not may_install(self.oauth.places[key].world.citizen(person)):
            raise ValueError("guests install nothing")
        return self.oauth.allow(form, key, person)

    def _as_whom(self, viewer: str) -> Choice:
        people = self._people()
        likely = next((value for value, _ in people if value.endswith(f"/{viewer}")), "")
        return Choice("as", "As whom, and where", people, likely)

    def _people(self) -> list[tuple[str, str]]:
        return [
            (f"{key}/{one.id}", f"{one.name} — {place.world.name}{' (all of it)' if place.is_org else ''}")
            for key, place in self.oauth.places.items()
            for one in sorted(place.world.person, key=lambda one: not one.admin)
            if may_install(one)
        ]


def may_install(person: Citizen) -> bool:
    """Whether Slack lets this person add an app."""
    return person.standing == "member"


def is_meant(slack: SmallSlack, args: Json) -> bool:
    """Whether the arguments of a call speak of this workspace, its channels or its people."""
    if args.get("team_id"):
        return bool(args["team_id"] == slack.world.team)
    people = {one.id for one in slack.world.person}
    named = {args.get("channel"), args.get("user"), args.get("user_id"), args.get("users")}
    return bool(named & (people | {room.id for room in slack.rooms}))
