"""A proposal that is approved by the submit of a form: with a reason, or with what the calendar asks.

The form names its proposal and holds nothing else of it. Its submit is an approval like a press of a button,
and waits in the same lane: there it is seen whose proposal it is, and whether it is still open.
"""

from bot.admission import noted_refusal
from bot.conversation.forms import Filled, Form, Reply, Wanted, Wrong
from bot.conversation.forms import words as window
from bot.conversation.proposals import Proposal
from bot.conversation.replies import People, Phrase, say
from bot.conversation.state import Conversation
from bot.conversation.turns import (
    Approve,
    MessageRef,
    Press,
    ThreadKey,
    dm_lane,
    meeting_lane,
    meeting_of,
    team_of,
)
from bot.means import Means
from bot.scheduling.model import Answers, Person, Value
from bot.windows import answering, reasons

TAKEN = frozenset({"done", "taken", "writing", "unknown"})


class Waiting(Value):
    """What a form is about: the proposal, the lane it waits in, and the card to which the press belongs."""

    lane: str
    proposal: str
    card: MessageRef


async def form(wanted: Wanted, means: Means, person: Person) -> Form:
    """The form with which the proposal that is named can be approved."""
    found = await _found(wanted, means)
    if isinstance(found, tuple):
        waiting, talk, proposal = found
        if why := await _why_not(talk, proposal, person, waiting, means):
            return _said(why, person)
        asked = answering.form(proposal, person) if proposal.lacks else reasons.form(talk, proposal, person)
        return asked.model_copy(update={"kind": "approve.form", "about": waiting.model_dump_json()})
    return _said(say("press.stale"), person)


async def now(wanted: Wanted, means: Means, person: Person) -> Reply:
    """Approve it without a form; for where no message is pressed that could be answered in."""
    found = await _found(wanted, means)
    if found is None:
        return _said(say("press.stale"), person)
    waiting, talk, proposal = found
    if why := await _why_not(talk, proposal, person, waiting, means):
        return _said(why, person)
    await means.queue.put(_press(wanted, waiting, {}))
    return None


async def approved(filled: Filled, means: Means, person: Person) -> Reply:
    """Take the submit for the approval that it is, or say what is wrong beside its fields."""
    waiting = Waiting.model_validate_json(filled.about)
    talk = (await means.store.peek(waiting.lane)).with_proposal(waiting.proposal)
    proposal = talk.proposal(waiting.proposal) if talk else None
    if talk is None or proposal is None or team_of(waiting.lane) != filled.team:
        return _said(say("press.stale"), person)
    if why := await _why_not(talk, proposal, person, waiting, means):
        return _said(why, person)
    said = answering.read(proposal, filled, person) if proposal.lacks else reasons.read(talk, filled, person)
    if isinstance(said, Wrong):
        return said
    await means.queue.put(_press(filled, waiting, said))
    return None


async def _found(wanted: Wanted, means: Means) -> tuple[Waiting, Conversation, Proposal] | None:
    """What a button names; None: nothing here is of that id."""
    proposal_id, _, meeting = wanted.about.partition("|")
    lane = _lane(wanted, meeting)
    talk = (await means.store.peek(lane)).with_proposal(proposal_id) if lane else None
    proposal = talk.proposal(proposal_id) if talk else None
    card = wanted.card or (talk.card if talk else None)
    if lane is None or talk is None or proposal is None or card is None:
        return None
    return Waiting(lane=lane, proposal=proposal_id, card=card), talk, proposal


def _lane(wanted: Wanted, meeting: str) -> str | None:
    """Where it waits: in the lane of its meeting, or of the thread in which its card stands."""
    if meeting:
        return meeting_lane(wanted.team, meeting)
    card = wanted.card
    if card is None:
        return None
    if card.channel.startswith("D"):
        return dm_lane(wanted.team, card.channel)
    return ThreadKey(team=wanted.team, channel=card.channel, thread=card.thread_ts or card.ts).lane


async def _why_not(
    talk: Conversation, proposal: Proposal, person: Person, waiting: Waiting, means: Means
) -> Phrase | None:
    """Why it is of no use to ask them; what counts is decided in the lane."""
    if talk.owner != person.id:
        await noted_refusal("not_yours", person.id, team_of(waiting.lane), means)
        return say("press.not_yours", who=People(ids=(talk.owner,)))
    if proposal.status == "open":
        return None
    return say("press.already_done" if proposal.status in TAKEN else "press.dismissed")


def _press(visit: Wanted | Filled, waiting: Waiting, said: Answers) -> Press:
    team, channel, thread = waiting.lane.split(":", 2)
    choice = Approve(proposal_id=waiting.proposal, meeting=meeting_of(waiting.lane) or "", said=said)
    return Press(
        id=f"{visit.id}:form",
        thread=ThreadKey(team=team, channel=channel, thread=thread),
        person=visit.person,
        person_team=visit.person_team,
        choice=choice,
        card=waiting.card,
        at_counter=True,
        at=visit.at,
    )


def _said(why: Phrase, person: Person) -> Form:
    return window(why, zone=person.zone, language=person.locale)
