"""The team and its organization: members, event types, bookings. The hosted service only."""

from typing import Any

from bot.playground.small_calcom import shapes, team_shapes
from bot.playground.small_calcom.calls import Call
from bot.playground.small_calcom.endpoints.answering import Answer, Route, need, success
from bot.playground.small_calcom.listing import skip_page
from bot.playground.small_calcom.pages import number_of, page_of
from bot.playground.small_calcom.records import EventType
from bot.playground.small_calcom.refusals import Refusal
from bot.playground.small_calcom.store import Store
from bot.playground.small_calcom.teams import Team

EVENT_TYPES = ("2024-06-14", "2024-08-13", "2024-09-04", "2026-06-12")
MOST_HOSTS = 1000


class TeamEndpoints:
    """Answers /v2/teams and /v2/organizations."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def routes(self) -> list[Route]:
        """Method, path and what answers it."""
        team, organization = "/v2/teams/{team_id}", "/v2/organizations/{organization_id}"
        return [
            ("GET", "/v2/teams", self.teams),
            ("GET", team, self.one),
            ("GET", f"{team}/memberships", self.memberships),
            ("GET", f"{team}/event-types", self.event_types),
            ("GET", f"{team}/event-types/{{event_type_id}}", self.event_type),
            ("GET", f"{team}/bookings", self.bookings),
            ("GET", f"{team}/verified-resources/emails", self.nothing_verified),
            ("GET", f"{team}/verified-resources/phones", self.nothing_verified),
            ("GET", f"{organization}/teams", self.teams),
            ("GET", f"{organization}/teams/me", self.teams),
            ("GET", f"{organization}/memberships", self.memberships),
            ("GET", f"{organization}/teams/event-types", self.event_types),
            ("GET", f"{organization}/teams/{{team_id}}/event-types", self.event_types),
        ]

    async def teams(self, call: Call, organization_id: str | None = None) -> Answer:
        """Those that the caller is in."""
        team = self._team(call, organization_id=organization_id)
        return success(list(page_of([team_shapes.team(team)], call.query)))

    async def one(self, call: Call, team_id: str) -> Answer:
        """One of them."""
        return success(team_shapes.team(self._team(call, team_id)))

    async def memberships(
        self, call: Call, team_id: str | None = None, organization_id: str | None = None
    ) -> Answer:
        """Who is in it."""
        team = self._team(call, team_id, organization_id)
        wanted = [one for one in call.query.get("emails", "").split(",") if one]
        found = [one for one in team.members if not wanted or one.email in wanted]
        return success([team_shapes.membership(team, one) for one in page_of(found, call.query)])

    async def event_types(
        self, call: Call, team_id: str | None = None, organization_id: str | None = None
    ) -> Answer:
        """What can be booked with it; no key is needed for a team's own list."""
        if team_id is not None:  # the list of a whole organization is the same in every version
            need(call, *EVENT_TYPES)
        team = self._team(call, team_id, organization_id) if call.caller else self._public(team_id)
        most = number_of(call.query, "hostsLimit", MOST_HOSTS, least=1)
        slug = call.query.get("eventSlug")
        found = [one for one in self._kinds(team) if slug is None or one.slug == slug]
        page = page_of(found, call.query)
        return success([team_shapes.event_type(team, one, call.version, most) for one in page])

    async def event_type(self, call: Call, team_id: str, event_type_id: str) -> Answer:
        """One of what can be booked with it."""
        need(call, *EVENT_TYPES)
        team = self._team(call, team_id)
        found = next((one for one in self._kinds(team) if str(one.id) == event_type_id), None)
        if found is None:
            raise Refusal(404, f"Event type with id {event_type_id} not found")
        return success(team_shapes.event_type(team, found, call.version))

    async def bookings(self, call: Call, team_id: str) -> Answer:
        """All bookings with the team; the older kind of pages, in every version."""
        team = self._team(call, team_id)
        found = [one for one in self._store.bookings.values() if one.event_type.team_id == team.id]
        page, pagination = skip_page(found, call.query, self._store.clock())
        envelope = {"data": [shapes.booking(one) for one in page], "pagination": pagination}
        return 200, {"status": "success", **envelope}

    async def nothing_verified(self, call: Call, team_id: str) -> Answer:
        """Addresses or numbers that were verified: none."""
        self._team(call, team_id)
        nothing: list[Any] = []
        return success(nothing)

    def _team(self, call: Call, team_id: str | None = None, organization_id: str | None = None) -> Team:
        """The team, if it is this one, for its members. Raises Refusal."""
        caller, team = call.known_caller, self._public(team_id)
        if organization_id is not None and organization_id != str(team.organization_id):
            raise Refusal(403, f"IsOrgGuard - provided organization id={organization_id} is not known")
        if caller not in team.members:
            raise Refusal(403, f"User is not a member of the team with id={team.id}")
        return team

    def _public(self, team_id: str | None) -> Team:
        team = self._store.team
        if team is None or (team_id is not None and team_id != str(team.id)):
            raise Refusal(404, f"Team with id={team_id} not found")
        return team

    def _kinds(self, team: Team) -> list[EventType]:
        return [one for one in self._store.event_types if one.team_id == team.id]
