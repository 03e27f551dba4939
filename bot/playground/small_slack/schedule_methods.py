"""The Web API's methods for messages that are posted later, by Slack itself."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.playground.small_slack.chat_methods import ChatMethods
from bot.playground.small_slack.model import Json, Refused, Waiting
from bot.playground.small_slack.speech import Speech
from bot.playground.small_slack.workspace import Workspace

# https://docs.slack.dev/reference/methods/chat.scheduleMessage/#restrictions
FARTHEST: Final = timedelta(days=120)
MOST: Final = 30  # in one channel, within five minutes
MOST_WITHIN: Final = timedelta(minutes=5)
# https://docs.slack.dev/reference/methods/chat.deleteScheduledMessage/#restrictions
TOO_LATE: Final = timedelta(seconds=60)
PAGE: Final = 100


class ScheduleMethods(ChatMethods):
    """Schedule, list, delete. `call_at` has somebody look when a message is due."""

    def __init__(self, workspace: Workspace, speech: Speech, call_at: Callable[[datetime], None]) -> None:
        super().__init__(workspace, speech)
        self._call_at = call_at

    @property
    def methods(self) -> dict[str, Callable[[Json], Json]]:
        """By name."""
        return {
            "chat.scheduleMessage": self.schedule,
            "chat.scheduledMessages.list": self.list_scheduled,
            "chat.deleteScheduledMessage": self.unschedule,
        }

    def schedule(self, args: Json) -> Json:
        """`chat.scheduleMessage`."""
        room = self.open_room(self.addressed(args))
        at = _time(args.get("post_at"))
        self._check_time(room.id, at)
        message = self._new(room, args, thread_ts=args.get("thread_ts"))
        waiting = Waiting(
            id=self._workspace.stamps.next_id("Q"),
            at=at,
            created=self._workspace.stamps.now(),
            message=message,
            posts=args.get("metadata") is None,  # a bug of Slack's, which its documentation tells of
        )
        self._workspace.schedule(waiting)
        self._call_at(at)
        found = {"channel": room.id, "scheduled_message_id": waiting.id, "post_at": int(at.timestamp())}
        return found | {"message": {"text": message.text, "type": "delayed_message", "bot_id": self._bot}}

    def list_scheduled(self, args: Json) -> Json:
        """`chat.scheduledMessages.list`: what is still to be posted, page by page."""
        channel = args.get("channel")
        if channel:
            self._workspace.room(channel)
        oldest, latest = float(args.get("oldest") or 0), float(args.get("latest") or "inf")
        if oldest >= latest:
            raise Refused("invalid_arguments")
        there = [
            one
            for one in self._workspace.waiting()
            if channel in (None, one.message.channel) and oldest <= one.at.timestamp() <= latest
        ]
        first, most = int(args.get("cursor") or 0), int(args.get("limit") or PAGE)
        cursor = str(first + most) if len(there) > first + most else ""
        shown = [_shown(one) for one in there[first : first + most]]
        return {"scheduled_messages": shown, "response_metadata": {"next_cursor": cursor}}

    def unschedule(self, args: Json) -> Json:
        """`chat.deleteScheduledMessage`: not in the last minute."""
        room = self._workspace.room(args.get("channel", ""))
        waiting = self._workspace.scheduled.get(str(args.get("scheduled_message_id")))
        if waiting is None or waiting.message.channel != room.id:
            raise Refused("invalid_scheduled_message_id")
        if waiting.at - self._workspace.stamps.now() <= TOO_LATE:
            raise Refused("invalid_scheduled_message_id")
        self._workspace.unschedule(waiting)
        return {}

    def post_due(self) -> None:
        """Post all whose time has come, each stamped with it."""
        now = self._workspace.stamps.now()
        for one in self._workspace.waiting():
            if one.at > now:
                return
            self._workspace.unschedule(one)
            if one.posts and self._workspace.keyring.is_installed:
                ts = self._workspace.stamps.ts(one.at)
                self._speech.tell_later(self._speech.post(one.message.model_copy(update={"ts": ts})))

    @property
    def _bot(self) -> str:
        return self._workspace.world.bot.bot_id

    def _check_time(self, channel: str, at: datetime) -> None:
        now = self._workspace.stamps.now()
        if at <= now:
            raise Refused("time_in_past")
        if at - now > FARTHEST:
            raise Refused("time_too_far")
        times = [one.at for one in self._workspace.waiting() if one.message.channel == channel]
        if sum(abs(one - at) < MOST_WITHIN for one in times) >= MOST:
            raise Refused("restricted_too_many")


def _time(post_at: object) -> datetime:
    try:
        return datetime.fromtimestamp(int(str(post_at)), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise Refused("invalid_time") from error


def _shown(one: Waiting) -> Json:
    return {
        "id": one.id,
        "channel_id": one.message.channel,
        "post_at": int(one.at.timestamp()),
        "date_created": int(one.created.timestamp()),
        "text": one.message.text,
    }
