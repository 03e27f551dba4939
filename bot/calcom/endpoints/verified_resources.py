"""/verified-resources: addresses and numbers that an account has shown to be its own."""

from typing import Any

from bot.calcom.endpoints.pages import Page
from bot.calcom.models import Answered, list_of
from bot.calcom.transport.client import CalcomClient


class VerifiedEmail(Answered):
    """An address."""

    id: int
    email: str
    user_id: int | None = None


class VerifiedPhone(Answered):
    """A telephone number."""

    id: int
    phone_number: str
    user_id: int | None = None


class VerifiedResourcesEndpoints:
    """What an account has verified."""

    def __init__(self, client: CalcomClient) -> None:
        self._client = client

    async def emails(self, page: Page | None = None) -> tuple[VerifiedEmail, ...]:
        """GET /verified-resources/emails."""
        return await self._client.read("/verified-resources/emails", read_emails, params=page)

    async def phones(self, page: Page | None = None) -> tuple[VerifiedPhone, ...]:
        """GET /verified-resources/phones."""
        return await self._client.read("/verified-resources/phones", read_phones, params=page)


def read_emails(body: Any) -> tuple[VerifiedEmail, ...]:
    """Read verified addresses."""
    return tuple(VerifiedEmail.model_validate(one) for one in list_of(body))


def read_phones(body: Any) -> tuple[VerifiedPhone, ...]:
    """Read verified numbers."""
    return tuple(VerifiedPhone.model_validate(one) for one in list_of(body))
