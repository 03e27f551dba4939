"""The one team of the hosted mode, in the one organization, with an event type of each kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.playground.small_calcom.records import Account

ORGANIZATION_ID, TEAM_ID = 1, 2


@dataclass(frozen=True)
class Team:
    """Everybody with an account; the first of them owns it."""

    id: int
    organization_id: int
    name: str
    slug: str
    members: tuple[Account, ...]


def team_of(accounts: Sequence[Account]) -> Team:
    """The team of all these people."""
    return Team(TEAM_ID, ORGANIZATION_ID, "Sales", "sales", tuple(accounts))


def team_event_types(team: Team) -> tuple[dict[str, Any], ...]:
    """What can be booked with the team, as fields of `EventType`: by turns, and two together."""
    turns = {"scheduling": "roundRobin", "hosts": team.members}
    together = {"scheduling": "collective", "hosts": team.members[:2]}
    return (
        {**turns, "team_id": team.id, "slug": "first-call", "title": "First call", "minutes": 30},
        {**together, "team_id": team.id, "slug": "both-of-us", "title": "Both of us", "minutes": 45},
    )
