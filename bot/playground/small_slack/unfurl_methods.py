"""What the app shows under links that somebody posted: `link_shared`, and `chat.unfurl`."""

import json
import re
from urllib.parse import urlsplit

from bot.playground.small_slack.model import Json, Message, Refused, Room, Unfurl
from bot.playground.small_slack.stamps import Stamps
from bot.playground.small_slack.workspace import Workspace

LINK = re.compile(r"<(https?://[^|>]+)(?:\|[^>]*)?>")
MOST_BLOCKS = 50


def links_in(message: Message) -> list[str]:
    """The addresses in what was said, each once."""
    return list(dict.fromkeys(one.replace("&amp;", "&") for one in LINK.findall(message.text)))


def shared_event(message: Message, room: Room, domains: tuple[str, ...], stamps: Stamps) -> Json | None:
    """`link_shared`, of a message with links to one of the app's domains; None for others."""
    links = [{"url": one, "domain": domain} for one in links_in(message) if (domain := _domain(one, domains))]
    if not links or message.by_bot:
        return None
    place: Json = {"channel": room.id, "message_ts": message.ts, "user": message.author}
    if message.thread_ts:
        place["thread_ts"] = message.thread_ts
    source = {"source": "conversations_history", "unfurl_id": f"{room.id}-{message.ts}"}
    told = {"type": "link_shared", "links": links, "is_bot_user_member": room.bot_is_member}
    return {**told, **place, **source, "event_ts": stamps.ts()}


def _domain(url: str, domains: tuple[str, ...]) -> str | None:
    host = urlsplit(url).hostname or ""
    return next((one for one in domains if host == one or host.endswith(f".{one}")), None)


class UnfurlMethods:
    """Kept on the message."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def unfurl(self, args: Json) -> Json:
        """`chat.unfurl`: of a message, by its place or its `unfurl_id`. What was shown before is replaced."""
        message = self._message(args)
        shown = _read(args.get("unfurls"))
        if not shown:
            raise Refused("missing_unfurls")
        if shown.keys() - set(links_in(message)):
            raise Refused("cannot_unfurl_message")
        made = {url: Unfurl(url=url, blocks=_blocks(one)) for url, one in shown.items()}
        kept = [one for one in message.unfurls if one.url not in made]
        self._workspace.keep(message.model_copy(update={"unfurls": (*kept, *made.values())}))
        return {}

    def _message(self, args: Json) -> Message:
        channel, ts = str(args.get("channel") or ""), str(args.get("ts") or "")
        if args.get("unfurl_id"):
            if args.get("source") not in ("composer", "conversations_history"):
                raise Refused("invalid_source")
            channel, _, ts = str(args["unfurl_id"]).partition("-")
        try:
            return self._workspace.message(channel, ts)
        except Refused as error:
            not_there = {"channel_not_found": "cannot_find_channel"}
            raise Refused(not_there.get(error.error, "cannot_find_message")) from error


def _read(unfurls: object) -> dict[str, Json]:
    try:
        found = json.loads(unfurls) if isinstance(unfurls, str) else unfurls
    except ValueError as error:
        raise Refused("invalid_unfurls_format") from error
    if not isinstance(found, dict) or any(not isinstance(one, dict) for one in found.values()):
        raise Refused("invalid_unfurls_format")
    return found


def _blocks(shown: Json) -> tuple[Json, ...]:
    blocks = shown.get("blocks")
    if not isinstance(blocks, list) or not 0 < len(blocks) <= MOST_BLOCKS:
        raise Refused("invalid_unfurls_format")
    if any(not isinstance(one, dict) or "type" not in one for one in blocks):
        raise Refused("invalid_blocks")
    return tuple(blocks)
