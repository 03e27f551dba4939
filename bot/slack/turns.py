"""Reads what was said, pressed and commanded out of Slack's payloads. Pure."""

from datetime import datetime
from typing import Any

from pydantic import ValidationError

from bot.conversation.sessions import SessionRef
from bot.conversation.turns import (
    MEETING,
    Approve,
    Choice,
    MessageRef,
    Press,
    Quoted,
    SlashCommand,
    Snooze,
    ThreadKey,
    Turn,
)
from bot.conversation.visits import HomeVisit
from bot.slack import buttons
from bot.slack.identity import Identity
from bot.slack.incoming import mentions, plain_words
from bot.slack.wire import (
    Action,
    AgentStopped,
    BlockActions,
    HomeOpened,
    MessageAction,
    MessageEvent,
    instant,
)

SPOKEN_SUBTYPES = (None, "file_share", "thread_broadcast")  # all others are news about messages, or bots


class NotForUs(Exception):
    """Somebody else's words, a bot's, a change of an old message, or a payload that we cannot read."""


def read_turn(event: dict[str, Any], me: Identity) -> Turn:
    """What a person said. `app_mention` and `message` of one message give the same turn. Raises NotForUs."""
    said = _read_message(event)
    if said.bot_id or said.hidden or said.subtype not in SPOKEN_SUBTYPES:
        raise NotForUs
    if said.user is None or said.user in (me.user, "USLACKBOT"):
        raise NotForUs
    return _turn(said, said.user, me)


def read_home(event: dict[str, Any], me: Identity) -> HomeVisit:
    """Who looks at the bot's page, or at their direct messages with it. Raises NotForUs for other tabs."""
    try:
        opened = HomeOpened.model_validate(event)
    except ValidationError as error:
        raise NotForUs from error
    if opened.tab not in ("home", "messages"):
        raise NotForUs
    return HomeVisit(
        id=f"{me.team}:home:{opened.user}:{opened.event_ts}",
        team=me.team,
        person=opened.user,
        at=instant(opened.event_ts),
        messages=opened.channel if opened.tab == "messages" else None,
    )


def read_stop(event: dict[str, Any], me: Identity) -> tuple[SessionRef, datetime]:
    """In which session somebody said stop, and when. Raises NotForUs."""
    try:
        stopped = AgentStopped.model_validate(event)
    except ValidationError as error:
        raise NotForUs from error
    session = SessionRef(team=me.team, channel=stopped.channel, root=stopped.thread_ts)
    return session, instant(stopped.event_ts)


def is_in_thread(event: dict[str, Any]) -> bool:
    """Whether it was said under another message."""
    return event.get("thread_ts") not in (None, event.get("ts"))


def _read_message(event: dict[str, Any]) -> MessageEvent:
    try:
        return MessageEvent.model_validate(event)
    except ValidationError as error:
        raise NotForUs from error


def _turn(said: MessageEvent, speaker: str, me: Identity) -> Turn:
    text = said.text or ""
    root = said.thread_ts or said.ts
    return Turn(
        id=f"{me.team}:{said.channel}:{said.ts}",
        thread=ThreadKey(team=me.team, channel=said.channel, thread="dm" if said.in_dm else root),
        reply_to=root,
        speaker=speaker,
        speaker_team=_foreign(said.user_team or said.team, me),
        text=plain_words(text, me.user),
        at=instant(said.ts),
        addressed=said.in_dm or said.type == "app_mention" or mentions(text, me.user),
        in_dm=said.in_dm,
        hears_replies=said.in_dm or me.hears(said.channel_type),
    )


def read_shortcut(action: MessageAction, now: datetime, me: Identity) -> SlashCommand:
    """Which message somebody wants to have scheduled."""
    return SlashCommand(
        id=f"{me.team}:shortcut:{action.trigger_id}",
        team=me.team,
        channel=action.channel.id,
        speaker=action.user.id,
        text="",
        at=now,
        response_url=action.response_url,
        quoted=_quoted(action, me),
    )


def _quoted(action: MessageAction, me: Identity) -> Quoted:
    said = action.message
    by_person = said.user if said.bot_id is None and said.user != me.user else None
    return Quoted(
        channel=action.channel.id,
        ts=said.ts,
        thread_ts=said.thread_ts,
        author=by_person,
        text=plain_words(said.text or "", me.user),
    )


def read_press(payload: BlockActions, choice: Choice, me: Identity) -> Press:
    """What a person pressed. Raises UnreadableButton where there is no message (Home, a modal)."""
    action = payload.actions[0]
    card = card_of(payload)
    if card is None:
        raise buttons.UnreadableButton("no message")
    return Press(
        id=f"{me.team}:{card.channel}:{card.ts}:{payload.user.id}:{action.action_ts}",
        thread=_thread(card, choice, me),
        person=payload.user.id,
        person_team=_foreign(payload.whose, me),
        choice=choice,
        card=card,
        on_whisper=payload.container.is_ephemeral,
        response_url=payload.response_url,
        at=_at(action),
    )


def card_of(payload: BlockActions) -> MessageRef | None:
    """The message that was pressed; None where there is none (Home, a modal)."""
    channel = payload.channel.id if payload.channel else payload.container.channel_id
    ts = payload.message.ts if payload.message else payload.container.message_ts
    if channel is None or ts is None:
        return None
    told = payload.message.thread_ts if payload.message else None
    return MessageRef(channel=channel, ts=ts, thread_ts=told or payload.container.thread_ts)


def _thread(card: MessageRef, choice: Choice, me: Identity) -> ThreadKey:
    """Where it waits its turn: what belongs to the card of a meeting, in that meeting's own lane."""
    if isinstance(choice, Approve | Snooze) and choice.meeting:
        return ThreadKey(team=me.team, channel=MEETING, thread=choice.meeting)
    in_dm = card.channel.startswith("D")
    return ThreadKey(team=me.team, channel=card.channel, thread="dm" if in_dm else card.thread_ts or card.ts)


def _foreign(team: str | None, me: Identity) -> str | None:
    return None if me.is_ours(team) else team


def _at(action: Action) -> Any:
    return instant(action.action_ts)
