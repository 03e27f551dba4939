"""A question to several people: the organiser's poll, and the slip of each who is asked."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.conversation.letters import Ballot, BallotTime, Over, Votes, Why
from bot.conversation.replies import Card, Phrase
from bot.conversation.turns import MessageRef
from bot.scheduling.model import Slot, Value

PATIENCE = timedelta(days=6)  # threads are forgotten after seven

NONE = "none"  # the option of whom no time suits


class PollTime(BallotTime):
    """One time, as the organiser sees it. `place`: of its line on the card; `line`: what it says but for who
    can; `free` and `busy`: who is seen to be.
    """

    place: int
    line: Phrase
    free: tuple[str, ...] = ()
    busy: tuple[str, ...] = ()


class Vote(Value):
    """What one person answered last."""

    person: str
    votes: Votes

    @property
    def is_given(self) -> bool:
        """Whether they answered at all, or took everything back."""
        return bool(self.votes.ticked) or self.votes.none


class Poll(Value):
    """Who can when. `people` are asked; `of`: how many are counted: those, and whose calendars
    were seen, the organiser first.

    `card`: the organiser's, before anything is counted. `round` changes with what is asked, `told` is the
    round that was written about; `left_out`: who was asked once and is not any more.
    """

    id: str
    people: tuple[str, ...]
    times: tuple[PollTime, ...]
    of: int
    card: Card
    title: str
    minutes: int
    until: datetime
    votes: tuple[Vote, ...] = ()
    left_out: tuple[str, ...] = ()
    round: int = 1
    told: int = 0
    over: Over | None = None

    def asking(self, newer: "Poll") -> "Poll":
        """The newer one in its place: who is asked, and which times. What was answered stays for the times
        that are still asked for; it is another round only if what is asked has changed."""
        gone = (*(one for one in self.people if one not in newer.people), *self.left_out)
        ids = {one.slot: one.id for one in self.times}
        times = tuple(one.model_copy(update={"id": ids.get(one.slot, one.id)}) for one in newer.times)
        same = self.over is None and not gone and self._asks() == (newer.people, newer.title, _slots(times))
        changed = newer.model_copy(
            update={
                "id": self.id,
                "times": times,
                "left_out": gone,
                "round": self.round if same else self.round + 1,
                "told": self.told,
                "votes": (),
            }
        )
        for one in self.votes:
            changed = changed.counting(one.person, one.votes)
        return changed

    def _asks(self) -> tuple[tuple[str, ...], str, list[tuple[str, Slot]]]:
        return self.people, self.title, _slots(self.times)

    def ended(self, why: Why, slot: Slot | None = None) -> "Poll":
        """A copy that is closed."""
        return self.model_copy(update={"over": Over(why=why, slot=slot), "round": self.round + 1})

    def counting(self, person: str, votes: Votes) -> "Poll":
        """A copy with this answer, unless a newer one is known."""
        known = next((one for one in self.votes if one.person == person), None)
        if known and known.votes.revision >= votes.revision:
            return self
        others = tuple(one for one in self.votes if one.person != person)
        vote = Vote(person=person, votes=_still_asked(votes, self))
        return self.model_copy(update={"votes": (*others, vote)})

    def can(self, time: PollTime) -> tuple[str, ...]:
        """Who can then: those seen to be free, then those who said so."""
        said = (one.person for one in self.votes if time.id in one.votes.ticked and one.person in self.people)
        return tuple(dict.fromkeys((*time.free, *said)))

    def cannot(self, time: PollTime) -> tuple[str, ...]:
        """Who cannot then: those seen to be busy, then those who answered without it."""
        said = (one for one in self.answered if one not in self.can(time))
        return tuple(dict.fromkeys((*time.busy, *said)))

    @property
    def answered(self) -> tuple[str, ...]:
        """Who has answered, of those who are asked."""
        given = {one.person for one in self.votes if one.is_given}
        return tuple(one for one in self.people if one in given)

    @property
    def awaited(self) -> tuple[str, ...]:
        """Who has not."""
        return tuple(one for one in self.people if one not in self.answered)

    @property
    def best(self) -> PollTime | None:
        """The time that suits most, the first of several; None: nobody has answered."""
        if self.over or not self.answered:
            return None
        return max(self.times, key=lambda one: len(self.can(one)), default=None)

    def ballot(self, person: str, *, lane: str, organiser: str) -> Ballot:
        """What this person is told. To whom is left out, it is off."""
        over = self.over or (None if person in self.people else Over(why="off"))
        return Ballot(
            poll=self.id,
            lane=lane,
            organiser=organiser,
            title=self.title,
            minutes=self.minutes,
            others=tuple(one for one in self.people if one != person),
            times=tuple(BallotTime(id=one.id, slot=one.slot) for one in self.times),
            round=self.round,
            until=self.until,
            over=over,
        )


def _slots(times: Sequence[PollTime]) -> list[tuple[str, Slot]]:
    return [(one.id, one.slot) for one in times]


def _still_asked(votes: Votes, poll: Poll) -> Votes:
    """What counts of an answer: the times still asked for. "None" was said of those shown alone."""
    known = {one.id for one in poll.times}
    ticked = tuple(one for one in votes.ticked if one in known)
    return votes.model_copy(update={"ticked": ticked, "none": votes.none and known <= set(votes.shown)})


class Slip(Value):
    """One person's copy: what they were asked last, what they ticked, the message that shows it."""

    person: str
    ballot: Ballot
    ticked: tuple[str, ...] = ()
    none: bool = False
    revision: int = 0
    card: MessageRef | None = None

    @property
    def is_answered(self) -> bool:
        """Whether something is ticked."""
        return bool(self.ticked) or self.none

    def tapped(self, option: str) -> "Slip":
        """A copy in which this option is turned round. None of the times excludes all of them."""
        revision = self.revision + 1
        if option == NONE:
            return self.model_copy(update={"ticked": (), "none": not self.none, "revision": revision})
        kept = tuple(one for one in self.ticked if one != option)
        ticked = kept if option in self.ticked else (*self.ticked, option)
        return self.model_copy(update={"ticked": ticked, "none": False, "revision": revision})

    def asked_anew(self, ballot: Ballot) -> "Slip":
        """A copy with the newer question: what was ticked stays, where it is still asked for."""
        known = {one.id for one in ballot.times}
        ticked = tuple(one for one in self.ticked if one in known)
        none = self.none and not self.differs(ballot)
        return self.model_copy(update={"ballot": ballot, "ticked": ticked, "none": none})

    def differs(self, ballot: Ballot) -> bool:
        """Whether other times are asked for now."""
        return self.ballot.times != ballot.times

    def knows(self, option: str) -> bool:
        """Whether this can be ticked."""
        return option == NONE or any(one.id == option for one in self.ballot.times)

    def seen(self) -> "Slip":
        """A copy in which the person's own calendar answers."""
        ballot = self.ballot.model_copy(update={"over": Over(why="seen")})
        return self.model_copy(update={"ballot": ballot, "revision": self.revision + 1})

    @property
    def votes(self) -> Votes:
        """What the organiser is told."""
        ballot = self.ballot
        return Votes(
            poll=ballot.poll,
            ticked=self.ticked,
            none=self.none,
            revision=self.revision,
            shown=tuple(one.id for one in ballot.times),
            is_seen=ballot.over is not None and ballot.over.why == "seen",
        )
