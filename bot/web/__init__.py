"""The front door on the web: one ASGI app, and the server that runs it."""

from bot.web.front import build_web
from bot.web.server import serve_web

__all__ = ["build_web", "serve_web"]
