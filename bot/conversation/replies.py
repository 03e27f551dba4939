"""What is said, before any markup: phrases by key with typed values, cards of them, and where they go.

Wording stands in `languages/`. An edge renders a phrase for its reader's language and time zone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Annotated, Literal

from pydantic import Field

from bot.conversation.turns import MessageRef, Pressable
from bot.scheduling.model import Value


class Moment(Value):
    """An instant, shown in the reader's zone. `style`: "Wed 25 Nov, 10:00" | "10:00" | "Wed 25 Nov"."""

    kind: Literal["moment"] = "moment"
    at: datetime
    style: Literal["full", "time", "day"] = "full"
    zone: str | None = None  # shown in this zone and naming it, instead of the reader's ("16:00 for Ana")


class Span(Value):
    """From an instant to another, shown in the reader's zone ("Wed 25 Nov, 10:00-10:30")."""

    kind: Literal["span"] = "span"
    start: datetime
    end: datetime


class Clock(Value):
    """A time of day of nobody's zone, as the reader's region writes it ("14:05", "2:05 PM")."""

    kind: Literal["clock"] = "clock"
    at: time


class People(Value):
    """People by Slack id (mentioned), or by name where they are not in the workspace."""

    kind: Literal["people"] = "people"
    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class Channels(Value):
    """Channels by Slack id."""

    kind: Literal["channels"] = "channels"
    ids: tuple[str, ...]


class Link(Value):
    """A link with its text. The text is data."""

    kind: Literal["link"] = "link"
    url: str
    text: str


class Phrase(Value):
    """Words by key, with values to fill in. Strings are data: they are escaped, never interpreted."""

    kind: Literal["phrase"] = "phrase"
    key: str
    values: dict[str, PhraseValue] = Field(default_factory=dict)


PhraseValue = (
    str
    | int
    | Annotated[Moment | Span | Clock | People | Channels | Link | Phrase, Field(discriminator="kind")]
)


def say(key: str, /, **values: PhraseValue) -> Phrase:
    """A phrase with its values."""
    return Phrase(key=key, values=values)


def listing(items: Sequence[PhraseValue], key: str = "list.comma") -> PhraseValue:
    """Join values in the reader's way ("a, b"). At least one item."""
    first, *rest = items
    return say(key, first=first, rest=listing(rest, key)) if rest else first


class Button(Value):
    """A button. `spoken` is what a screen reader says when the label alone does not tell."""

    label: Phrase
    choice: Pressable | None = None  # exactly one of choice and url
    url: str | None = None
    style: Literal["primary", "danger"] | None = None
    spoken: Phrase | None = None
    confirm: Phrase | None = None  # asks once more before it counts; for cancelling only


class Option(Value):
    """One entry of a menu."""

    label: Phrase
    choice: Pressable


class Menu(Value):
    """A select menu: more choices than fit on buttons."""

    placeholder: Phrase
    options: tuple[Option, ...]


class Card(Value):
    """One message: lines of text, notes in small print, then things to press.

    `zone` and `language` are its reader's: for plain-text labels, fallback texts and wording.
    """

    lines: tuple[Phrase, ...]
    notes: tuple[Phrase, ...] = ()
    buttons: tuple[Button, ...] = ()
    menu: Menu | None = None
    zone: str = "UTC"
    language: str = "en"


class Part(Value):
    """Cards under a headline."""

    headline: Phrase
    cards: tuple[Card, ...]


class Page(Value):
    """The bot's own page for one person, from top to bottom. `zone` and `language` are theirs."""

    parts: tuple[Part, ...]
    zone: str = "UTC"
    language: str = "en"


class Post(Value):
    """A new message in a channel or DM, under `thread_ts` if given."""

    kind: Literal["post"] = "post"
    channel: str
    thread_ts: str | None = None
    card: Card


class Update(Value):
    """A message of ours says something else now."""

    kind: Literal["update"] = "update"
    message: MessageRef
    card: Card


class Whisper(Value):
    """Only `person` sees it. `response_url` serves where the bot is not in the channel."""

    kind: Literal["whisper"] = "whisper"
    channel: str
    thread_ts: str | None = None
    person: str
    card: Card
    response_url: str | None = None
    replaces: bool = False  # stands in for the whisper that was pressed


class Tell(Value):
    """A direct message to a person."""

    kind: Literal["tell"] = "tell"
    person: str
    card: Card


Delivery = Annotated[Post | Update | Whisper | Tell, Field(discriminator="kind")]
