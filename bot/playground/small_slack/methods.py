"""The Web API's methods by name."""

from collections.abc import Callable

from bot.playground.small_slack.agent_methods import AgentMethods
from bot.playground.small_slack.model import Json, Refused
from bot.playground.small_slack.people_methods import PeopleMethods
from bot.playground.small_slack.speech import Speech
from bot.playground.small_slack.stream_methods import StreamMethods
from bot.playground.small_slack.unfurl_methods import UnfurlMethods
from bot.playground.small_slack.view_methods import ViewMethods
from bot.playground.small_slack.workspace import Workspace

Method = Callable[[Json], Json]


def methods_of(workspace: Workspace, speech: Speech) -> dict[str, Method]:
    """Those that need the bot's token."""
    chat, people = StreamMethods(workspace, speech), PeopleMethods(workspace, lambda: speech.hears_channels)
    views, agents = ViewMethods(workspace), AgentMethods(workspace)
    return {
        "auth.test": people.auth_test,
        "users.info": people.info,
        "users.lookupByEmail": people.by_email,
        "usergroups.users.list": people.group_members,
        "conversations.open": people.open_conversation,
        "conversations.info": people.conversation,
        "conversations.replies": people.thread,
        "chat.postMessage": chat.post_message,
        "chat.update": chat.update,
        "chat.delete": chat.delete,
        "chat.postEphemeral": chat.post_ephemeral,
        "reactions.add": chat.add_reaction,
        "views.open": views.open,
        "views.push": views.push,
        "views.update": views.update,
        "views.publish": views.publish,
        "chat.unfurl": UnfurlMethods(workspace).unfurl,
        "chat.startStream": chat.start_stream,
        "chat.appendStream": chat.append_stream,
        "chat.stopStream": chat.stop_stream,
        "assistant.threads.setSuggestedPrompts": agents.set_prompts,
        "agents.sessions.setStatus": agents.set_status,
    }


def open_methods_of(app_token: Callable[[], tuple[str | None, str | None]]) -> dict[str, Method]:
    """Those that need no bot token. `app_token` gives the app's own token and the socket's address."""

    def connect(args: Json) -> Json:
        token, url = app_token()
        if not str(args["token"]).startswith("xapp-"):
            raise Refused("not_allowed_token_type" if args["token"] else "not_authed")
        if token is None or url is None or args["token"] != token:
            raise Refused("invalid_auth")
        return {"url": url}

    def test(args: Json) -> Json:
        if args.get("error"):
            raise Refused(args["error"])
        return {"args": {name: value for name, value in args.items() if name != "token"}}

    return {"api.test": test, "apps.connections.open": connect}
