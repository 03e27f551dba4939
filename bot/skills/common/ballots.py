"""What somebody who is asked sees: who asks, what for, who else, and the times. Nobody else's answers."""

from bot.conversation.letters import BallotTime
from bot.conversation.polls import NONE, Slip
from bot.conversation.replies import Button, Card, Moment, People, Phrase, say
from bot.conversation.turns import Tick
from bot.scheduling.model import Person
from bot.skills.common.cards import span_of


def ballot_card(slip: Slip, reader: Person) -> Card:
    """The question with what is ticked; or what has become of it."""
    if slip.ballot.over:
        return _card(_ending(slip), reader)
    ballot = slip.ballot
    others = (say("ballot.others", who=People(ids=ballot.others)),) if ballot.others else ()
    asked = say(
        "ballot.asked",
        who=People(ids=(ballot.organiser,)),
        title=ballot.title,
        minutes=ballot.minutes,
    )
    note = say("ballot.answered" if slip.is_answered else "ballot.how")
    times = tuple(_time(one, slip) for one in ballot.times)
    return _card(asked, reader, *others, notes=(note,), buttons=(*times, _none(slip)))


def replaced_card(reader: Person) -> Card:
    """The question has changed, and stands on another card."""
    return _card(say("ballot.asked_anew"), reader)


def _card(
    line: Phrase,
    reader: Person,
    *more: Phrase,
    notes: tuple[Phrase, ...] = (),
    buttons: tuple[Button, ...] = (),
) -> Card:
    return Card(lines=(line, *more), notes=notes, buttons=buttons, zone=reader.zone, language=reader.locale)


def _ending(slip: Slip) -> Phrase:
    ballot = slip.ballot
    over = ballot.over
    who, title = People(ids=(ballot.organiser,)), ballot.title
    if over is None or over.why == "off":
        return say("ballot.off", who=who, title=title)
    if over.slot:
        return say("ballot.booked", who=who, title=title, span=span_of(over.slot))
    return say("ballot.seen" if over.why == "seen" else "ballot.over", who=who, title=title)


def _time(time: BallotTime, slip: Slip) -> Button:
    label = "ballot.can" if time.id in slip.ticked else "ballot.time"
    return _button(
        say(label, time=Moment(at=time.slot.start)), time.id, slip, is_ticked=time.id in slip.ticked
    )


def _none(slip: Slip) -> Button:
    return _button(say("ballot.none_ticked" if slip.none else "ballot.none"), NONE, slip, is_ticked=slip.none)


def _button(label: Phrase, option: str, slip: Slip, *, is_ticked: bool) -> Button:
    spoken = say("ballot.spoken_ticked" if is_ticked else "ballot.spoken", label=label)
    return Button(
        label=label,
        choice=Tick(poll_id=slip.ballot.poll, option=option),
        style="primary" if is_ticked else None,
        spoken=spoken,
    )
