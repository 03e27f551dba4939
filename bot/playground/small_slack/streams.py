"""A streamed message grows: each chunk finds its place in the message's blocks. Pure."""

from collections.abc import Sequence

from bot.playground.small_slack.model import Json, Refused

Blocks = tuple[Json, ...]
STATUSES = ("pending", "in_progress", "complete", "error")
MOST_TEXT = 12_000  # characters in one call


def chunks_of(args: Json) -> list[Json]:
    """What a call adds, `markdown_text` and `chunks` alike. Raises Refused."""
    chunks = args.get("chunks") or []
    if not isinstance(chunks, list) or any(not isinstance(one, dict) for one in chunks):
        raise Refused("invalid_chunks")
    text = args.get("markdown_text")
    added = [*([{"type": "markdown_text", "text": text}] if text else []), *chunks]
    if any(len(str(one.get("text", ""))) > MOST_TEXT for one in added):
        raise Refused("msg_too_long")
    return added


def text_in(chunks: Sequence[Json]) -> str:
    """The words of these chunks, for the message's own text."""
    return "".join(str(one["text"]) for one in chunks if one.get("type") == "markdown_text")


def grown(blocks: Blocks, chunk: Json, *, in_plan: bool) -> Blocks:
    """The blocks after one chunk. `in_plan`: tasks go into one plan rather than between the words."""
    try:
        match chunk.get("type"):
            case "markdown_text":
                return _with_text(blocks, str(chunk["text"]))
            case "blocks":
                return (*blocks, *chunk["blocks"])
            case "plan_update":
                return _with_plan(blocks, {"title": str(chunk["title"])})
            case "task_update":
                return _with_task(blocks, chunk, in_plan=in_plan)
    except (KeyError, TypeError) as error:
        raise Refused("invalid_chunks") from error
    raise Refused("invalid_chunks")


def _with_text(blocks: Blocks, text: str) -> Blocks:
    if blocks and blocks[-1]["type"] == "markdown":
        return (*blocks[:-1], blocks[-1] | {"text": blocks[-1]["text"] + text})
    return (*blocks, {"type": "markdown", "text": text})


def _with_plan(blocks: Blocks, change: Json) -> Blocks:
    """The one plan of a message, on top; made when it is first spoken of."""
    if not any(one["type"] == "plan" for one in blocks):
        return ({"type": "plan", "title": "", "tasks": []} | change, *blocks)
    return tuple(one | change if one["type"] == "plan" else one for one in blocks)


def _with_task(blocks: Blocks, chunk: Json, *, in_plan: bool) -> Blocks:
    plan = next((one for one in blocks if one["type"] == "plan"), None)
    if plan is None and not in_plan:
        return _placed(blocks, chunk)
    tasks = _placed(tuple(plan["tasks"]) if plan else (), chunk)
    return _with_plan(blocks, {"tasks": list(tasks)})


def _placed(cards: Blocks, chunk: Json) -> Blocks:
    """A task's card, changed where it stands; a new one goes to the end."""
    if chunk["status"] not in STATUSES:
        raise Refused("invalid_chunks")
    for at, one in enumerate(cards):
        if one.get("task_id") == chunk["id"]:
            return (*cards[:at], _card(chunk, one), *cards[at + 1 :])
    return (*cards, _card(chunk, {"type": "task_card", "task_id": chunk["id"]}))


def _card(chunk: Json, before: Json) -> Json:
    """Title and status take the place of what was; details and output are added to it, as with Slack."""
    card = before | {"title": chunk["title"], "status": chunk["status"]}
    for name in ("details", "output"):
        if chunk.get(name):
            card[name] = _words(before.get(name), str(chunk[name]))
    return card | ({"sources": chunk["sources"]} if chunk.get("sources") else {})


def _words(before: Json | None, text: str) -> Json:
    said = before["elements"] if before else []
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [*said, section]}
