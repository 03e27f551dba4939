"""GET and PATCH /me: whose credential it is."""

from typing import Any, Literal

from bot.calcom.endpoints.languages import Language
from bot.calcom.models import Answered, Asked, data_of
from bot.calcom.transport.client import CalcomClient

WeekDay = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


class Me(Answered):
    """The account behind a credential. `time_zone` is an IANA name."""

    id: int
    username: str | None = None
    email: str
    name: str | None = None
    time_zone: str = "UTC"
    time_format: int | None = None
    default_schedule_id: int | None = None
    week_start: str | None = None
    locale: str | None = None
    avatar_url: str | None = None
    bio: str | None = None
    organization_id: int | None = None


class UpdateMe(Asked):
    """What to change; a new e-mail address is taken only after it was verified."""

    email: str | None = None
    name: str | None = None
    time_format: Literal[12, 24] | None = None
    default_schedule_id: int | None = None
    week_start: WeekDay | None = None
    time_zone: str | None = None
    locale: Language | None = None
    avatar_url: str | None = None
    bio: str | None = None


class MeEndpoints:
    """Who the credential belongs to."""

    def __init__(self, client: CalcomClient) -> None:
        self._client = client

    async def read(self) -> Me:
        """GET /me."""
        return await self._client.read("/me", read_me)

    async def update(self, changes: UpdateMe) -> Me:
        """PATCH /me."""
        return await self._client.write("PATCH", "/me", read_me, body=changes)


def read_me(body: Any) -> Me:
    """Read an answer of /me."""
    return Me.model_validate(data_of(body))
