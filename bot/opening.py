"""Slash commands have no thread: one is opened for them, and what was typed goes on there as a turn.

A message that is to be scheduled is answered in its own thread."""

import textwrap
from typing import Final

from bot import dialogue, outbox
from bot.admission import DIRECT, is_closed, noted_refusal, refused, seen, who_is
from bot.conversation.answers import Answer
from bot.conversation.correlation import GOES_ON
from bot.conversation.ports import ChannelClosed, ThreadSession
from bot.conversation.replies import Card, Phrase, Post, Whisper, say
from bot.conversation.state import Outgoing, ThreadState
from bot.conversation.turns import MessageRef, SlashCommand, ThreadKey, Turn
from bot.conversation.verbs import spelled_out
from bot.means import Means
from bot.skills.common.desk import Desk, Place
from intents.frames import Context

IN_THE_OPEN = frozenset({"book", "find_slots", "reschedule", "cancel", "refine"})
# What is about one's own meetings, and asks for an approval: it goes on in the direct messages.
IN_PRIVATE = frozenset(
    {"accept", "add_people", "change_place", "decline", "no_show", "running_late", "undo", "preferences"}
)
QUOTED: Final = 150  # characters of a message, where it is quoted


class Opening:
    """Answers a command at once where it is private, and opens a thread for it where it is not."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def open(self, command: SlashCommand) -> None:
        """Take a command. Raises StoreUnavailable, LockLost, DeliveryFailed, QueueUnavailable."""
        async with self._means.store.open(command.id) as session:
            if command.id not in session.state.handled:
                await self._open(command, session)
            await outbox.flush(session, self._means.messenger)

    async def _open(self, command: SlashCommand, session: ThreadSession) -> None:
        speaker = await who_is(command.speaker, self._means.directory)
        speaker = seen(speaker, command.speaker_team, command.team)
        desk = await self._means.desk(speaker, Place(command.channel, command.id, in_dm=False))
        if refusal := refused(speaker, await self._means.rules.of(command.team), DIRECT):
            await noted_refusal(refusal.why, command.speaker, command.team, self._means)
            await self._whisper(command, desk.card(refusal.words), session)
            return
        command = command.model_copy(update={"text": spelled_out(command.text, speaker.locale)})
        kind = "book" if command.quoted or command.order else self._kind(command, desk)
        if kind in IN_THE_OPEN or kind in IN_PRIVATE:
            await self._in_thread(command, session, desk, is_private=kind in IN_PRIVATE)
        else:
            await self._at_once(command, session, desk)

    def _kind(self, command: SlashCommand, desk: Desk) -> str:
        return dialogue.read(command.text, command.at, Context(), desk, self._means.watcher).kind

    async def _at_once(self, command: SlashCommand, session: ThreadSession, desk: Desk) -> None:
        """Lists, help and what was not understood concern the person alone."""
        turn = _turn(command, command.channel, None)
        step = await dialogue.respond(turn, ThreadState(), desk, self._means.watcher)
        if isinstance(step, Answer):
            await self._whisper(command, step.card, session)

    async def _in_thread(
        self, command: SlashCommand, session: ThreadSession, desk: Desk, *, is_private: bool
    ) -> None:
        opened = session.state.opened or await self._opened(command, session, desk, is_private=is_private)
        if opened is None and command.channel:
            await self._whisper(command, desk.card(say("command.nowhere")), session)
            return
        if opened:
            await self._means.queue.put(_turn(command, opened.channel, opened))
        if opened is None or command.channel in ("", opened.channel):
            await session.save(session.state.having_handled(command.id))
        else:
            why = say("command.private_dm" if is_private else "command.in_dm")
            await self._whisper(command, desk.card(why), session)

    async def _opened(
        self, command: SlashCommand, session: ThreadSession, desk: Desk, *, is_private: bool
    ) -> MessageRef | None:
        """Saved before the turn is put: one that is put twice must go to one thread, where it is known."""
        elsewhere = is_private or is_closed(command.channel, await self._means.rules.of(command.team))
        opened = None if elsewhere or not command.channel else await self._in_channel(command, desk)
        opened = opened or await self._in_dm(command, desk)
        if opened:
            await session.save(session.state.model_copy(update={"opened": opened}))
        return opened

    async def _in_channel(self, command: SlashCommand, desk: Desk) -> MessageRef | None:
        asked = say("command.opening", who=desk.mention, text=command.text)
        if command.quoted or command.order:
            asked = say("shortcut.opening" if command.quoted else "window.opening", who=desk.mention)
        root = command.quoted.root if command.quoted else None
        return await self._post(command.channel, asked, desk, root)

    async def _in_dm(self, command: SlashCommand, desk: Desk) -> MessageRef | None:
        try:
            channel = await self._means.messenger.open_dm(command.speaker)
        except ChannelClosed:
            return None
        return await self._post(channel, _asked_directly(command), desk)

    async def _post(
        self, channel: str, line: Phrase, desk: Desk, root: str | None = None
    ) -> MessageRef | None:
        card = desk.card(line, notes=(say("command.working"),))
        post = Post(channel=channel, thread_ts=root, card=card)
        try:
            return await self._means.messenger.deliver(post)
        except ChannelClosed:
            return None

    async def _whisper(self, command: SlashCommand, card: Card, session: ThreadSession) -> None:
        whisper = Whisper(
            channel=command.channel, person=command.speaker, card=card, response_url=command.response_url
        )
        said = Outgoing(id=self._means.new_id(), delivery=whisper)
        await session.save(session.state.having_handled(command.id).saying(said))


def _asked_directly(command: SlashCommand) -> Phrase:
    """What was asked, as it stands at the top of direct messages."""
    if command.order:
        return say("window.opening_dm")
    if command.quoted is None:
        return say("command.opening_dm", text=command.text)
    said = textwrap.shorten(command.quoted.text, QUOTED, placeholder=" …")
    return say("shortcut.opening_dm" if said else "shortcut.opening_dm_bare", text=said)


def _turn(command: SlashCommand, channel: str, opened: MessageRef | None) -> Turn:
    """The command as a turn, under the message that was opened for it."""
    in_dm = channel.startswith("D")
    root = (opened.thread_ts or opened.ts) if opened else command.id
    return Turn(
        id=f"{command.id}{GOES_ON}",
        thread=ThreadKey(team=command.team, channel=channel, thread="dm" if in_dm else root),
        reply_to=root,
        speaker=command.speaker,
        speaker_team=command.speaker_team,
        text=command.text,
        at=command.at,
        in_dm=in_dm,
        card=opened,
        quoted=command.quoted,
        order=command.order,
    )
