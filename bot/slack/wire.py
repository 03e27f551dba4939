"""Slack's payloads as models, as far as they are used; a payload that does not fit is not for us."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Ts = Annotated[str, Field(pattern=r"^\d{1,12}\.\d{1,9}$")]
Id = Annotated[str, Field(pattern=r"^[A-Z0-9]{1,40}$")]

Trigger = Annotated[str, Field(pattern=r"^[\w.-]{1,100}$")]  # it names a lane, and stands in logs


class Wire(BaseModel):
    """Unknown fields are ignored; errors never repeat what was said."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class MessageEvent(Wire):
    """`app_mention` and `message`."""

    type: str
    channel: Id
    ts: Ts
    user: Id | None = None
    text: str | None = None
    thread_ts: Ts | None = None
    subtype: str | None = None
    bot_id: str | None = None
    channel_type: str | None = None
    team: str | None = None
    user_team: str | None = None
    hidden: bool = False

    @property
    def in_dm(self) -> bool:
        """Whether this is a direct message; `app_mention` does not say its channel's type."""
        return self.channel_type == "im" or self.channel.startswith("D")


class HomeOpened(Wire):
    """`app_home_opened`."""

    user: Id
    tab: str
    channel: Id | None = None
    event_ts: Ts


class AgentStopped(Wire):
    """`agent_session_stopped`."""

    channel: Id
    thread_ts: Ts
    event_ts: Ts


class Who(Wire):
    """The person who pressed."""

    id: Id
    team_id: str | None = None


class Named(Wire):
    """A channel, or another thing with an id."""

    id: Id


class Chosen(Wire):
    """A chosen option."""

    value: str | None = None


class Action(Wire):
    """One thing pressed or chosen."""

    action_id: str
    action_ts: Ts
    value: str | None = None
    selected_option: Chosen | None = None

    @property
    def said(self) -> str | None:
        """What it carries: the option's value for a menu, else the button's."""
        return self.selected_option.value if self.selected_option else self.value


class Container(Wire):
    """Where it was pressed."""

    message_ts: Ts | None = None
    channel_id: Id | None = None
    thread_ts: Ts | None = None
    is_ephemeral: bool = False


class PressedMessage(Wire):
    """The message that was pressed; ephemeral ones come without it."""

    ts: Ts
    thread_ts: Ts | None = None


class BlockActions(Wire):
    """`block_actions`. `team` is null where the app serves a whole `enterprise`."""

    user: Who
    team: Named | None = None
    enterprise: Named | None = None
    container: Container = Container()
    actions: Annotated[tuple[Action, ...], Field(min_length=1)]
    channel: Named | None = None
    message: PressedMessage | None = None
    response_url: str | None = None
    trigger_id: str | None = None

    @property
    def whose(self) -> str | None:
        """The workspace or organisation of whoever pressed, as far as it is told."""
        home = self.team or self.enterprise
        return self.user.team_id or (home.id if home else None)


class QuotedMessage(Wire):
    """The message that a shortcut was chosen on. Those of apps have a `bot_id`, and perhaps no `user`."""

    ts: Ts
    thread_ts: Ts | None = None
    user: Id | None = None
    bot_id: str | None = None
    text: str | None = None


class Shortcut(Wire):
    """`shortcut`: chosen beside the composer, or in the search."""

    callback_id: str
    user: Who
    team: Named | None = None
    enterprise: Named | None = None
    trigger_id: Trigger

    @property
    def whose(self) -> str | None:
        """The workspace or organisation of whoever chose it, as far as it is told."""
        home = self.team or self.enterprise
        return self.user.team_id or (home.id if home else None)


class MessageAction(Shortcut):
    """`message_action`: a shortcut chosen in a message's menu."""

    channel: Named
    message: QuotedMessage
    response_url: str | None = None


class CommandForm(Wire):
    """A slash command."""

    command: str
    channel_id: Id
    user_id: Id
    trigger_id: Trigger
    text: str = ""
    response_url: str | None = None


def instant(ts: str) -> datetime:
    """The moment that a ts stands for."""
    return datetime.fromtimestamp(float(ts), UTC)
