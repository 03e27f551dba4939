"""Threads with something in every corner."""

from datetime import timedelta

from bot.conversation.proposals import Proposal
from bot.conversation.replies import Button, Card, Moment, Phrase, Post
from bot.conversation.state import Conversation, Meet, Outgoing
from bot.conversation.turns import Approve, MessageRef
from bot.scheduling.commands import CreateBooking
from bot.scheduling.model import Attendee, Hold, Slot
from intents.frames import Hours, Mention, When, Window, Wish
from tests.works import NOW

START = NOW + timedelta(days=1)


def conversation(id: str) -> Conversation:
    """A talk with a card of one proposal."""
    when = When(zone="Europe/Berlin", windows=(Window(start=START),), hours=(Hours(start=540, end=1020),))
    return Conversation(
        id=id,
        owner="U1",
        channel="C1",
        reply_to="1.0",
        plan=Meet(wish=Wish(who=(Mention(kind="user", value="U2"),), when=when, minutes=30)),
        proposals=(_proposal(f"{id}-p1"),),
        hold=Hold(uid="hold", until=START),
        card=MessageRef(channel="C1", ts="2.0", thread_ts="1.0"),
        said_at=NOW,
    )


def outgoing(id: str) -> Outgoing:
    """A card that is still to be posted."""
    line = Phrase(key="offer.one", values={"at": Moment(at=START), "count": 1, "title": "Müller & Søn"})
    button = Button(label=Phrase(key="button.book"), choice=Approve(proposal_id="p1"))
    return Outgoing(
        id=id, delivery=Post(channel="C1", card=Card(lines=(line,), buttons=(button,))), card_of="c1"
    )


def _proposal(id: str) -> Proposal:
    attendee = Attendee(email="ana@example.com", name="Ana", zone="Europe/Lisbon")
    command = CreateBooking(request_id="r1", event_type_id=7, start=START, attendee=attendee)
    return Proposal(id=id, command=command, slot=Slot(start=START, end=START + timedelta(minutes=30)))
