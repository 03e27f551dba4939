"""Who is served, where, and who may press what. Each refusal has private words and leaves an audit line."""

from typing import Final, Literal

from bot.accounts.model import Rules
from bot.conversation.auditing import deed
from bot.conversation.proposals import Proposal
from bot.conversation.replies import People, Phrase, say
from bot.conversation.state import Conversation, Notice
from bot.conversation.turns import Change, Press
from bot.means import Means
from bot.scheduling.commands import CreateBooking
from bot.scheduling.errors import DirectoryUnavailable, UnknownPerson
from bot.scheduling.model import Booking, Person, Value
from bot.scheduling.ports import Directory
from bot.skills.common.desk import Desk, Place
from intents.frames import Frame

# What those may ask who are no members, where an admin lets them book what anybody on the web may.
VISITORS_MAY: Final = frozenset(
    {
        "book",
        "find_slots",
        "greeting",
        "help",
        "more",
        "no",
        "not_understood",
        "pick",
        "refine",
        "stop",
        "why",
        "yes",
    }
)

DIRECT: Final = "D"  # what is answered to the person alone, wherever they are, is so as in a direct message

Why = Literal["guest", "stranger", "bot", "gone", "channel", "visitor", "not_yours", "stale"]


class Refusal(Value):
    """Why somebody is not served: for the audit log, and in words for them alone."""

    why: Why
    words: Phrase


STALE: Final = Refusal(why="stale", words=say("press.stale"))  # nothing here is of that id


async def who_is(person_id: str, directory: Directory, *, is_sure: bool = False) -> Person:
    """The person of this id; somebody who is not served when Slack does not say.

    `is_sure`: raises DirectoryUnavailable instead, when Slack says nothing at all just now.
    """
    try:
        return await directory.person(person_id)
    except UnknownPerson:
        return unknown_person(person_id)
    except DirectoryUnavailable:
        if is_sure:
            raise
        return unknown_person(person_id)


async def desk_of(conversation: Conversation, means: Means) -> Desk:
    """The desk of a conversation's owner. What they approved counts, known to Slack just now or not."""
    owner = await who_is(conversation.owner, means.directory)
    if owner.standing == "gone":
        owner = owner.model_copy(update={"zone": conversation.zone, "locale": conversation.language})
    in_dm = conversation.channel.startswith("D")
    place = Place(conversation.channel, conversation.reply_to, in_dm, conversation.hears_replies)
    return await means.desk(owner, place)


def unknown_person(person_id: str) -> Person:
    """Somebody of whom nothing is known but the id."""
    return Person(id=person_id, name="", standing="gone")


def seen(person: Person, team: str | None, our_team: str) -> Person:
    """A copy that is a stranger where Slack says that they are of another organisation (`team`)."""
    if person.standing != "member" or team in (None, "", our_team):
        return person
    return person.model_copy(update={"standing": "stranger", "is_admin": False})


def refused(person: Person, rules: Rules, channel: str) -> Refusal | None:
    """Why this person is not served there at all. The channels that an admin named are no direct messages."""
    match person.standing:
        case "gone":
            return Refusal(why="gone", words=say("refuse.who"))
        case "bot":
            return Refusal(why="bot", words=say("refuse.guest"))
        case "guest" | "stranger" if rules.guests == "nothing":
            return Refusal(why=person.standing, words=say(f"refuse.{person.standing}"))
    if is_closed(channel, rules):
        return Refusal(why="channel", words=say("refuse.channel"))
    return None


def is_closed(channel: str, rules: Rules) -> bool:
    """Whether the bot may not answer in this channel."""
    return bool(rules.channels) and not channel.startswith("D") and channel not in rules.channels


def may_ask(person: Person, frame: Frame) -> bool:
    """Whether it is for them: visitors book and look for times, and nothing else."""
    return not person.is_visitor or frame.kind in VISITORS_MAY


def barred(press: Press, conversation: Conversation, person: Person) -> Refusal | None:
    """Why this person may not press that. A booking may be changed by everybody who takes part in it."""
    if person.is_visitor and isinstance(press.choice, Change):
        return Refusal(why="visitor", words=say("refuse.visitor"))
    if conversation.owner == press.person:
        return None
    booking = made_by(press, conversation)
    if booking and person.email and booking.involves(person.email):
        return None
    return Refusal(why="not_yours", words=say("press.not_yours", who=People(ids=(conversation.owner,))))


def unapprovable(proposal: Proposal, person: Person) -> Refusal | None:
    """Why they may not approve it, though it is theirs: visitors book public kinds of meetings alone."""
    is_public = isinstance(proposal.command, CreateBooking) and proposal.calendar.as_visitor
    return (
        Refusal(why="visitor", words=say("refuse.visitor")) if person.is_visitor and not is_public else None
    )


def made_by(press: Press, conversation: Conversation) -> Booking | None:
    """The booking that came of the proposal that a press names, or that the card pressed is of."""
    if not isinstance(press.choice, Change):
        return None
    if isinstance(conversation.plan, Notice):
        return None if conversation.plan.is_out else conversation.plan.booking
    proposal = conversation.proposal(press.choice.proposal_id)
    return proposal.booking if proposal else None


async def noted_refusal(why: str, person_id: str, team: str, means: Means) -> None:
    """Leave word of it in the audit log."""
    await means.audit.note(deed("refused", team=team, person=person_id, at=means.clock(), why=why))
