"""Who is served, and who may press what."""

from bot.conversation.replies import People, Phrase, say
from bot.conversation.state import Conversation
from bot.conversation.turns import Change, Press
from bot.means import Means
from bot.scheduling.errors import DirectoryUnavailable, UnknownPerson
from bot.scheduling.model import Booking, Person
from bot.scheduling.ports import Directory
from bot.skills.common.desk import Desk, Place


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


def refused(person: Person, team: str | None, our_team: str) -> Phrase | None:
    """Why somebody is not served at all: they are no member here, or Slack does not say who they are."""
    if person.standing == "stranger" or (team and team != our_team):
        return say("refuse.stranger")
    return {"member": None, "gone": say("refuse.who")}.get(person.standing, say("refuse.guest"))


def barred(press: Press, conversation: Conversation | None, person: Person) -> Phrase | None:
    """Why this person may not press that. A booking may be changed by everybody who takes part in it."""
    if conversation is None or conversation.owner == press.person:
        return None
    booking = made_by(press, conversation)
    if booking and person.email and booking.involves(person.email):
        return None
    return say("press.not_yours", who=People(ids=(conversation.owner,)))


def made_by(press: Press, conversation: Conversation) -> Booking | None:
    """The booking that came of the proposal that a press names."""
    proposal = conversation.proposal(press.choice.proposal_id) if isinstance(press.choice, Change) else None
    return proposal.booking if proposal else None
