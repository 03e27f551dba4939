"""OAuth for other people's apps: the page on which a person says yes, the tokens, and who is asking."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route as Page

from bot.playground.consent import Choice, consent, refused, viewer_of
from bot.playground.small_calcom.calls import Call
from bot.playground.small_calcom.endpoints.answering import Answer, Route, success
from bot.playground.small_calcom.oauth import OAuth, OAuthRefusal
from bot.playground.small_calcom.refusals import Refusal
from bot.playground.small_calcom.store import Store

AUTHORIZE = "/auth/oauth2/authorize"


class OAuthEndpoints:
    """Answers /v2/auth/oauth2 and /auth/oauth2."""

    def __init__(self, store: Store, oauth: OAuth) -> None:
        self._store = store
        self._oauth = oauth

    def routes(self) -> list[Route]:
        """Method, path and what answers it."""
        return [
            ("POST", "/v2/auth/oauth2/token", self.tokens),
            ("GET", "/v2/auth/oauth2/clients/{client_id}", self.client),
        ]

    def pages(self) -> list[Page]:
        """What a browser is shown."""
        return [
            Page(AUTHORIZE, self.ask, methods=["GET"]),
            Page(AUTHORIZE, self.decide, methods=["POST"]),
        ]

    async def tokens(self, call: Call) -> Answer:
        """Exchange a code, or a refresh token; not wrapped."""
        return 200, self._oauth.tokens(call.fields)

    async def client(self, call: Call, client_id: str) -> Answer:
        """Who asks, for the page."""
        found = self._oauth.client(client_id)
        if found is None:
            raise Refusal(404, f"OAuth client with ID '{client_id}' not found")
        told: dict[str, Any] = {
            "client_id": found.id,
            "redirect_uri": found.redirect_urls[0],
            "redirect_uris": list(found.redirect_urls),
            "name": found.name,
            "logo": None,
            "is_trusted": False,
            "client_type": "PUBLIC" if found.secret is None else "CONFIDENTIAL",
        }
        return success(told)

    async def ask(self, request: Request) -> Response:
        """Show what is asked for, and to whom."""
        asked = dict(request.query_params)
        try:
            client = self._oauth.check(asked)
        except OAuthRefusal as error:
            return refused("Cal.com", error.message)
        people = [(one.person_id, f"{one.name} ({one.email})") for one in self._store.accounts]
        return consent(
            f"{client.name} wants to use your Cal.com account",
            "It will be able to",
            wants=asked.get("scope", "").replace(",", " ").split(),
            choices=(Choice("account", "Signed in as", people, viewer_of(request)),),
            asked=asked,
        )

    async def decide(self, request: Request) -> Response:
        """Send the browser back with what was decided."""
        form = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
        try:
            return RedirectResponse(self._decided(form), 303)
        except (OAuthRefusal, KeyError):
            return refused("Cal.com", "Something is wrong with what was sent.")

    def _decided(self, form: Mapping[str, str]) -> str:
        if form.get("decision") != "allow":
            return self._oauth.refuse(form)
        return self._oauth.allow(form, self._store.account_of(form["account"]))
