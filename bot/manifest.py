"""The Slack app manifest: what a workspace must know about this bot to install it, with the least scopes."""

from collections.abc import Sequence
from typing import Any

EVENTS_PATH = "/slack/events"
REDIRECT_PATH = "/slack/oauth_redirect"

SCOPES = (
    "app_mentions:read",  # hear a mention in a channel
    "assistant:write",  # comes with agent_view
    "chat:write",  # answer
    "commands",  # the slash command
    "files:write",  # hand over what is kept, and the audit log, to who may have them
    "im:history",  # hear a direct message
    "im:write",  # open one, to tell of a booking
    "usergroups:read",  # who is in @design
    "users:read",  # names and time zones
    "users:read.email",  # whom to invite; Cal.com knows people by address
)

# Following a channel's thread without a mention needs its history; a workspace may say no to these alone.
# So does it for links: without these two what a booking page offers is not shown under it.
OPTIONAL_SCOPES = ("channels:history", "groups:history", "links:read", "links:write", "mpim:history")

EVENTS = (
    "agent_session_stopped",  # without it Slack shows no button to stop what takes long
    "app_home_opened",
    "app_mention",
    "app_uninstalled",  # all of the workspace is then deleted
    "link_shared",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
    "tokens_revoked",
)

SITES = ("cal.com",)  # those under it count, too
MOST_SITES = 5

DESCRIPTION = "Finds times, books, moves and cancels Cal.com meetings from Slack."

LONG_DESCRIPTION = (
    "Finds times and books, moves or cancels meetings through Cal.com without leaving Slack. Mention it in a "
    "channel, message it directly or use its command. It shows what it is about to do and asks before it "
    "changes a calendar. In channels it answers what is addressed to it and, if you allow it, what is said "
    "in threads in which its own question is open; it keeps nothing else."
)

# What stands in the menu of a message, and beside the composer; the latter is called as the form it opens.
SHORTCUTS = (
    ("message", "schedule_this", "Schedule this", "Find a time for what this message is about"),
    ("global", "book.new", "Book a meeting", "Say with whom and when, in a form"),
)

PROMPTS = (
    ("Book a meeting", "Book 30 minutes tomorrow afternoon"),
    ("See today", "What meetings do I have today?"),
    ("Move a meeting", "Move my next meeting"),
    ("Cancel a meeting", "Cancel my next meeting"),
)


def manifest(
    *,
    url: str | None,
    command: str = "/meet",
    name: str = "Slotwise",
    socket: bool = False,
    several: bool = False,
    sites: Sequence[str] = SITES,
) -> dict[str, Any]:
    """Describe the app. `url` is where Slack reaches the bot; Socket Mode needs none.

    `several`: workspaces install it by link, or an organisation does for all of its own. `sites`: where
    booking pages are, of which Slack tells the bot; five at most.
    """
    if (url is None and not socket) or (several and socket):
        raise ValueError("a manifest for HTTP needs the address of the bot, and so does one for several")
    base = str(url).rstrip("/")
    events_url = None if socket else f"{base}{EVENTS_PATH}"
    redirects = {"redirect_urls": [f"{base}{REDIRECT_PATH}"]} if several else {}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": name,
            "description": DESCRIPTION,
            "long_description": LONG_DESCRIPTION,
            "background_color": "#1f2a44",
        },
        "features": _features(name, command, events_url) | {"unfurl_domains": list(sites)},
        "oauth_config": {
            **redirects,
            "scopes": {"bot": list(SCOPES), "bot_optional": list(OPTIONAL_SCOPES)},
        },
        "settings": _settings(events_url, several),
    }


def _features(name: str, command: str, events_url: str | None) -> dict[str, Any]:
    return {
        "agent_view": {
            "agent_description": f"{DESCRIPTION} Asks before it changes anything.",
            "suggested_prompts": [{"title": title, "message": message} for title, message in PROMPTS],
        },
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": name.lower(), "always_online": True},
        "shortcuts": [
            {"type": kind, "callback_id": called, "name": title, "description": description}
            for kind, called, title, description in SHORTCUTS
        ],
        "slash_commands": [
            {
                "command": command,
                "description": "Book, find, move, cancel or answer meetings",
                "usage_hint": "30 min with @ana tomorrow | book | today | move | cancel | accept | help",
                "should_escape": True,  # people arrive as <@U…>, not as names to guess by
                **_at("url", events_url),
            }
        ],
    }


def _settings(events_url: str | None, several: bool) -> dict[str, Any]:
    return {
        "event_subscriptions": {**_at("request_url", events_url), "bot_events": list(EVENTS)},
        "interactivity": {
            "is_enabled": True,
            **_at("request_url", events_url),
            **_at("message_menu_options_url", events_url),
        },
        "org_deploy_enabled": several,
        "socket_mode_enabled": events_url is None,
        "token_rotation_enabled": several,  # a rotated token cannot be given as a setting
    }


def _at(field: str, url: str | None) -> dict[str, str]:
    return {field: url} if url else {}
