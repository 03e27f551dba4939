"""The Web API's methods for agents: what a session is doing, and what one could say in it."""

from typing import get_args

from bot.playground.small_slack.model import Json, Refused, Session
from bot.playground.small_slack.workspace import Workspace

MOST_PROMPTS = 4
LONGEST_TITLE = 200


class AgentMethods:
    """Kept on the thread's root and on the room."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def set_status(self, args: Json) -> Json:
        """`agents.sessions.setStatus`: `processing`, `active`, `suspended` or `closed`.

        Only a new session takes a `title`.
        """
        status = args.get("status")
        if status not in get_args(Session):
            raise Refused("invalid_arguments")
        try:
            root = self._workspace.message(str(args.get("channel_id")), str(args.get("thread_ts")))
        except Refused as error:
            raise Refused("thread_not_found") from error
        title = str(args.get("title", "")) if root.session is None else root.session_title
        if len(title) > LONGEST_TITLE:
            raise Refused("invalid_arguments")
        self._workspace.keep(root.model_copy(update={"session": status, "session_title": title}))
        return {"status": status, "title": title}

    def set_prompts(self, args: Json) -> Json:
        """`assistant.threads.setSuggestedPrompts`: for all of the direct messages."""
        prompts = args.get("prompts") or []
        if len(prompts) > MOST_PROMPTS or any(not {"title", "message"} <= one.keys() for one in prompts):
            raise Refused("invalid_arguments")
        room = self._workspace.room(str(args.get("channel_id")))
        self._workspace.keep_room(room.model_copy(update={"prompts": tuple(prompts)}))
        return {}
