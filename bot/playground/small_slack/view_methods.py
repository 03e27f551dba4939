"""The Web API's views.* methods: modals and Home tabs."""

from bot.playground.small_slack.model import Json, Refused
from bot.playground.small_slack.workspace import Change, Workspace


class ViewMethods:
    """Modals open on a trigger; the Home tab is put up for a person."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def open(self, args: Json) -> Json:
        """`views.open` and `views.push`."""
        view = _view(args, "modal")
        person = self._workspace.redeem(str(args.get("trigger_id", "")))
        return self._kept({"id": self._workspace.stamps.next_id("V"), "person": person}, view)

    def update(self, args: Json) -> Json:
        """`views.update`, by id or external id; a stale `hash` is refused."""
        before = self._found(args)
        if args.get("hash") not in (None, before["hash"]):
            raise Refused("hash_conflict")
        return self._kept(before, _view(args, before["type"]))

    def publish(self, args: Json) -> Json:
        """`views.publish`: a person's Home tab."""
        person = args.get("user_id", "")
        if all(person != one.id for one in self._workspace.world.person):
            raise Refused("user_not_found")
        before = self._workspace.homes.get(person) or {
            "id": self._workspace.stamps.next_id("V"),
            "person": person,
        }
        answer = self._kept(before, _view(args, "home"))
        self._workspace.homes[person] = answer["view"]
        return answer

    def _found(self, args: Json) -> Json:
        for view in self._workspace.views.values():
            if args.get("view_id") == view["id"] or (args.get("external_id") or "-") == view.get(
                "external_id"
            ):
                return view
        raise Refused("not_found")

    def _kept(self, before: Json, view: Json) -> Json:
        world = self._workspace.world
        kept = view | {
            "id": before["id"],
            "person": before["person"],
            "hash": self._workspace.stamps.next_id("h"),
        }
        kept |= {"team_id": world.team, "bot_id": world.bot.bot_id, "state": {"values": {}}}
        kept |= {"root_view_id": before["id"], "previous_view_id": None}
        self._workspace.views[kept["id"]] = kept
        self._workspace.changes.tell(Change("view", person=kept["person"]))
        return {"view": kept}


def _view(args: Json, kind: str) -> Json:
    view = args.get("view")
    if not isinstance(view, dict) or view.get("type") != kind or not isinstance(view.get("blocks"), list):
        raise Refused("invalid_arguments")
    return view
