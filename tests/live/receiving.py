"""Takes webhooks as they come, raw."""

import asyncio
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.calcom.webhooks import is_signed, read_event
from bot.scheduling.model import BookingEvent

PATIENCE = 60.0  # seconds: the hosted service delivers later than it answers


@dataclass(frozen=True)
class Delivery:
    """One request: its body, and what it was signed with."""

    body: bytes
    signature: str | None


@dataclass
class Receiver:
    """What Cal.com is given to deliver to. `url`: where Cal.com reaches it."""

    url: str = ""
    deliveries: list[Delivery] = field(default_factory=list)

    @property
    def app(self) -> Starlette:
        """Answers everything with 200."""
        return Starlette(routes=[Route("/{path:path}", self._take, methods=["POST"])])

    async def _take(self, request: Request) -> Response:
        signature = request.headers.get("x-cal-signature-256")
        self.deliveries.append(Delivery(await request.body(), signature))
        return Response()

    async def news(self, uid: str, secret: str) -> BookingEvent:
        """What was told of this booking, as the bot reads it; waits for it. Raises TimeoutError.

        What is not signed with this secret is news of another test, or nobody's.
        """
        async with asyncio.timeout(PATIENCE):
            while True:
                signed = [one for one in self.deliveries if is_signed(one.body, one.signature, secret)]
                told = [read_event(one.body, one.signature, secret) for one in signed]
                found = next((one for one in told if one and one.booking.uid == uid), None)
                if found:
                    return found
                await asyncio.sleep(0.05)
