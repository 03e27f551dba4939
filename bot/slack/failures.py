"""Slack's refusals, sorted by what can be done about them. They name codes only, never what was said."""

import re

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.conversation.ports import ChannelClosed, DeliveryFailed, MessageGone
from bot.slack.waiting import retry_after


class NotInstalled(SlackClientError):
    """The bot is not (any more) in this workspace."""


class TokenUnknown(SlackClientError):
    """What opens this workspace cannot be looked up just now."""


# What calling Slack may raise: its refusals, the SDK's own complaints, the network.
SLACK_ERRORS = (SlackClientError, aiohttp.ClientError, TimeoutError, OSError)

# https://docs.slack.dev/reference/methods/chat.update/#errors
GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})

# https://docs.slack.dev/reference/methods/chat.postMessage/#errors and conversations.open, chat.postEphemeral
CLOSED = frozenset(
    {
        "access_denied",
        "account_inactive",
        "cannot_dm_bot",
        "cannot_reply_to_message",
        "channel_not_found",
        "channel_type_not_supported",
        "ekm_access_denied",
        "invalid_channel",
        "is_archived",
        "is_inactive",
        "messages_tab_disabled",
        "method_not_supported_for_channel_type",
        "no_permission",
        "not_in_channel",
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_locked",
        "restricted_action_thread_only_channel",
        "team_access_not_granted",
        "thread_not_found",
        "token_revoked",
        "user_disabled",
        "user_not_found",
        "user_not_in_channel",
        "user_not_visible",
    }
)

Failure = DeliveryFailed | MessageGone | ChannelClosed


def slack_code(error: BaseException | None) -> str | None:
    """Slack's own error code (`invalid_auth`); None where it gave none, as with a plain-text answer."""
    data = getattr(getattr(error, "response", None), "data", None)
    code = data.get("error") if isinstance(data, dict) else None
    return code if isinstance(code, str) and re.fullmatch(r"\w{1,60}", code) else None


def code_of(error: BaseException) -> str:
    """Slack's error code, or the kind of error where there is none."""
    return slack_code(error) or type(error).__name__


def wait_of(error: BaseException) -> float | None:
    """The seconds Slack asks to wait, when it limits the rate."""
    response = getattr(error, "response", None)
    if isinstance(error, SlackApiError) and getattr(response, "status_code", None) == 429:
        return retry_after(getattr(response, "headers", {}))
    return None


def as_failure(error: BaseException) -> Failure:
    """What this means for a message of ours. What is not known may be tried again."""
    code = code_of(error)
    if isinstance(error, NotInstalled):
        return ChannelClosed("not_installed")
    if code in GONE:
        return MessageGone(code)
    if code in CLOSED:
        return ChannelClosed(code)
    return DeliveryFailed(code, wait_of(error))
