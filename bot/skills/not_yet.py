"""Says of what was understood and cannot be done yet: that nothing was done, and what helps now."""

from bot.conversation.answers import Answer
from bot.conversation.replies import People, Phrase, say
from bot.skills.common.desk import Desk
from intents.frames import AddPeople, Around, ChangePlace, Mention, ReportNoShow, RunningLate


def tell(frame: Around, desk: Desk) -> Answer:
    """One sentence for the speaker alone. Nothing is written, nobody else is told."""
    return Answer(card=desk.card(_line(frame)), is_private=True)


def _line(frame: Around) -> Phrase:
    """The sentence, with what was understood of it."""
    match frame:
        case RunningLate(minutes=int(minutes)):
            return say("not_yet.running_late_by", minutes=minutes)
        case ChangePlace(place=str(place)):
            return say("not_yet.change_place_to", place=place)
        case AddPeople(who=who) if people := _named(who):
            return say("not_yet.add_these", who=people)
        case ReportNoShow(who=who) if people := _named(who):
            return say("not_yet.no_show_of", who=people)
    return say(f"not_yet.{frame.kind}")


def _named(who: tuple[Mention, ...]) -> People | None:
    """Those who can be named on a card."""
    ids = tuple(one.value for one in who if one.kind == "user")
    names = tuple(one.value for one in who if one.kind in ("name", "email"))
    return People(ids=ids, names=names) if ids or names else None
