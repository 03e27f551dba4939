"""/teams: an account's teams, who is in them, what can be booked with them. The hosted service only."""

from typing import Any

from bot.calcom.endpoints.event_type_answers import EventTypeRecord
from bot.calcom.endpoints.event_type_requests import Order
from bot.calcom.endpoints.event_types import read_event_type, read_event_types
from bot.calcom.endpoints.pages import Page
from bot.calcom.models import Answered, Asked, data_of, list_of
from bot.calcom.transport.client import CalcomClient


class Team(Answered):
    """A team. `parent_id`: of the organization that it belongs to."""

    id: int
    name: str
    slug: str | None = None
    parent_id: int | None = None
    is_organization: bool = False
    is_private: bool | None = None
    time_zone: str | None = None


class Member(Answered):
    """Who a membership is about."""

    username: str | None = None
    name: str | None = None
    email: str | None = None


class Membership(Answered):
    """Somebody in a team. `role`: MEMBER, ADMIN or OWNER; until `accepted` they are only invited."""

    id: int
    user_id: int
    team_id: int
    role: str
    accepted: bool = False
    user: Member = Member()


class FindMemberships(Page):
    """Which page; whose, by their addresses."""

    emails: tuple[str, ...] | None = None


class FindTeamEventTypes(Asked):
    """Which of a team's event types. `hosts_limit`: answer at most so many hosts of each."""

    event_slug: str | None = None
    hosts_limit: int | None = None
    sort_created_at: Order | None = None


class TeamsEndpoints:
    """Teams outside of an organization, and those inside by their own id."""

    def __init__(self, client: CalcomClient) -> None:
        self._client = client

    async def list(self) -> tuple[Team, ...]:
        """GET /teams: those that the account is in."""
        return await self._client.read("/teams", read_teams)

    async def get(self, team_id: int) -> Team:
        """GET /teams/{id}."""
        return await self._client.read("/teams/{team_id}", read_team, team_id=team_id)

    async def memberships(
        self, team_id: int, wanted: FindMemberships | None = None
    ) -> tuple[Membership, ...]:
        """GET /teams/{id}/memberships."""
        return await self._client.read(
            "/teams/{team_id}/memberships", read_memberships, params=wanted, team_id=team_id
        )

    async def event_types(
        self, team_id: int, wanted: FindTeamEventTypes | None = None
    ) -> tuple[EventTypeRecord, ...]:
        """GET /teams/{id}/event-types. Managed ones are templates: only their children can be booked."""
        return await self._client.read(
            "/teams/{team_id}/event-types", read_event_types, params=wanted, team_id=team_id
        )

    async def event_type(self, team_id: int, event_type_id: int) -> EventTypeRecord:
        """GET /teams/{id}/event-types/{id}."""
        template = "/teams/{team_id}/event-types/{event_type_id}"
        return await self._client.read(
            template, read_event_type, team_id=team_id, event_type_id=event_type_id
        )


def read_team(body: Any) -> Team:
    """Read one team."""
    return Team.model_validate(data_of(body))


def read_teams(body: Any) -> tuple[Team, ...]:
    """Read a list of teams."""
    return tuple(Team.model_validate(one) for one in list_of(body))


def read_memberships(body: Any) -> tuple[Membership, ...]:
    """Read memberships; documented as a single one where there are many."""
    data = data_of(body)
    return tuple(Membership.model_validate(one) for one in (data if isinstance(data, list) else [data]))
