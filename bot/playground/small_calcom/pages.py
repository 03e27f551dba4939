"""Pages of the plain lists: `take` and `skip`."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from bot.playground.small_calcom.refusals import invalid_fields

MOST = 250

Item = TypeVar("Item")


def page_of(items: Sequence[Item], query: Mapping[str, str]) -> Sequence[Item]:
    """The part asked for. Raises Refusal."""
    take, skip = number_of(query, "take", MOST, least=1, most=MOST), number_of(query, "skip", 0, least=0)
    return items[skip : skip + take]


def number_of(
    query: Mapping[str, str], name: str, otherwise: int, *, least: int, most: int | None = None
) -> int:
    """A number of the query. Raises Refusal."""
    text = query.get(name)
    if text is None:
        return otherwise
    if not text.removeprefix("-").isdecimal() or len(text) > 9:
        rule, said = "isNumber", f"{name} must be a number conforming to the specified constraints"
        raise invalid_fields(dict(query), name, rule, said)
    number = int(text)
    given = {**query, name: number}
    if most is not None and number > most:
        raise invalid_fields(given, name, "max", f"{name} must not be greater than {most}")
    if number < least:
        raise invalid_fields(given, name, "min", f"{name} must not be less than {least}")
    return number
