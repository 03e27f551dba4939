"""Secrets in values: hidden wherever a value is shown, dumped or logged, but for the one way to keep them."""

from typing import Annotated, Final

from pydantic import PlainSerializer, SecretStr, SerializationInfo

from bot.scheduling.model import Value

TO_BE_SEALED: Final = {"sealed": True}  # the context in which a dump holds secrets in clear


def _shown(secret: SecretStr, info: SerializationInfo) -> str:
    return secret.get_secret_value() if info.context == TO_BE_SEALED else str(secret)


Secret = Annotated[SecretStr, PlainSerializer(_shown, return_type=str)]


def to_be_sealed(value: Value) -> bytes:
    """JSON that holds its secrets in clear. For a codec that seals, and for nobody else."""
    return value.model_dump_json(context=TO_BE_SEALED, exclude_defaults=True).encode()
