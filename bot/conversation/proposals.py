"""The proposal: one write, described, awaiting approval. A small state machine; the README draws it.

open -> taken -> writing -> done | not_done | unknown
open -> closed               (dismissed, replaced, or another of its card was taken)
unknown -> done | not_done   (found out later)
"""

from datetime import datetime, timedelta
from typing import Literal

from bot.scheduling.commands import Command, CreateBooking, MarkAbsent, filled_in
from bot.scheduling.errors import StaleProposal
from bot.scheduling.model import SHARED, Answers, Booking, CalendarRef, Question, Slot, Value

Status = Literal["open", "taken", "writing", "done", "not_done", "unknown", "closed"]

PATIENCE = timedelta(minutes=10)  # an approval that reaches us later than this is asked for again
UNDO = timedelta(minutes=10)  # for so long what was written can be taken back

MOVES: dict[Status, frozenset[Status]] = {
    "open": frozenset({"taken", "closed"}),
    "taken": frozenset({"writing", "not_done"}),
    "writing": frozenset({"done", "not_done", "unknown"}),
    "unknown": frozenset({"done", "not_done"}),
    "done": frozenset(),
    "not_done": frozenset(),
    "closed": frozenset(),
}


class Proposal(Value):
    """Immutable and single-use: a change of mind is another proposal. Its id is all that a button carries."""

    id: str
    command: Command
    calendar: CalendarRef = SHARED  # which it is written to
    slot: Slot  # what is shown: the time to book, to move to, or of the booking to cancel
    asks: str | None = None  # the host whose approval it takes: whoever attends can only ask for it
    questions: tuple[Question, ...] = ()  # which the calendar asks, so that it takes a form to approve it
    status: Status = "open"
    booking: Booking | None = None  # the outcome
    approved_by: str | None = None  # the delivery that approved it
    approved_at: datetime | None = None
    undoes: str | None = None  # the kind of write that it takes back
    until: datetime | None = (
        None  # pressed later than this it counts for nothing; none: as long as it is shown
    )

    def approved(self, work_id: str | None, at: datetime) -> "Proposal":
        """Taken for this delivery. Raises StaleProposal when it is not open any more."""
        return self.moved("taken").model_copy(update={"approved_by": work_id, "approved_at": at})

    def moved(self, status: Status, booking: Booking | None = None) -> "Proposal":
        """The next state. Raises StaleProposal when there is no such move."""
        if status not in MOVES[self.status]:
            raise StaleProposal(f"{self.status} -> {status}")
        return self.model_copy(update={"status": status, "booking": booking or self.booking})

    def filled_in(self, said: Answers) -> "Proposal":
        """With what was said in the form that approves it."""
        return self.model_copy(update={"command": filled_in(self.command, said)}) if said else self

    @property
    def lacks(self) -> tuple[Question, ...]:
        """The questions that have no answer yet."""
        answers = self.command.answers if isinstance(self.command, CreateBooking) else {}
        return tuple(one for one in self.questions if one.slug not in answers)

    @property
    def is_taken(self) -> bool:
        """Approved, and not known to have come to nothing: others of its card were closed by that."""
        return self.is_in_hand or self.status in ("unknown", "done")

    @property
    def is_in_hand(self) -> bool:
        """Approved and not settled: under a fresh lock this means that its process died."""
        return self.status in ("taken", "writing")

    def is_undo_at(self, now: datetime) -> bool:
        """Whether it is open, and still in time to take something back."""
        return self.status == "open" and self.undoes is not None and not self.has_lapsed(now)

    def has_lapsed(self, at: datetime) -> bool:
        """Whether its time is over."""
        return self.until is not None and at > self.until

    def is_over(self, now: datetime) -> bool:
        """Whether the time that it is for has passed. Who did not come is noted afterwards."""
        return self.slot.end <= now and not isinstance(self.command, MarkAbsent)

    def is_late(self, now: datetime) -> bool:
        """Whether what was approved was meant for another hour: it is not begun any more."""
        return self.approved_at is not None and now - self.approved_at > PATIENCE
