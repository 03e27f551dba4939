"""The JSON of teams, their members and their event types."""

from typing import Any

from bot.playground.small_calcom import kind_shapes
from bot.playground.small_calcom.records import Account, EventType
from bot.playground.small_calcom.teams import Team

NO_LOOKS = dict.fromkeys(("bannerUrl", "logoUrl", "brandColor", "darkBrandColor", "theme"), "")


def team(one: Team) -> dict[str, Any]:
    """GET /teams/{id}."""
    return {
        "id": one.id,
        "parentId": one.organization_id,
        "name": one.name,
        "slug": one.slug,
        "isOrganization": False,
        "isPrivate": False,
        "hideBookATeamMember": False,
        "hideBranding": False,
        "metadata": {},
        "timeZone": one.members[0].zone,
        "weekStart": "Monday",
    }


def membership(one: Team, account: Account) -> dict[str, Any]:
    """One of GET /teams/{id}/memberships."""
    return {
        "id": one.members.index(account) + 1,
        "userId": account.id,
        "teamId": one.id,
        "accepted": True,
        "role": "OWNER" if account == one.members[0] else "MEMBER",
        "disableImpersonation": False,
        "user": {"username": account.username, "name": account.name, "email": account.email, "metadata": {}},
    }


def event_type(one: Team, kind: EventType, version: str, hosts_limit: int | None = None) -> dict[str, Any]:
    """One of GET /teams/{id}/event-types."""
    shown = kind_shapes.event_type(kind, version=version, with_hidden_fields=True)
    return {
        **{name: value for name, value in shown.items() if name not in ("ownerId", "users")},
        "ownerId": None,
        "teamId": one.id,
        "parentEventTypeId": None,
        "schedulingType": kind.scheduling,
        "hosts": [_host(account) for account in kind.hosts[:hosts_limit]],
        "assignAllTeamMembers": kind.hosts == one.members,
        "rescheduleWithSameRoundRobinHost": False,
        "allowRRHostChoiceOnReschedule": False,
        "team": {"id": one.id, "slug": one.slug, "name": one.name, "weekStart": "Monday", **NO_LOOKS},
        "bookingUrl": f"https://cal.example/team/{one.slug}/{kind.slug}",
    }


def _host(account: Account) -> dict[str, Any]:
    return {
        "userId": account.id,
        "name": account.name,
        "username": account.username,
        "avatarUrl": None,
        "mandatory": False,
        "priority": "medium",
    }
