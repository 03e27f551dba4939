"""The page's own files, kept in memory: some eighty small modules are asked for at once when it opens."""

import mimetypes
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

ASSETS = Path(str(files("bot.playground.page"))) / "assets"


class File(NamedTuple):
    """A file as it was read. `changed`: when it was last written, in nanoseconds."""

    changed: int
    body: bytes
    kind: str
    etag: str


class Files:
    """An ASGI app for the files of a folder; one that changes on disk is read anew."""

    def __init__(self, folder: Path = ASSETS) -> None:
        self._folder = folder.resolve()
        self._known: dict[str, File] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the file that the rest of the path names. Raises HTTPException 404 or 405."""
        request = Request(scope)
        if request.method not in ("GET", "HEAD"):
            raise HTTPException(405)
        name = scope["path"].removeprefix(scope.get("root_path", "")).lstrip("/")
        await self.answer(name, request)(scope, receive, send)

    def answer(self, name: str, request: Request) -> Response:
        """The file of this name, or 304 where the browser has it as it is. Raises HTTPException 404."""
        file = self._file(name)
        headers = {"ETag": file.etag}
        if request.headers.get("if-none-match") == file.etag:
            return Response(status_code=304, headers=headers)
        body = b"" if request.method == "HEAD" else file.body
        return Response(body, media_type=file.kind, headers=headers)

    def _file(self, name: str) -> File:
        try:
            path = (self._folder / name).resolve()
            changed = path.stat().st_mtime_ns
            if not path.is_relative_to(self._folder) or not path.is_file():
                raise HTTPException(404)
        except (OSError, ValueError) as error:
            raise HTTPException(404) from error
        known = self._known.get(name)
        if known is None or known.changed != changed:
            known = self._known[name] = _read(path, changed)
        return known


def _read(path: Path, changed: int) -> File:
    body = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return File(changed, body, kind, f'"{sha256(body).hexdigest()[:32]}"')
