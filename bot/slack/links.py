"""Links to booking pages that people post: read out of Slack's events, and shown with what can be booked."""

import logging
from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import Field, ValidationError
from slack_sdk.web.async_client import AsyncWebClient

from bot.conversation.replies import Card
from bot.conversation.turns import BookPage, LinkShared, Quoted, SlashCommand
from bot.slack.blocks import BLOCKS, blocks_of
from bot.slack.buttons import UnreadableButton
from bot.slack.failures import SLACK_ERRORS, code_of
from bot.slack.identity import Identity
from bot.slack.turns import NotForUs, card_of
from bot.slack.wire import BlockActions, Id, Ts, Wire, instant

log = logging.getLogger(__name__)

MOST_LINKS: Final = 3  # of one message
LONGEST_LINK: Final = 500


class SharedLink(Wire):
    """One of them."""

    url: str


class SharedLinks(Wire):
    """`link_shared`. While somebody still types, its channel is `COMPOSER` and its ts is none."""

    channel: Id
    user: Id
    message_ts: Annotated[str, Field(pattern=r"^[\w.-]{1,100}$")]
    links: tuple[SharedLink, ...]
    unfurl_id: str | None = None
    source: str | None = None
    event_ts: Ts


def read_links(event: dict[str, Any], team: str | None, me: Identity) -> LinkShared:
    """Which links somebody posted. `team`: where they are from, as far as it is told. Raises NotForUs."""
    try:
        told = SharedLinks.model_validate(event)
    except ValidationError as error:
        raise NotForUs from error
    links = [one.url for one in told.links if len(one.url) <= LONGEST_LINK]
    if not links or told.user == me.user:
        raise NotForUs
    return LinkShared(
        id=f"{me.team}:links:{told.channel}:{told.message_ts}",
        team=me.team,
        channel=told.channel,
        ts=told.message_ts,
        person=told.user,
        person_team=None if me.is_ours(team) else team,
        links=tuple(links[:MOST_LINKS]),
        unfurl_id=told.unfurl_id,
        source=told.source,
        at=instant(told.event_ts),
    )


def read_booking(payload: BlockActions, choice: BookPage, me: Identity) -> SlashCommand:
    """Who wants a time with whose page. Raises UnreadableButton where there is no message."""
    message, action = card_of(payload), payload.actions[0]
    if message is None:
        raise UnreadableButton("no message")
    return SlashCommand(
        id=f"{me.team}:page:{message.channel}:{message.ts}:{payload.user.id}:{action.action_ts}",
        team=me.team,
        channel=message.channel,
        speaker=payload.user.id,
        speaker_team=None if me.is_ours(payload.whose) else payload.whose,
        text="",
        at=instant(action.action_ts),
        response_url=payload.response_url,
        quoted=Quoted(
            channel=message.channel, ts=message.ts, thread_ts=message.thread_ts, text=f"https://{choice.page}"
        ),
    )


class SlackUnfurls:
    """Implements `conversation.ports.Unfurls`."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def show(self, shared: LinkShared, cards: Mapping[str, Card]) -> None:
        """Under each of these links. A courtesy: what fails is logged."""
        place = {"channel": shared.channel, "ts": shared.ts}
        if shared.unfurl_id and shared.source:
            place = {"unfurl_id": shared.unfurl_id, "source": shared.source}
        shown = {
            link: {"blocks": blocks_of(card, BLOCKS, first=100 * n)}
            for n, (link, card) in enumerate(cards.items())
        }
        try:
            await self._client.api_call("chat.unfurl", json={**place, "unfurls": shown})
        except SLACK_ERRORS as error:
            log.warning("a link is not shown: %s", code_of(error))
