"""A small Cal.com on loopback: the v2 endpoints that the bot calls, as strict as the real ones."""

from bot.playground.small_calcom.oauth import CalcomClient
from bot.playground.small_calcom.records import Booking, EventType, Participant, Request
from bot.playground.small_calcom.refusals import Refusal
from bot.playground.small_calcom.small import SmallCalcom
from bot.playground.small_calcom.trouble import Trouble
from bot.playground.small_calcom.weeks import Entry

__all__ = [
    "Booking",
    "CalcomClient",
    "Entry",
    "EventType",
    "Participant",
    "Refusal",
    "Request",
    "SmallCalcom",
    "Trouble",
]
