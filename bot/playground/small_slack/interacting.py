"""What people press, choose and call up: every control of a message or a view, and shortcuts."""

from collections.abc import Sequence
from typing import Any

from bot.playground.small_slack.controls import CONTROLS, Known
from bot.playground.small_slack.elements import elements_in, flat
from bot.playground.small_slack.hands import Hands
from bot.playground.small_slack.interactions import action_of, in_message, in_view, state_of
from bot.playground.small_slack.model import Answer, Chosen, Json, Message, Refused, State
from bot.playground.small_slack.pressing import found_element, found_option
from bot.playground.small_slack.wire import attachment, wire
from bot.playground.small_slack.workspace import dm_id

Source = Message | str
SHORTEST_QUERY = 3  # Slack's default of min_query_length


class Interacting(Hands):
    """With the mouse. A `source` is a message, used as it is handed in, or the id of a view in front."""

    async def act(
        self,
        person: str,
        source: Source,
        *,
        block_id: str,
        action_id: str,
        chosen: Chosen,
        state: State | None = None,
    ) -> Answer:
        """Press or choose: `block_actions`. `state`: what the other controls stand at, if touched.

        Raises LookupError, when there is no such control or nothing like that to choose in it; Refused, when
        the room is gone.
        """
        blocks = self._blocks(person, source)
        element = _found(blocks, block_id, action_id)
        if _stays_in_its_form(blocks, block_id):
            raise LookupError(f"{block_id} tells nothing before its form is submitted")
        action = action_of(element, chosen, self._workspace.stamps.ts(), self._known(source, element))
        touched = {**(state or {})}
        if element["type"] in CONTROLS:
            touched[block_id] = {**touched.get(block_id, {}), action_id: chosen}
        payload = self._begun("block_actions", person)
        payload |= self._place(person, source, touched) | {"actions": [action]}
        payload["trigger_id"] = self._workspace.trigger(person, source if isinstance(source, str) else None)
        if isinstance(source, Message):
            payload = _under_link(source, block_id, payload)
            payload["response_url"] = self._url(self._ticket(source.channel, person, source))
        return await self._interact(payload)

    async def press(
        self,
        person: str,
        message: Message,
        *,
        label: str | None = None,
        action_id: str | None = None,
        value: str | None = None,
        option: str | None = None,
    ) -> Answer:
        """Press the button with this label, action_id or value; or choose a menu's `option` by either.

        `message` is used as it is handed in: an old copy is an old card. Raises LookupError.
        """
        chosen: Chosen = {}
        if option is not None:
            element, chosen = found_option(message, option=option, action_id=action_id)
        else:
            element = found_element(message, label=label, action_id=action_id, value=value)
        place = {"block_id": element["block_id"], "action_id": element["action_id"]}
        return await self.act(person, message, **place, chosen=chosen)

    async def options(
        self, person: str, source: Source, *, block_id: str, action_id: str, query: str
    ) -> tuple[Json, ...]:
        """What the app suggests in an external select: options, or groups of them; nothing for a short query.

        Raises LookupError; Refused (`no_options`), when the app does not answer.
        """
        element = _found(self._blocks(person, source), block_id, action_id)
        if len(query) < element.get("min_query_length", SHORTEST_QUERY):
            return ()
        payload = self._begun("block_suggestion", person)
        payload |= self._place(person, source, {})
        payload |= {"block_id": block_id, "action_id": action_id, "value": query}
        answer = await self._interact(payload)
        if not answer.ok or not isinstance(answer.body, dict):
            raise Refused("no_options")
        self._remember(source, element, answer.body)
        return tuple(answer.body.get("option_groups") or answer.body.get("options") or ())

    async def shortcut(self, person: str, callback_id: str, message: Message | None = None) -> Answer:
        """Use a shortcut, of a message or from anywhere. Raises ValueError for a stranger, Refused."""
        one = self._insider(person)
        payload = self._begun("message_action" if message else "shortcut", one.id)
        payload |= {"callback_id": callback_id, "trigger_id": self._workspace.trigger(person)}
        payload["action_ts"] = self._workspace.stamps.ts()
        if message is not None:
            payload |= self._of_message(person, message)
        return await self._interact(payload)

    def _of_message(self, person: str, message: Message) -> Json:
        if message.only_for:
            raise Refused("message_not_found")  # ephemerals have no menu of shortcuts
        room = self._workspace.room(message.channel)
        url = self._url(self._ticket(room.id, person))
        place = {"channel": {"id": room.id, "name": room.name}, "message_ts": message.ts}
        return place | {"message": self._shown_message(message), "response_url": url}

    def _place(self, person: str, source: Source, state: State) -> Json:
        """Where something is done, with what stands there."""
        stands = self._stands(source, self._blocks(person, source), state)
        if isinstance(source, str):
            return in_view(self._workspace.views.of(person, source).view, stands)
        room = self._workspace.room(source.channel)
        return in_message(source, room, self._shown_message(source)) | {"state": stands}

    def _stands(self, source: Source, blocks: Sequence[Json], state: State) -> Json:
        elements = tuple(elements_in(blocks))
        known = {(one["block_id"], one["action_id"]): self._known(source, one) for one in elements}
        return state_of(elements, state, known)

    def _blocks(self, person: str, source: Source) -> Sequence[Json]:
        if isinstance(source, Message):
            return source.all_blocks
        blocks: Sequence[Json] = self._workspace.views.of(person, source).view["blocks"]
        return blocks

    def _shown_message(self, message: Message) -> Json:
        replies = len(self._workspace.replies(message.channel, message.ts))
        return wire(message, self._workspace.world, replies)

    def _known(self, source: Source, element: Json) -> Known:
        people = frozenset(one.id for one in self._workspace.world.person)
        direct = frozenset(dm_id(person) for person in people)
        rooms = frozenset(self._workspace.rooms) | direct
        return Known(people, rooms, self._workspace.suggested.get(_key(source, element), {}))

    def _remember(self, source: Source, element: Json, body: dict[str, Any]) -> None:
        groups = body.get("option_groups") or [body]
        found = {one["value"]: one for group in groups for one in group.get("options") or ()}
        self._workspace.suggested.setdefault(_key(source, element), {}).update(found)


def _key(source: Source, element: Json) -> tuple[str, str, str]:
    place = source if isinstance(source, str) else f"{source.channel}/{source.ts}"
    return place, element["block_id"], element["action_id"]


def _found(blocks: Sequence[Json], block_id: str, action_id: str) -> Json:
    for element in elements_in(blocks):
        if (element["block_id"], element["action_id"]) == (block_id, action_id):
            return element
    raise LookupError(f"nothing called {action_id} in {block_id}")


def _under_link(message: Message, block_id: str, payload: Json) -> Json:
    """A press under a link tells the link, and not the message that it stands in: that is somebody else's."""
    for one in message.unfurls:
        if block_id not in (block.get("block_id") for block in flat(one.blocks)):
            continue
        shown = attachment(message, one.url)
        place = {"type": "message_attachment", "attachment_id": shown["id"], "app_unfurl_url": one.url}
        told = payload | {"container": payload["container"] | place | {"is_app_unfurl": True}}
        return {name: value for name, value in told.items() if name != "message"} | {"app_unfurl": shown}
    return payload


def _stays_in_its_form(blocks: Sequence[Json], block_id: str) -> bool:
    block = next(one for one in flat(blocks) if one.get("block_id") == block_id)
    return block["type"] == "input" and not block.get("dispatch_action")
