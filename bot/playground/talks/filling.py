"""Windows in a talk: fields filled by what stands beside them, the one in front submitted, and its words."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.playground.small_slack.controls import CONTROLS
from bot.playground.small_slack.elements import offered_in
from bot.playground.talks.stage import Stage, Stuck
from bot.playground.talks.words import words_of

Answers = Mapping[str, str | list[str]]  # by the field's name, or by the words beside it
State = dict[str, dict[str, dict[str, Any]]]


async def submit(stage: Stage, person: str, answers: Answers) -> None:
    """Fill in the window in front, and send it: an action for each field and one for that. Raises Stuck."""
    view = front(stage, person)
    state = {block: filled async for block, filled in _filled(stage, person, view, answers)}
    stage.actions += len(answers) + 1
    stage.complaints = (await stage.slack.submit(person, str(view["id"]), state)).errors


def front(stage: Stage, person: str) -> dict[str, Any]:
    """The window that this person has in front. Raises Stuck."""
    stack = stage.slack.stack(person)
    if not stack:
        raise Stuck(f"{person} has no window open")
    return stack[-1].view


def window_words(stage: Stage, person: str) -> str:
    """What stands in the window in front, and what is wrong with what was sent; empty without one."""
    stack = stage.slack.stack(person)
    if not stack:
        return ""
    view = stack[-1].view
    return " | ".join((view["title"]["text"], *words_of(view["blocks"]), *stage.complaints.values()))


async def _filled(
    stage: Stage, person: str, view: Mapping[str, Any], answers: Answers
) -> AsyncIterator[tuple[str, dict[str, dict[str, Any]]]]:
    for name, answer in answers.items():
        block = _field(view["blocks"], name)
        element = block["element"]
        if "external" in element["type"]:
            element = await _searched(stage, person, view, block, answer)
        yield block["block_id"], {element["action_id"]: _chosen(element, answer)}


async def _searched(
    stage: Stage, person: str, view: Mapping[str, Any], block: Mapping[str, Any], answer: str | list[str]
) -> dict[str, Any]:
    """The element with what the app offers to whoever types these answers."""
    element = block["element"]
    offered: list[dict[str, Any]] = []
    place = {"block_id": block["block_id"], "action_id": element["action_id"]}
    for typed in [answer] if isinstance(answer, str) else answer:
        offered += await stage.slack.options(person, str(view["id"]), **place, query=typed)
    return {**element, "options": offered}


def _field(blocks: Sequence[Mapping[str, Any]], name: str) -> Mapping[str, Any]:
    fields = [one for one in blocks if one["type"] == "input"]
    for one in fields:
        if name == one["block_id"] or one["label"]["text"].startswith(name):
            return one
    raise Stuck(f"no field {name!r} among {[one['label']['text'] for one in fields]}")


def _chosen(element: Mapping[str, Any], answer: str | list[str]) -> dict[str, Any]:
    control = CONTROLS[element["type"]]
    if control.short in ("option", "options"):
        given = [answer] if isinstance(answer, str) else answer
        values = [_value(element, one) for one in given]
        return {control.short: values if control.many else values[0]}
    if control.short == "date_time":
        return {control.short: int(datetime.fromisoformat(str(answer)).timestamp())}
    return {control.short: [answer] if control.many and isinstance(answer, str) else answer}


def _value(element: Mapping[str, Any], said: str) -> str:
    offered = offered_in(dict(element))
    for one in offered:
        if one["value"] == said or one["text"]["text"].startswith(said):
            return str(one["value"])
    raise Stuck(f"no option {said!r} among {[one['text']['text'] for one in offered]}")
