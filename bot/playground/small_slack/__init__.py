"""A small Slack: the Web API methods that the bot calls, signed events and interactions, all in memory."""

from bot.playground.small_slack.courier import Delivery
from bot.playground.small_slack.model import (
    Answer,
    Call,
    Chosen,
    Message,
    Refused,
    Room,
    State,
    Submitted,
    View,
)
from bot.playground.small_slack.oauth import SlackClient
from bot.playground.small_slack.site import SlackSite
from bot.playground.small_slack.small_slack import SmallSlack
from bot.playground.small_slack.workspace import Change

__all__ = [
    "Answer",
    "Call",
    "Change",
    "Chosen",
    "Delivery",
    "Message",
    "Refused",
    "Room",
    "SlackClient",
    "SlackSite",
    "SmallSlack",
    "State",
    "Submitted",
    "View",
]
