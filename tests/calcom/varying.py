"""Varies a request: each of its fields that may say one of some words says each of them once."""

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError


def variants(value: Any) -> Iterator[Any]:
    """The same request with one word changed, for every word that is allowed there."""
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            for other in (*_words(field.annotation), *variants(getattr(value, name))):
                yield from _changed(value, name, other)
    elif isinstance(value, tuple):
        for place, one in enumerate(value):
            for other in variants(one):
                yield (*value[:place], other, *value[place + 1 :])


def _changed(value: BaseModel, name: str, other: Any) -> Iterator[BaseModel]:
    said = {one: getattr(value, one) for one in value.model_fields_set}
    try:
        yield type(value)(**{**said, name: other})
    except ValidationError:
        return  # it does not go together with the rest


def _words(annotation: Any) -> Iterator[Any]:
    """What may be said there, beside other things; of a list, lists of one word."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        yield from inner if len(inner) > 1 else ()
    elif origin is tuple:
        yield from ((word,) for word in _words(inner[0]))
    elif origin in (Union, UnionType, Annotated):
        for one in inner[: 1 if origin is Annotated else None]:
            yield from _words(one)
