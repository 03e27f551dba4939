"""/organizations: the teams of an organization and what can be booked with them. The hosted service only.

The id is `organization_id` of GET /me. What is not the account's own needs a role in the organization.
"""

from bot.calcom.endpoints.event_type_answers import EventTypeRecord
from bot.calcom.endpoints.event_type_requests import Order
from bot.calcom.endpoints.event_types import read_event_types
from bot.calcom.endpoints.pages import Page
from bot.calcom.endpoints.teams import (
    FindTeamEventTypes,
    Membership,
    Team,
    read_memberships,
    read_teams,
)
from bot.calcom.transport.client import CalcomClient


class SortedPage(Page):
    """Which page, and whether the oldest or the newest come first."""

    sort_created_at: Order | None = None


class OrganizationsEndpoints:
    """An organization's teams, members and event types."""

    def __init__(self, client: CalcomClient) -> None:
        self._client = client

    async def teams(self, organization_id: int, page: Page | None = None) -> tuple[Team, ...]:
        """GET /organizations/{id}/teams: all, for those who may see them."""
        return await self._client.read(
            "/organizations/{organization_id}/teams", read_teams, params=page, organization_id=organization_id
        )

    async def my_teams(self, organization_id: int, page: Page | None = None) -> tuple[Team, ...]:
        """GET /organizations/{id}/teams/me: those that the account is in."""
        template = "/organizations/{organization_id}/teams/me"
        return await self._client.read(template, read_teams, params=page, organization_id=organization_id)

    async def memberships(self, organization_id: int, page: Page | None = None) -> tuple[Membership, ...]:
        """GET /organizations/{id}/memberships."""
        template = "/organizations/{organization_id}/memberships"
        return await self._client.read(
            template, read_memberships, params=page, organization_id=organization_id
        )

    async def event_types(
        self, organization_id: int, page: SortedPage | None = None
    ) -> tuple[EventTypeRecord, ...]:
        """GET /organizations/{id}/teams/event-types: of all its teams."""
        template = "/organizations/{organization_id}/teams/event-types"
        return await self._client.read(
            template, read_event_types, params=page, organization_id=organization_id
        )

    async def team_event_types(
        self, organization_id: int, team_id: int, wanted: FindTeamEventTypes | None = None
    ) -> tuple[EventTypeRecord, ...]:
        """GET /organizations/{id}/teams/{id}/event-types."""
        return await self._client.read(
            "/organizations/{organization_id}/teams/{team_id}/event-types",
            read_event_types,
            params=wanted,
            organization_id=organization_id,
            team_id=team_id,
        )
