"""The modals that are open, a stack for each person, and the Home tabs."""

from collections.abc import Callable

from bot.playground.small_slack.elements import named
from bot.playground.small_slack.model import Json, Refused, View
from bot.playground.small_slack.people import APP_ID
from bot.playground.small_slack.stamps import Stamps
from bot.playground.world import World

DEEPEST = 3
MOST_BLOCKS = 100
LONGEST_METADATA = 3000
LONGEST_TITLE = 24
OWN = ("callback_id", "private_metadata", "title", "close", "submit", "external_id")


class Views:
    """`changed` is called with the person whose views have changed."""

    def __init__(self, world: World, stamps: Stamps, changed: Callable[[str], None]) -> None:
        self._world = world
        self._stamps = stamps
        self._changed = changed
        self._stacks: dict[str, tuple[View, ...]] = {}
        self._homes: dict[str, View] = {}

    def stack(self, person: str) -> tuple[View, ...]:
        """The modals that are open, bottom to top."""
        return self._stacks.get(person, ())

    def home(self, person: str) -> View | None:
        """The Home tab, if the app has put one up."""
        return self._homes.get(person)

    def all(self) -> tuple[View, ...]:
        """Every modal and Home tab."""
        return (*(view for stack in self._stacks.values() for view in stack), *self._homes.values())

    def of(self, person: str, view_id: str) -> View:
        """What this person can use now: their uppermost modal or their Home tab. Raises LookupError."""
        in_front = [*self.stack(person)[-1:], self._homes.get(person)]
        for view in in_front:
            if view is not None and view.id == view_id:
                return view
        raise LookupError(f"{view_id} is not in front of {person}")

    def open(self, person: str, given: Json) -> View:
        """Open a modal as the first of a new stack. Raises Refused."""
        view = self._made(person, given, "modal", {})
        self._put(person, (view,))
        return view

    def push(self, person: str, given: Json) -> View:
        """Lay a modal on top. Raises Refused, when there are three or there is none."""
        stack = self.stack(person)
        if not stack:
            raise Refused("not_found")
        if len(stack) >= DEEPEST:
            raise Refused("push_limit_reached")
        place = {"root_view_id": stack[0].id, "previous_view_id": stack[-1].id}
        view = self._made(person, given, "modal", place)
        self._put(person, (*stack, view))
        return view

    def update(
        self, given: Json, *, view_id: str = "", external_id: str = "", hash_: str | None = None
    ) -> View:
        """Put another content into a view. Raises Refused, when it is closed or has changed since `hash_`."""
        before = self._found(view_id, external_id)
        if hash_ not in (None, before.hash):
            raise Refused("hash_conflict")
        after = self._made(before.person, given, before.type, before.view)
        if before.type == "home":
            self._homes[before.person] = after
            self._changed(before.person)
        else:
            stack = self.stack(before.person)
            self._put(before.person, tuple(after if one.id == before.id else one for one in stack))
        return after

    def publish(self, person: str, given: Json, hash_: str | None = None) -> View:
        """Put up a Home tab. Raises Refused."""
        before = self.home(person)
        if before is not None:
            return self.update(given, view_id=before.id, hash_=hash_)
        view = self._homes[person] = self._made(person, given, "home", {})
        self._changed(person)
        return view

    def close(self, person: str, view_id: str) -> None:
        """Take one modal away; those below stay. One that is not there is closed already."""
        left = tuple(one for one in self.stack(person) if one.id != view_id)
        if left != self.stack(person):
            self._put(person, left)

    def clear(self, person: str, root_view_id: str) -> None:
        """Close the whole stack on this root; a new one that was opened meanwhile stays."""
        left = [one for one in self.stack(person) if one.view["root_view_id"] != root_view_id]
        self._put(person, tuple(left))

    def _put(self, person: str, stack: tuple[View, ...]) -> None:
        self._stacks[person] = stack
        self._changed(person)

    def _found(self, view_id: str, external_id: str) -> View:
        for view in self.all():
            if view.id == view_id or (external_id and view.view["external_id"] == external_id):
                return view
        raise Refused("not_found")

    def _made(self, person: str, given: Json, kind: str, before: Json) -> View:
        """Slack's view object: what the app gave, and what Slack adds. `before`: its former self or place."""
        _check(given, kind)
        id_ = before.get("id") or self._stamps.next_id("V")
        own = given.get("external_id") or ""
        if own and any(one.view["external_id"] == own and one.id != id_ for one in self.all()):
            raise Refused("duplicate_external_id")
        seen: Json = {"id": id_, "team_id": self._world.team, "type": kind}
        seen["blocks"] = [named(one, self._stamps.next_id) for one in given["blocks"]]
        seen |= {name: given.get(name, "" if name in _TEXTS else None) for name in OWN}
        seen |= {name: bool(given.get(name)) for name in ("clear_on_close", "notify_on_close")}
        seen |= {"state": {"values": {}}, "hash": self._stamps.next_id("h")}
        seen["root_view_id"] = before.get("root_view_id") or id_
        seen["previous_view_id"] = before.get("previous_view_id")
        seen |= {
            "app_id": APP_ID,
            "app_installed_team_id": self._world.team,
            "bot_id": self._world.bot.bot_id,
        }
        return View(person=person, view=seen)


_TEXTS = ("callback_id", "private_metadata", "external_id")


def _check(given: Json, kind: str) -> None:
    blocks = given.get("blocks") if isinstance(given, dict) else None
    if not isinstance(blocks, list) or given.get("type") != kind:
        raise Refused("invalid_arguments")
    if any(not isinstance(one, dict) or "type" not in one for one in blocks):
        raise Refused("invalid_blocks")
    if any(one["type"] == "input" and not isinstance(one.get("element"), dict) for one in blocks):
        raise Refused("invalid_blocks")
    title = given.get("title")
    words = title.get("text", "") if isinstance(title, dict) else ""
    if len(blocks) > MOST_BLOCKS or len(given.get("private_metadata") or "") > LONGEST_METADATA:
        raise Refused("invalid_arguments")
    has_input = any(one["type"] == "input" for one in blocks)
    if kind == "modal" and (not 0 < len(words) <= LONGEST_TITLE or (has_input and not given.get("submit"))):
        raise Refused("invalid_arguments")
