"""A question to several people, as Ana asks it: her own calendar is connected, the others' are not."""

from bot.conversation.polls import Poll
from bot.conversation.state import Conversation
from bot.conversation.turns import ThreadKey
from tests.core.house import CHANNEL, House

ASKS = "<@U0BOT> Planning with <@UBEN>, <@UCHI> and <@UDEV> tomorrow afternoon, 30 min"
ASKED = ("UBEN", "UCHI", "UDEV")


async def asks_everybody(house: House) -> None:
    await house.say(ASKS)


async def talk_of(house: House) -> Conversation:
    assert house.said
    lane = ThreadKey(team="T0SLOT", channel=CHANNEL, thread=house.said.ts).lane
    return (await house.open_means().store.peek(lane)).conversations[-1]


async def poll_of(house: House) -> Poll:
    poll = (await talk_of(house)).poll
    assert poll
    return poll


def ballot(house: House, person: str) -> str:
    """What the last card in this person's direct messages says."""
    return house.dms(person)[-1]


def times_on(house: House, person: str) -> list[str]:
    """The times on the last card in this person's direct messages."""
    return [one for one in house.slack.dms(person)[-1].labels if "Jul" in one]


async def taps(house: House, person: str, label: str) -> None:
    """Press something on the last card in one's direct messages."""
    card = house.slack.dms(person)[-1]
    full = next(one for one in card.labels if label in one)
    await house.slack.press(person, card, label=full)
