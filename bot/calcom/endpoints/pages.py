"""The page of a list that has no cursor."""

from typing import Annotated

from pydantic import Field

from bot.calcom.models import Asked


class Page(Asked):
    """At most `take` entries, after `skip` of them; Cal.com decides where nothing is said."""

    take: Annotated[int, Field(ge=1, le=250)] | None = None
    skip: Annotated[int, Field(ge=0)] | None = None
