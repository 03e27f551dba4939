"""A page that does next to nothing, to tell how fast the machine and its browser are just now."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"""<!doctype html><html lang="en"><title>bare</title><link rel="stylesheet" href="/style.css">
<body><h1>Bare</h1><div id="channel-messages"></div><textarea id="composer-channel"></textarea><script>
const field = document.querySelector("textarea");
field.addEventListener("keydown", async (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  const answer = await fetch("/say", { method: "POST", body: field.value });
  const said = document.createElement("p");
  said.textContent = await answer.text();
  document.querySelector("div").append(said);
  field.value = "";
});
</script></body></html>"""


class Bare(BaseHTTPRequestHandler):
    """Says again what it hears."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(
            *((b"p { margin: 0 }", "text/css") if self.path == "/style.css" else (PAGE, "text/html"))
        )

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["content-length"])), "text/plain")

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def bare_page() -> Iterator[str]:
    """Serve it; its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Bare) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()
