"""For which workspace a delivery is: in a channel shared with others, the one that receives it, not the
speaker's. Pure."""

from collections.abc import Iterator
from typing import Any, NamedTuple


class Receiver(NamedTuple):
    """A workspace, an organisation that has the bot in all of its own, or both."""

    team: str | None
    enterprise: str | None = None


def receivers(body: dict[str, Any]) -> Iterator[Receiver]:
    """Who may be meant, the likeliest first. A workspace never comes with another's organisation."""
    found = _of_event(body) if "event" in body else _of_interaction(body)
    return (_placed(*one) for one in dict.fromkeys(found) if any(one))


def _of_event(body: dict[str, Any]) -> Iterator[Receiver]:
    """https://docs.slack.dev/apis/events-api/#authorizations: one installation that may see the event."""
    listed = body.get("authorizations")
    first = listed[0] if isinstance(listed, list) and listed else None
    told = first if isinstance(first, dict) else {}
    team = _id(told.get("team_id")) or _id(body.get("context_team_id")) or _id(body.get("team_id"))
    enterprise = (
        _id(told.get("enterprise_id"))
        or _id(body.get("context_enterprise_id"))
        or (None if told else _id(body.get("enterprise_id")))
    )
    yield Receiver(team, enterprise)


def _of_interaction(body: dict[str, Any]) -> Iterator[Receiver]:
    """A press, a form, a command: `team` and `user` are of whoever acted, a message of ours is of ours."""
    yield Receiver(_id(_part(body, "view").get("app_installed_team_id")))
    yield Receiver(_id(_part(body, "message").get("team")))
    team, enterprise = (
        _part(body, "team"),
        _id(_part(body, "enterprise").get("id")) or _id(body.get("enterprise_id")),
    )
    home = _id(team.get("id")) or _id(body.get("team_id")) or _id(_part(body, "user").get("team_id"))
    yield Receiver(home, enterprise or _id(team.get("enterprise_id")))


def _placed(team: str | None, enterprise: str | None) -> Receiver:
    """An organisation's id in a workspace's place is set right."""
    return Receiver(None, team) if team and team.startswith("E") else Receiver(team, enterprise)


def _part(body: dict[str, Any], name: str) -> dict[str, Any]:
    part = body.get(name)
    return part if isinstance(part, dict) else {}


def _id(value: object) -> str | None:
    return value if isinstance(value, str) and value.isascii() and value.isalnum() else None
