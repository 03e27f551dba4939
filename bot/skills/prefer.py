"""How somebody likes to meet, said in words: a rule to be kept, or for once. Nothing is kept before they say
so, at the counter."""

from bot.conversation.answers import Answer
from bot.conversation.replies import Button, Phrase, listing, say
from bot.conversation.turns import AtCounter
from bot.skills.common.desk import Desk
from bot.skills.common.liking import meeting_lines, rule, told_lines
from intents.frames import SetPreferences

LONGEST = 1800  # characters that a button may carry of a rule


async def tell(frame: SetPreferences, desk: Desk) -> Answer:
    """Show what is preferred, or ask whether a rule that was said is to be kept. Raises StoreUnavailable."""
    if frame.does == "show":
        return await _shown(desk)
    if frame.does == "forget":
        return await _forgetting(desk)
    about = _about(frame, desk)
    buttons = (
        Button(label=say("prefer.keep"), choice=AtCounter(form="mine.rule", about=about), style="primary"),
        Button(label=say("prefer.once"), choice=AtCounter(form="mine.once", about=about)),
    )
    card = desk.card(*rule_lines(frame), notes=(say("prefer.asks"),), buttons=buttons)
    return Answer(card=card, is_private=True)


def for_once(answer: Answer, frame: SetPreferences, desk: Desk) -> Answer:
    """The answer in which it held for what is looked for now, with a way to keep it."""
    card, notes, buttons = answer.card, [say("prefer.for_this")], list[Button]()
    if is_rule(frame):
        notes = [say("prefer.for_this_rule", rules=listing(rule_lines(frame), "ruled.and"))]
        keep = AtCounter(form="mine.keep", about=_about(frame, desk))
        buttons = [Button(label=say("prefer.keep_rule"), choice=keep)]
    more = {"notes": (*card.notes, *notes), "buttons": (*card.buttons, *buttons)}
    return answer.model_copy(update={"card": card.model_copy(update=more)})


def is_rule(frame: SetPreferences) -> bool:
    """Whether there is something of it that can be kept, and should."""
    has_rule = bool(frame.habits or frame.minutes)
    return frame.does == "set" and frame.lasts and has_rule and len(frame.model_dump_json()) < LONGEST


def rule_lines(frame: SetPreferences) -> tuple[Phrase, ...]:
    """What was said, as a rule."""
    usual = (say("prefer.minutes", count=frame.minutes),) if frame.minutes else ()
    return (*map(rule, frame.habits), *usual)


def _about(frame: SetPreferences, desk: Desk) -> str:
    """Whose rule it is, and the rule: it is not a secret, and stands nowhere before it is kept."""
    kept = SetPreferences(habits=frame.habits, minutes=frame.minutes)
    return f"{desk.speaker.id}|{kept.model_dump_json(exclude_defaults=True)}"


async def _shown(desk: Desk) -> Answer:
    mine = await desk.preferences()
    buttons = tuple(
        Button(label=say(f"prefer.button.{name}"), choice=AtCounter(form=f"mine.{name}"))
        for name in ("told", "meets")
    )
    return Answer(card=desk.card(*meeting_lines(mine), *told_lines(mine), buttons=buttons), is_private=True)


async def _forgetting(desk: Desk) -> Answer:
    mine = await desk.preferences()
    if not (mine.rules or mine.minutes):
        return Answer(card=desk.card(say("prefer.no_rules")), is_private=True)
    choice = AtCounter(form="mine.forget", about=f"{desk.speaker.id}|")
    forget = Button(label=say("prefer.forget"), choice=choice, style="danger")
    return Answer(card=desk.card(*meeting_lines(mine), buttons=(forget,)), is_private=True)
