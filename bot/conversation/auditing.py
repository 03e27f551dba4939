"""What the audit log holds: of every approved write who wanted it, what it was, and what came of it; and
deeds beside writes: what was asked, refused, connected, installed and set.

A write has one entry before it is sent, and one for each thing that is then found out about it. What is
written, to whom and with what words is not in there; a booking is told by a hash of its uid, a secret.
"""

from datetime import datetime
from hashlib import sha256
from typing import Literal

from pydantic import TypeAdapter

from bot.conversation.correlation import short_name, shown_in_hand
from bot.conversation.proposals import Proposal
from bot.conversation.state import Adjust, Conversation
from bot.conversation.turns import team_of
from bot.scheduling.commands import CreateBooking
from bot.scheduling.model import Value
from bot.scheduling.outcome import Done, NotDone, Outcome, Unknown

# `begun_again`: by whoever went on after a process had died and left nothing at the calendar. `found_…`: not
# the write's own answer said so, it was looked for afterwards.
Step = Literal["begun", "begun_again", "done", "not_done", "unknown", "found_done", "found_not_done"]

# `asked`: and what was proposed for it, where something was. `told`: others were written to, as was asked.
# `setting`: an admin changed a rule of the workspace's. `exported`, `deleted`: what is kept of a person or a
# workspace was.
DeedStep = Literal[
    "asked",
    "refused",
    "told",
    "connected",
    "disconnected",
    "installed",
    "uninstalled",
    "setting",
    "exported",
    "deleted",
]

HASH_DIGITS = 32


class AuditEntry(Value):
    """One step of one write. `work`: the log lines of this step; `approved_by`: those of the approval."""

    version: Literal[1] = 1
    step: Step
    at: datetime
    team: str
    person: str  # the Slack id of who asked for it and approved it
    write: str  # create, reschedule, cancel
    proposal: str
    approved_by: str
    approved_at: datetime | None
    reference: str  # the request id of a new booking, the uid of one that is changed; hashed
    booking: str | None = None  # the uid of the booking that came of it; hashed
    why: str | None = None  # the kind of error, where it is not done or unknown
    work: str
    lane: str = ""  # where it was approved

    @property
    def key(self) -> str:
        """What is said twice under this stands there once."""
        return f"{self.proposal}:{self.step}"


class Deed(Value):
    """What somebody did, or was refused (`why`), beside writes. None of it is a word of theirs.

    `what`: the kind of plan that was asked for, or the rule that was changed. `proposals`: their ids.
    """

    version: Literal[1] = 1
    step: DeedStep
    at: datetime
    team: str
    person: str  # a Slack id; empty where nobody did it, as when Slack says that the bot was removed
    why: str | None = None
    what: str | None = None
    proposals: tuple[str, ...] = ()
    work: str = ""  # as log lines have it; empty where it was no work

    @property
    def key(self) -> str:
        """What is said twice under this stands there once: of one work, or at one instant."""
        of = self.work or self.at.isoformat()
        return f"deed:{of}:{self.step}:{self.person}:{self.what}:{self.why}:{','.join(self.proposals)}"


Entry = AuditEntry | Deed
ENTRY: TypeAdapter[Entry] = TypeAdapter(Entry)  # they are told apart by their steps


def deed(
    step: DeedStep,
    *,
    team: str,
    person: str,
    at: datetime,
    why: str | None = None,
    what: str | None = None,
    proposals: tuple[str, ...] = (),
) -> Deed:
    """What is to be kept before its effect is. `why` and `what` are short words of ours, and nothing else."""
    return Deed(
        step=step,
        at=at,
        team=team,
        person=person,
        why=why,
        what=what,
        proposals=proposals,
        work=shown_in_hand(),
    )


def asked(conversation: Conversation, *, team: str, person: str, at: datetime) -> Deed:
    """What somebody asked for, and what is proposed for it: to be kept before it is shown."""
    proposed = tuple(one.id for one in conversation.proposals if one.status == "open")
    plan = conversation.plan
    what = plan.wish.kind if isinstance(plan, Adjust) else plan.kind
    return deed("asked", team=team, person=person, at=at, what=what, proposals=proposed)


def hidden(reference: str) -> str:
    """A uid or request id as the audit log knows it."""
    return sha256(f"audit:{reference}".encode()).hexdigest()[:HASH_DIGITS]


def begun(proposal: Proposal, conversation: Conversation, lane: str, at: datetime) -> AuditEntry:
    """To be kept before the write is sent. `lane`: of its thread."""
    step: Step = "begun_again" if proposal.status == "writing" else "begun"
    return _entry(step, proposal, conversation, lane, at)


def ended(
    proposal: Proposal,
    conversation: Conversation,
    lane: str,
    at: datetime,
    *,
    outcome: Outcome,
    was_found: bool,
) -> AuditEntry:
    """To be kept before the outcome is. `was_found`: afterwards, by looking for it."""
    entry = _entry(
        _step(outcome, was_found or proposal.status == "unknown"), proposal, conversation, lane, at
    )
    match outcome:
        case Done(booking):
            return entry.model_copy(update={"booking": hidden(booking.uid)})
        case NotDone(error) | Unknown(error):
            return entry.model_copy(update={"why": type(error).__name__})


def _step(outcome: Outcome, was_found: bool) -> Step:
    if isinstance(outcome, Done):
        return "found_done" if was_found else "done"
    if isinstance(outcome, NotDone):
        return "found_not_done" if was_found else "not_done"
    return "unknown"


def _entry(step: Step, proposal: Proposal, conversation: Conversation, lane: str, at: datetime) -> AuditEntry:
    command = proposal.command
    return AuditEntry(
        step=step,
        at=at,
        team=team_of(lane),
        lane=lane,
        person=conversation.owner,
        write=command.kind,
        proposal=proposal.id,
        approved_by=short_name(proposal.approved_by or ""),
        approved_at=proposal.approved_at,
        reference=hidden(command.request_id if isinstance(command, CreateBooking) else command.uid),
        work=shown_in_hand(),
    )
