"""What a response_url does: a new message or ephemeral, in the place of the one pressed, or its removal."""

from bot.playground.small_slack.model import Json, Message, Refused, Ticket
from bot.playground.small_slack.speech import Speech
from bot.playground.small_slack.workspace import Workspace


class Responding:
    """Works also in channels where the bot is not a member."""

    def __init__(self, workspace: Workspace, speech: Speech) -> None:
        self._workspace = workspace
        self._speech = speech

    def respond(self, name: str, body: Json) -> Json:
        """Use a ticket. Raises Refused: `used_url`, `expired_url`, and what else Slack says."""
        ticket = self._used(name)
        target = self._target(ticket)
        if body.get("delete_original"):
            return self._delete(target)
        if not body.get("text") and not body.get("blocks"):
            raise Refused("no_text")
        if body.get("replace_original") and target is not None:
            return self._replace(target, body)
        self.answer(ticket, body)
        return {}

    def answer(self, ticket: Ticket, body: Json) -> None:
        """Post anew: for one person, or for all when `response_type` is `in_channel`."""
        in_channel = body.get("response_type") == "in_channel"
        message = Message(
            channel=ticket.channel,
            ts=self._workspace.stamps.ts(),
            author=self._workspace.world.bot.user,
            text=body.get("text") or "",
            blocks=tuple(body.get("blocks") or ()),
            thread_ts=body.get("thread_ts"),
            only_for=None if in_channel else ticket.person,
            by_bot=True,
        )
        if not in_channel:
            self._workspace.keep(message)
            return
        self._speech.tell_later(self._speech.post(message))

    def _used(self, name: str) -> Ticket:
        ticket = self._workspace.tickets.get(name)
        if ticket is None or self._workspace.stamps.now() > ticket.until:
            raise Refused("expired_url")
        if ticket.uses_left <= 0:
            raise Refused("used_url")
        self._workspace.tickets[name] = ticket.model_copy(update={"uses_left": ticket.uses_left - 1})
        return ticket

    def _target(self, ticket: Ticket) -> Message | None:
        if ticket.whisper_ts:
            return self._workspace.whispered.get(ticket.whisper_ts)
        return self._workspace.said.get(ticket.channel, {}).get(ticket.message_ts or "")

    def _delete(self, target: Message | None) -> Json:
        if target is None:
            raise Refused("message_not_found")
        if target.only_for:
            self._workspace.drop(target)
        else:
            self._speech.tell_later(self._speech.delete(target))
        return {}

    def _replace(self, target: Message, body: Json) -> Json:
        change = {"text": body.get("text") or "", "blocks": tuple(body.get("blocks") or ())}
        after = target.model_copy(update=change)
        if target.only_for:
            self._workspace.keep(after)
        else:
            self._speech.tell_later(self._speech.edit(target, after))
        return {}
