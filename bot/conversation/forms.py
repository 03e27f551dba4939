"""Forms as data: what is asked for in a window of its own, and what is answered there.

They serve accounts and settings, which are nobody else's affair and belong to no thread. A form is opened by
a press (`AtCounter`) and dealt with at once, at the counter, while the person waits; none of it is queued."""

from datetime import datetime
from typing import Annotated, Literal, Protocol

from pydantic import Field

from bot.conversation.replies import Card, Phrase, say
from bot.conversation.turns import MessageRef
from bot.scheduling.model import Value


class TextField(Value):
    """A line of text, or several (`is_long`), of at most `most` characters."""

    kind: Literal["text"] = "text"
    name: str
    label: Phrase
    hint: Phrase | None = None
    value: str = ""
    is_optional: bool = False
    is_long: bool = False
    most: int = 3000


class FormOption(Value):
    """One of several answers; `value` is what `Filled` then holds, at most 150 characters."""

    value: str
    label: Phrase


class ChoiceField(Value):
    """One answer of several, or as many as one likes (`is_many`). At most 100 options."""

    kind: Literal["choice"] = "choice"
    name: str
    label: Phrase
    hint: Phrase | None = None
    options: tuple[FormOption, ...]
    chosen: tuple[str, ...] = ()  # values
    is_many: bool = False
    is_optional: bool = False


class PickField(Value):
    """Channels or people of the workspace, by id."""

    kind: Literal["pick"] = "pick"
    name: str
    label: Phrase
    hint: Phrase | None = None
    what: Literal["channel", "person"]
    chosen: tuple[str, ...] = ()  # ids
    is_many: bool = False
    is_optional: bool = False


FormField = Annotated[TextField | ChoiceField | PickField, Field(discriminator="kind")]


class Form(Value):
    """A window: lines of text, then fields. Without fields and `submit` it only says something.

    `kind`: who takes it, and which of theirs it is ("connect.key"). `about` comes back with it, at most 3,000
    characters; Slack and the person can read it: no secrets. `zone` and `language` are its reader's.
    """

    kind: str
    about: str = ""
    title: Phrase  # 24 characters
    lines: tuple[Phrase, ...] = ()
    fields: tuple[FormField, ...] = ()
    submit: Phrase | None = None
    zone: str = "UTC"
    language: str = "en"


class Wrong(Value):
    """What cannot be taken, by the name of its field. The form stays open."""

    fields: dict[str, Phrase]
    language: str = "en"


class Visit(Value):
    """Somebody at the counter. `person_team`: another organisation's, in a shared channel."""

    team: str
    person: str
    person_team: str | None = None
    at: datetime
    form: str
    about: str = ""


class Wanted(Visit):
    """Somebody pressed what opens a form, or is done at once. `card`: the message pressed, if any."""

    card: MessageRef | None = None
    on_whisper: bool = False


class Filled(Visit):
    """A form was submitted. What stands in it may be a secret, and is shown nowhere."""

    values: dict[str, tuple[str, ...]] = Field(repr=False)

    def text(self, name: str) -> str:
        """What stands in a field, without blanks around it; empty where it is nothing."""
        return next(iter(self.values.get(name, ())), "").strip()


# What comes of it: a form to be opened, or to stand in the place of the one submitted; what is wrong with it;
# what the card says that was pressed; or nothing more: the form is closed, the card stays.
Reply = Form | Wrong | Card | None


class Counter(Protocol):
    """Takes what is pressed and submitted. It has two and a half seconds: then Slack's patience ends.

    Both raise StoreUnavailable, LockLost and QueueUnavailable.
    """

    async def asked(self, wanted: Wanted) -> Reply:
        """Somebody wants a form, or something done that needs none."""

    async def filled(self, filled: Filled) -> Reply:
        """Somebody has filled one in."""


def words(*lines: Phrase, zone: str = "UTC", language: str = "en") -> Form:
    """A window that only says something."""
    return Form(kind="words", title=say("form.title"), lines=lines, zone=zone, language=language)


class NoCounter:
    """A `Counter` where nothing can be asked for."""

    async def asked(self, wanted: Wanted) -> Reply:
        """It is out of date."""
        return words(say("press.stale"))

    async def filled(self, filled: Filled) -> Reply:
        """It is out of date."""
        return words(say("press.stale"))
