"""Files that the bot hands over: an address to send one to, what was sent there, and where it is shown."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.playground.small_slack.model import Json, Refused


@dataclass
class Handed:
    """One file. It is nowhere to be seen before it is complete."""

    name: str
    length: int
    content: bytes | None = None
    channel: str | None = None


class Files:
    """`public_url`: of this small Slack. `post`: `chat.postMessage`, which tells of a file."""

    def __init__(self, public_url: Callable[[], str], post: Callable[[Json], Json]) -> None:
        self.handed: dict[str, Handed] = {}
        self._public_url = public_url
        self._post = post

    @property
    def route(self) -> Route:
        """Where they are sent to; no token is asked for there."""
        return Route("/upload/{file_id}", self._sent, methods=["POST"])

    def address(self, args: Json) -> Json:
        """`files.getUploadURLExternal`."""
        name, length = str(args.get("filename") or ""), str(args.get("length") or "")
        if not name or not length.isdigit() or int(length) < 1:
            raise Refused("invalid_arguments")
        file_id = f"F{len(self.handed) + 1:07d}"
        self.handed[file_id] = Handed(name, int(length))
        return {"file_id": file_id, "upload_url": f"{self._public_url()}/upload/{file_id}"}

    def complete(self, args: Json) -> Json:
        """`files.completeUploadExternal`: into one channel."""
        ids = [str(one.get("id")) for one in args.get("files") or ()]
        files = [self.handed.get(one) for one in ids]
        whole = [one for one in files if one and one.content is not None and len(one.content) == one.length]
        if not files or len(whole) < len(files):
            raise Refused("file_not_found")
        for one in whole:
            one.channel = str(args.get("channel_id") or "")
            self._post({"channel": one.channel, "text": one.name})
        return {"files": [{"id": file_id} for file_id in ids]}

    async def _sent(self, request: Request) -> Response:
        handed = self.handed.get(request.path_params["file_id"])
        if handed is None or handed.content is not None:
            return PlainTextResponse("no such file", status_code=404)
        handed.content = await request.body()
        return PlainTextResponse("OK")
