"""The workspaces that there are, and the pages on which one is in them."""

from typing import Any, NamedTuple

from bot.playground.small_slack import SmallSlack


class Door(NamedTuple):
    """A workspace's name, and where its page is."""

    name: str
    href: str


def workspace_seen(slack: SmallSlack, doors: tuple[Door, ...]) -> dict[str, Any]:
    """What the page is told of its own workspace, and of the others."""
    return {
        "id": slack.world.team,
        "name": slack.world.name,
        "has_bot": slack.is_installed,
        "doors": [one._asdict() for one in doors if one.name != slack.world.name],
    }
