"""Reads that a workspace has taken the bot out. Pure. What is then deleted is decided elsewhere."""

from datetime import UTC, datetime
from typing import Any, Final

from pydantic import Field, ValidationError

from bot.conversation.turns import Uninstalled
from bot.slack.receiving import receivers
from bot.slack.wire import Wire

LEAVING: Final = ("app_uninstalled", "tokens_revoked")


class _Event(Wire):
    type: str
    tokens: dict[str, list[str]] = Field(default_factory=dict)


class _Envelope(Wire):
    event_time: int
    event: _Event


def read_leaving(body: dict[str, Any]) -> Uninstalled | None:
    """Who has left; None: nobody, only a person's own token was taken back, or it cannot be read.

    Both events come, in any order, so both mean the same: https://docs.slack.dev/reference/events/app_uninstalled
    """
    try:
        envelope = _Envelope.model_validate(body)
        at = datetime.fromtimestamp(envelope.event_time, UTC)
    except (ValidationError, ValueError, OverflowError, OSError):
        return None
    if envelope.event.type == "tokens_revoked" and not envelope.event.tokens.get("bot"):
        return None
    who = next(receivers(body), None)
    if who is None:
        return None
    team, enterprise = (None, who.enterprise) if _is_org(body) and who.enterprise else who
    return Uninstalled(
        id=f"{team or enterprise}:uninstalled:{envelope.event_time}:{envelope.event.type}",
        team=team,
        enterprise=enterprise,
        at=at,
    )


def _is_org(body: dict[str, Any]) -> bool:
    match body:
        case {"authorizations": [{"is_enterprise_install": bool(is_org)}, *_]}:
            return is_org
        case {"is_enterprise_install": bool(is_org)}:
            return is_org
        case _:
            return False
