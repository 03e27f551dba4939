"""Cards that several skills show: times to choose from, and small notes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.conversation.proposals import Proposal
from bot.conversation.replies import Button, Moment, People, Phrase, PhraseValue, Span, listing, say
from bot.conversation.state import Conversation
from bot.conversation.turns import Approve, AtCounter, Dismiss, ShowMore, in_a_form
from bot.scheduling.model import Person, Slot
from bot.skills.common.search import Findings, Found
from intents.frames import Wish

FAR = timedelta(days=120)


def span_of(slot: Slot) -> Span:
    """A slot as a value to show."""
    return Span(start=slot.start, end=slot.end)


def time_line(
    found: Found, number: int, people: Sequence[Person], zone: str, without: str = "offer.without"
) -> Phrase:
    """One offered time, what it gives up or who is missing, and what it is for people elsewhere."""
    key = f"offer.time_{found.relaxed}" if found.relaxed else "offer.time"
    line = say(key, number=number, span=span_of(found.slot), minutes=found.minutes)
    if found.without:
        can, who = found.of - len(found.without), as_people(found.without)
        line = say(without, line=line, can=can, of=found.of, who=who)
    local = elsewhere(found.slot, people, zone)
    return say("offer.with_local", line=line, local=local) if local else line


def elsewhere(slot: Slot, people: Sequence[Person], zone: str) -> PhraseValue | None:
    """The slot's local time for those whose clock differs from `zone`'s at that instant; None: nobody's."""
    groups: dict[tuple[object, object], list[Person]] = {}
    for one in people:
        if _clock(slot, one.zone)[0] != _clock(slot, zone)[0]:
            groups.setdefault(_clock(slot, one.zone), []).append(one)
    return listing([_local(slot, together, zone) for together in groups.values()]) if groups else None


def _local(slot: Slot, people: Sequence[Person], zone: str) -> Phrase:
    """Their time of day; with the day, where it is another one than `zone`'s."""
    theirs = people[0].zone
    style: Literal["time", "full"] = "time" if _date(slot, theirs) == _date(slot, zone) else "full"
    return say("offer.local", time=Moment(at=slot.start, style=style, zone=theirs), who=as_people(people))


def as_people(people: Sequence[Person]) -> People:
    """People to be named: mentioned, or by name where they are not to be called."""
    known = tuple(one.id for one in people if one.id)
    return People(ids=known, names=tuple(one.name for one in people if not one.id))


def checked_line(people: Sequence[Person], speaker: Person) -> Phrase:
    """Whose calendars were looked at, of several people."""
    whose = (say("offer.yours") if one.id == speaker.id else as_people((one,)) for one in people)
    return say("offer.checked_all", who=listing(tuple(whose)))


def silent_note(people: Sequence[Person]) -> tuple[Phrase, ...]:
    """Whose calendar did not answer."""
    return (say("offer.silent", who=as_people(people)),) if people else ()


def day_notes(findings: Findings, speaker: Person) -> tuple[Phrase, ...]:
    """Whose usual day the times were chosen for, or cannot be kept to."""
    if findings.strained:
        return (say("offer.strained", who=_whose(findings.strained, speaker)),)
    return (say("offer.spared", who=_whose(findings.spared, speaker)),) if findings.spared else ()


def _whose(people: Sequence[Person], speaker: Person) -> PhraseValue:
    others = [one for one in people if one.id != speaker.id]
    you: list[PhraseValue] = [say("offer.you")] if len(others) < len(people) else []
    return listing([*you, *([as_people(others)] if others else [])])


def missed_line(findings: Findings) -> tuple[Phrase, ...]:
    """Why nothing is exactly as asked."""
    if not findings.missed or not findings.times:
        return ()
    if findings.busy:
        return (say("offer.busy", who=as_people(findings.busy)),)
    return (say(f"offer.{findings.missed}"),)


def nothing_line(key: str, findings: Findings, **values: PhraseValue) -> Phrase:
    """That nothing is free, and from when to when that was looked for; or nothing but what was shown."""
    looked = findings.looked
    if findings.missed in ("no_more", "no_later", "no_earlier"):
        return say(f"{key}_else")
    if looked is None or looked.end is None:
        raise ValueError("a search that found nothing says where it looked")
    first, last = (Moment(at=at, style="day") for at in (looked.start, looked.end))
    return say(key, first=first, last=last, **values)


def busy_note(findings: Findings) -> tuple[Phrase, ...]:
    """Who stands in the way of every time that was asked for, where nothing is free."""
    return (say("offer.busy_all", who=as_people(findings.busy)),) if findings.busy else ()


def year_note(findings: Findings, now: datetime, zone: str) -> tuple[Phrase, ...]:
    """A word where a date was taken for one of a later year, far from now."""
    first = findings.times[0].slot.start.astimezone(ZoneInfo(zone))
    is_far = first.year != now.astimezone(ZoneInfo(zone)).year and first - now > FAR
    return (say("offer.year", year=str(first.year)),) if is_far else ()


def wish_notes(wish: Wish) -> tuple[Phrase, ...]:
    """That one meeting is booked and not a series; that times of two readings are shown."""
    unsure = wish.when.unsure if wish.when is not None else None
    return (
        *((say("offer.repeats"),) if wish.recurrence is not None else ()),
        *((say(f"unsure.{unsure}"),) if unsure else ()),
    )


def _date(slot: Slot, zone: str) -> object:
    return slot.start.astimezone(ZoneInfo(zone)).date()


def _clock(slot: Slot, zone: str) -> tuple[object, object]:
    """How far the clock is from UTC, and what that is called."""
    local = slot.start.astimezone(ZoneInfo(zone))
    return local.utcoffset(), local.tzname()


def time_buttons(proposals: Sequence[Proposal], label: str) -> tuple[Button, ...]:
    """One Approve a proposal, the first of them primary."""
    return tuple(
        Button(
            label=say(label, time=Moment(at=one.slot.start)),
            choice=approving(one),
            style="primary" if place == 0 else None,
            spoken=say(f"{label}_spoken", time=Moment(at=one.slot.start)),
        )
        for place, one in enumerate(proposals)
    )


def approving(proposal: Proposal) -> Approve | AtCounter:
    """What approves it: a press, or the submit of a form where the calendar asks something."""
    approve = Approve(proposal_id=proposal.id)
    return in_a_form(approve) if proposal.lacks else approve


def other_buttons(
    conversation: Conversation, more: str = "button.more", drop: str = "button.dismiss"
) -> tuple[Button, ...]:
    """More times, and drop it."""
    show_more = Button(label=say(more), choice=ShowMore(conversation_id=conversation.id))
    return (show_more, drop_button(conversation, drop))


def drop_button(conversation: Conversation, label: str = "button.dismiss") -> Button:
    """Drop it."""
    return Button(label=say(label), choice=Dismiss(conversation_id=conversation.id))
