"""The Web API's views.* methods: modals and Home tabs."""

from bot.playground.small_slack.model import Json, Refused
from bot.playground.small_slack.views import Views
from bot.playground.small_slack.workspace import Workspace


class ViewMethods:
    """Modals open on a trigger; the Home tab is put up for a person."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def open(self, args: Json) -> Json:
        """`views.open`: the first of a stack."""
        trigger = self._workspace.redeem(str(args.get("trigger_id", "")))
        return {"view": self._views().open(trigger.person, args.get("view") or {}).view}

    def push(self, args: Json) -> Json:
        """`views.push`: only with a trigger from a modal that is still open, at most three deep."""
        trigger = self._workspace.redeem(str(args.get("trigger_id", "")))
        stack = self._views().stack(trigger.person)
        if trigger.view_id not in [one.id for one in stack]:
            raise Refused("invalid_trigger_id")
        return {"view": self._views().push(trigger.person, args.get("view") or {}).view}

    def update(self, args: Json) -> Json:
        """`views.update`, by id or external id; a stale `hash` is refused."""
        view_id, external_id = str(args.get("view_id") or ""), str(args.get("external_id") or "")
        given, stale = args.get("view") or {}, args.get("hash")
        return {
            "view": self._views().update(given, view_id=view_id, external_id=external_id, hash_=stale).view
        }

    def publish(self, args: Json) -> Json:
        """`views.publish`: a person's Home tab."""
        person = args.get("user_id", "")
        if all(person != one.id for one in self._workspace.world.person):
            raise Refused("user_not_found")
        return {"view": self._views().publish(person, args.get("view") or {}, args.get("hash")).view}

    def _views(self) -> Views:
        return self._workspace.views
