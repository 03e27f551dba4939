"""Makes the example calls: all of them, what they give, and what they send."""

import inspect
from contextlib import suppress
from typing import Any

from bot.calcom.api import CalcomApi
from bot.calcom.versions import Profile
from bot.scheduling.errors import CalendarError
from tests.calcom import booking_examples, examples
from tests.calcom.calls import Network
from tests.calcom.documents import Sent

NOT_FOUND = (404, {"status": "error", "error": {"code": "NotFoundException", "message": "Not there"}})
EVERYWHERE = {**examples.EXAMPLES, **booking_examples.EXAMPLES}
HOSTED_ONLY = {**examples.HOSTED_ONLY, **booking_examples.HOSTED_ONLY}
ROWS: list[tuple[Profile, str, tuple[Any, ...]]] = [
    *(("hosted", name, one) for name, many in EVERYWHERE.items() for one in many),
    *(("hosted", name, one) for name, many in HOSTED_ONLY.items() for one in many),
    *(("self_hosted", name, one) for name, many in EVERYWHERE.items() for one in many),
]


async def made(api: CalcomApi, name: str, arguments: tuple[Any, ...]) -> Any:
    """What a call gives; of a list that comes page by page, the first."""
    family, _, method = name.partition(".")
    *plain, named = (*arguments, {})
    if plain and isinstance(plain[-1], dict):
        named = plain.pop()
    call = getattr(getattr(api, family), method)(*plain, **named)
    return await (anext(call) if inspect.isasyncgen(call) else call)


async def sent_by(profile: Profile, name: str, arguments: tuple[Any, ...]) -> list[Sent]:
    """What the layer sends for a call; whatever comes back, nothing is there."""
    network = Network(NOT_FOUND)
    async with network.api(profile) as api:
        with suppress(CalendarError):
            await made(api, name, arguments)
    return [Sent.of(one) for one in network.asked]
