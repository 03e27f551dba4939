"""A question to several people, put into a talk of Ana's as the skill puts it."""

from collections.abc import Sequence

from bot.conversation.polls import Poll, PollTime
from bot.conversation.replies import Button, Card, Moment, say
from bot.conversation.state import Conversation
from bot.conversation.turns import Approve, ThreadKey
from tests.core.house import CHANNEL, House

ASKS = "<@U0BOT> 30 min with <@UBEN>, <@UCHI> and <@UDEV> tomorrow afternoon"
ASKED = ("UBEN", "UCHI", "UDEV")


def lane_of(house: House) -> str:
    assert house.said
    return ThreadKey(team="T0SLOT", channel=CHANNEL, thread=house.said.ts).lane


def polling(talk: Conversation, people: Sequence[str] = ASKED) -> Conversation:
    """The same talk, in which these people are asked which of the times suit them."""
    assert talk.proposals
    lines = tuple(
        say("offer.time", number=n, span=str(one.slot.start)) for n, one in enumerate(talk.proposals, 1)
    )
    times = tuple(
        PollTime(id=f"time-{place}", slot=one.slot, place=place + 1, line=lines[place])
        for place, one in enumerate(talk.proposals)
    )
    buttons = tuple(
        Button(label=say("button.book", time=Moment(at=one.slot.start)), choice=Approve(proposal_id=one.id))
        for one in talk.proposals
    )
    poll = Poll(
        id=f"poll-{talk.id}",
        people=tuple(people),
        times=times,
        of=len(people),
        card=Card(lines=(say("ask.who"), *lines), buttons=buttons),
        title="Planning",
        minutes=30,
        until=talk.proposals[-1].slot.start,
    )
    return talk.changed(poll=poll)


async def asks_everybody(house: House) -> None:
    """Ana asks; then her talk asks the others, and anything at all makes the bot look."""
    await house.say(ASKS)
    await house.work()
    async with house.open_means().store.open(lane_of(house)) as session:
        talk = session.state.conversations[-1]
        if talk.poll is None:
            await session.save(session.state.replacing(polling(talk)))
    await house.say("<@U0BOT> hello")


async def talk_of(house: House) -> Conversation:
    return (await house.open_means().store.peek(lane_of(house))).conversations[-1]


async def poll_of(house: House) -> Poll:
    poll = (await talk_of(house)).poll
    assert poll
    return poll


def ballot(house: House, person: str) -> str:
    """What the last card in this person's direct messages says."""
    return house.dms(person)[-1]


async def taps(house: House, person: str, label: str) -> None:
    """Press something on the last card in one's direct messages."""
    card = house.slack.dms(person)[-1]
    full = next(one for one in card.labels if label in one)
    await house.slack.press(person, card, label=full)


def organisers_card(house: House) -> str:
    return next(text for text in house.texts() if "Book" in text or "*Booked:*" in text or "ropped" in text)
