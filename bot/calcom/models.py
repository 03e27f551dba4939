"""What everything that goes to Cal.com and comes from it is made of: instants, answers, requests."""

from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
)
from pydantic.alias_generators import to_camel


class WrongVersion(ValueError):
    """The answer has the shape of another API version: its filters may have been ignored."""


class Answered(BaseModel):
    """Part of an answer: unknown fields are ignored, and what does not fit is not quoted in errors."""

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        alias_generator=to_camel,
        populate_by_name=True,
        hide_input_in_errors=True,
    )


class Asked(BaseModel):
    """Part of a request: a field that Cal.com does not know would be answered with 400."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=to_camel,
        populate_by_name=True,
        hide_input_in_errors=True,
    )

    def as_json(self) -> dict[str, Any]:
        """The body that goes over the wire: only what is set."""
        return self.model_dump(by_alias=True, exclude_none=True, mode="json")

    def as_query(self) -> dict[str, str | int]:
        """The query that goes over the wire: lists joined by commas, `true` and `false` in small letters."""
        return {name: _in_query(value) for name, value in self.as_json().items()}


def utc(at: datetime) -> datetime:
    """Aware, in UTC; Cal.com means UTC where it names no zone. Raises ValueError outside all years."""
    try:
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        raise ValueError("a time that is in no year") from None


def zulu(at: datetime) -> str:
    """An instant as Cal.com wants it: UTC, seconds, `Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_zulu(said: str) -> datetime:
    """The instant that Cal.com writes so. Raises ValueError for another way to write one, TypeError."""
    if said[-1:] != "Z":
        raise ValueError("no time in UTC")
    return datetime.fromisoformat(said)


Instant = Annotated[datetime, AfterValidator(utc)]  # in an answer: aware, in UTC
T = TypeVar("T")
Many = Annotated[tuple[T, ...], BeforeValidator(lambda said: () if said is None else said)]  # null: none
Moment = Annotated[AwareDatetime, PlainSerializer(zulu)]  # in a request: aware, sent in UTC


class Envelope(Answered):
    """What stands around every answer but a few."""

    data: Any = Field(...)


def data_of(body: Any) -> Any:
    """What is in the envelope. Raises ValueError when there is none, or one that tells of an error."""
    read_nothing(body)
    return Envelope.model_validate(body).data


def list_of(body: Any) -> list[Any]:
    """A list in the envelope. Raises WrongVersion for an older version's object in its place."""
    data = data_of(body)
    if not isinstance(data, list):
        raise WrongVersion("a list of another API version")
    return data


def read_nothing(body: Any) -> None:
    """Accept any success that is Cal.com's own. Raises ValueError for a proxy's page, or an error within."""
    if not isinstance(body, dict) or body.get("status") == "error":
        raise ValueError("a success that is none of Cal.com's")


def _in_query(value: Any) -> str | int:
    if isinstance(value, list):
        return ",".join(str(one) for one in value)
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, int) else str(value)
