"""/conferencing: the apps in which an account holds its calls."""

from typing import Any, Literal

from bot.calcom.models import Answered, data_of, list_of, read_nothing
from bot.calcom.transport.client import CalcomClient

ConferencingApp = Literal["google-meet", "zoom", "msteams", "daily-video"]  # as this family calls them


class ConnectedApp(Answered):
    """A connected app. `invalid`: it has to be connected anew."""

    id: int
    type: str
    user_id: int | None = None
    invalid: bool | None = None


class DefaultApp(Answered):
    """The app that is taken when an event type names none."""

    app_slug: str | None = None
    app_link: str | None = None


class ConferencingEndpoints:
    """An account's conferencing apps."""

    def __init__(self, client: CalcomClient) -> None:
        self._client = client

    async def list(self) -> tuple[ConnectedApp, ...]:
        """GET /conferencing."""
        return await self._client.read("/conferencing", read_apps)

    async def default(self) -> DefaultApp | None:
        """GET /conferencing/default; None where none was chosen."""
        return await self._client.read("/conferencing/default", read_default_app)

    async def set_default(self, app: ConferencingApp) -> None:
        """POST /conferencing/{app}/default."""
        await self._client.write("POST", "/conferencing/{app}/default", read_nothing, app=app)


def read_apps(body: Any) -> tuple[ConnectedApp, ...]:
    """Read the connected apps."""
    return tuple(ConnectedApp.model_validate(one) for one in list_of(body))


def read_default_app(body: Any) -> DefaultApp | None:
    """Read the default one; the envelope may come without it."""
    found = body.get("data") if isinstance(body, dict) else data_of(body)
    return DefaultApp.model_validate(found) if found else None
