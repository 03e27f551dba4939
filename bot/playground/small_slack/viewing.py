"""What people do with modals and the Home tab: submit, close, open."""

from bot.playground.small_slack.form_checks import complaints
from bot.playground.small_slack.interacting import Interacting
from bot.playground.small_slack.model import Answer, Json, Message, Refused, State, Submitted, View


class Viewing(Interacting):
    """Modals lie in a stack; only the uppermost can be used."""

    def stack(self, person: str) -> tuple[View, ...]:
        """The modals that are open, bottom to top."""
        return self._workspace.views.stack(person)

    def home(self, person: str) -> Json | None:
        """The person's Home tab, if the bot has put one up."""
        view = self._workspace.views.home(person)
        return view.view if view else None

    @property
    def views(self) -> tuple[Json, ...]:
        """Every modal and Home tab, as it stands."""
        return tuple(one.view for one in self._workspace.views.all())

    async def submit(self, person: str, view_id: str, state: State | None = None) -> Submitted:
        """Submit a modal: checked as Slack's client does, then `view_submission`, then what the app answers.

        Raises LookupError, when it is not in front. It stays open unless the answer is `ok`.
        """
        view = self._modal(person, view_id)
        stands = self._stands(view_id, view.view["blocks"], state or {})
        errors = complaints(view.view["blocks"], stands["values"])
        if errors:
            return Submitted(ok=False, errors=errors)
        payload = self._of_view("view_submission", view, stands)
        payload["trigger_id"] = self._workspace.trigger(person, view_id)
        payload["response_urls"] = self._response_urls(view, stands["values"])
        answer = await self._interact(payload)
        return self._carried_out(view, answer)

    async def close_view(self, person: str, view_id: str, *, whole: bool = False) -> Answer:
        """Close a modal, or the `whole` stack; `view_closed` for each that wants it. Raises LookupError."""
        view = self._modal(person, view_id)
        whole = whole or view.view["clear_on_close"]
        leaving = tuple(reversed(self.stack(person))) if whole else (view,)
        for one in leaving:
            self._workspace.views.close(person, one.id)
        answer = Answer(status=200)
        for one in leaving:
            if one.view["notify_on_close"]:
                stands = self._stands(one.id, one.view["blocks"], {})
                told = self._of_view("view_closed", one, stands) | {"is_cleared": whole}
                answer = await self._interact(told)
        return answer

    async def open_home(self, person: str, tab: str = "home") -> None:
        """Open the app's `home` or `messages` tab: `app_home_opened`. Raises Refused."""
        room = self._workspace.dm(person)
        event: Json = {"type": "app_home_opened", "user": person, "channel": room.id, "tab": tab}
        event["event_ts"] = self._workspace.stamps.ts()
        if tab == "home" and (view := self.home(person)):
            event["view"] = view
        await self._speech.tell([self._speech.enveloped(event, room)])

    async def stop(self, person: str, root: Message) -> None:
        """Press Stop in the session under this message: `agent_session_stopped`; no more happens by itself.

        Raises LookupError where the app is not at work, and there is no such button; Refused.
        """
        room = self._workspace.dm(person)
        if self._workspace.message(room.id, root.ts).session != "processing":
            raise LookupError("nothing is done there that could be stopped")
        event: Json = {"type": "agent_session_stopped", "user": person, "channel": room.id}
        event |= {"thread_ts": root.ts, "streaming_message_ts": [], "event_ts": self._workspace.stamps.ts()}
        await self._speech.tell([self._speech.enveloped(event, room)])

    def _modal(self, person: str, view_id: str) -> View:
        view = self._workspace.views.of(person, view_id)
        if view.type != "modal":
            raise LookupError(f"{view_id} is no modal")
        return view

    def _of_view(self, kind: str, view: View, stands: Json) -> Json:
        return self._begun(kind, view.person) | {"view": view.view | {"state": stands}}

    def _carried_out(self, view: View, answer: Answer) -> Submitted:
        """Do what the app answers to a submission."""
        body = answer.body if isinstance(answer.body, dict) else {}
        if not answer.ok:
            return Submitted(ok=False, answer=answer)
        if body.get("response_action") == "errors":
            return Submitted(ok=False, errors=_told(view, body.get("errors")), answer=answer)
        try:
            self._follow(view, body.get("response_action"), body.get("view") or {})
        except Refused:
            return Submitted(ok=False, answer=answer)
        return Submitted(ok=True, answer=answer)

    def _follow(self, view: View, action: str | None, given: Json) -> None:
        views = self._workspace.views
        if action == "clear":
            views.clear(view.person, view.view["root_view_id"])
        elif action == "update":
            views.update(given, view_id=view.id)
        elif action == "push":
            views.push(view.person, given)
        else:
            views.close(view.person, view.id)

    def _response_urls(self, view: View, values: Json) -> list[Json]:
        """Where the app may answer: the rooms chosen in selects that ask for it."""
        urls = []
        for block in view.view["blocks"]:
            element = block.get("element") or {}
            stands = values.get(block["block_id"], {}).get(element.get("action_id"), {})
            room = stands.get("selected_conversation") or stands.get("selected_channel")
            if element.get("response_url_enabled") and room:
                place = {"block_id": block["block_id"], "action_id": element["action_id"], "channel_id": room}
                urls.append(place | {"response_url": self._url(self._ticket(room, view.person))})
        return urls


def _told(view: View, errors: object) -> dict[str, str]:
    """The app's errors, as far as they are about blocks of this view."""
    known = {one["block_id"] for one in view.view["blocks"]}
    given = errors if isinstance(errors, dict) else {}
    return {block: str(text) for block, text in given.items() if block in known}
