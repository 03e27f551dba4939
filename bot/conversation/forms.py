"""Forms as data: what is asked for in a window of its own, and what is answered there.

A form is opened by a press (`AtCounter`) and dealt with at once, at the counter, while the person waits. What
takes longer, and all that is written, the counter hands on as work."""

from datetime import UTC, date, datetime, time
from typing import Annotated, Literal, Protocol

from pydantic import Field

from bot.conversation.replies import Card, Phrase, say
from bot.conversation.turns import MessageRef
from bot.scheduling.model import Value


class TextField(Value):
    """A line of text, or several (`is_long`), of at most `most` characters.

    `reads`: Slack itself says what is no address of that sort, which then is one line and of any length.
    """

    kind: Literal["text"] = "text"
    name: str
    label: Phrase
    hint: Phrase | None = None
    value: str = ""
    reads: Literal["text", "email", "url"] = "text"
    is_optional: bool = False
    is_long: bool = False
    most: int = 3000


class NumberField(Value):
    """A number, whole unless `is_decimal`, from `least` to `most`."""

    kind: Literal["number"] = "number"
    name: str
    label: Phrase
    hint: Phrase | None = None
    value: str = ""
    least: int | None = None
    most: int | None = None
    is_decimal: bool = False
    is_optional: bool = False


class DateField(Value):
    """A day."""

    kind: Literal["date"] = "date"
    name: str
    label: Phrase
    hint: Phrase | None = None
    chosen: date | None = None
    is_optional: bool = False


class TimeField(Value):
    """A time of day by the clock of the form's zone, which stands beside it."""

    kind: Literal["time"] = "time"
    name: str
    label: Phrase
    hint: Phrase | None = None
    chosen: time | None = None
    is_optional: bool = False


class InstantField(Value):
    """A day and a time on it, by the clock of whoever looks: Slack knows their zone."""

    kind: Literal["instant"] = "instant"
    name: str
    label: Phrase
    hint: Phrase | None = None
    chosen: datetime | None = None  # aware
    is_optional: bool = False


class FormOption(Value):
    """One of several answers; `value` is what `Filled` then holds, at most 150 characters.

    `note` tells two of one label apart.
    """

    value: str
    label: Phrase
    note: Phrase | None = None


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


class SearchField(Value):
    """One answer, or several (`is_many`), that the counter finds while one types (`Counter.options`).

    `least`: characters before it is asked; with 0 it suggests at once.
    """

    kind: Literal["search"] = "search"
    name: str
    label: Phrase
    hint: Phrase | None = None
    chosen: tuple[FormOption, ...] = ()
    least: int = 0
    is_many: bool = False
    is_optional: bool = False


FormField = Annotated[
    TextField | NumberField | DateField | TimeField | InstantField | ChoiceField | PickField | SearchField,
    Field(discriminator="kind"),
]


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
    """Somebody at the counter. `id`: of this press or submission; `person_team`: another organisation's, in a
    shared channel."""

    id: str = ""
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


class Searched(Visit):
    """Somebody types into a field that is searched (`SearchField`). What stands in the others, `values`."""

    field: str
    typed: str = Field(repr=False)
    values: dict[str, tuple[str, ...]] = Field(default_factory=dict, repr=False)


class Found(Value):
    """What can be chosen of it, at most 100. Zone and language are its reader's."""

    options: tuple[FormOption, ...] = ()
    zone: str = "UTC"
    language: str = "en"


class Filled(Visit):
    """A form was submitted. What stands in it may be a secret, and is shown nowhere."""

    values: dict[str, tuple[str, ...]] = Field(repr=False)

    def text(self, name: str) -> str:
        """What stands in a field, without blanks around it; empty where it is nothing."""
        return next(iter(self.values.get(name, ())), "").strip()

    def all(self, name: str) -> tuple[str, ...]:
        """Everything chosen in a field."""
        return self.values.get(name, ())

    def day(self, name: str) -> date | None:
        """Of a `DateField`; None where there is none."""
        return date.fromisoformat(self.text(name)) if self.text(name) else None

    def clock(self, name: str) -> time | None:
        """Of a `TimeField`, by the form's zone."""
        return time.fromisoformat(self.text(name)) if self.text(name) else None

    def instant(self, name: str) -> datetime | None:
        """Of an `InstantField`, in UTC."""
        return datetime.fromtimestamp(int(self.text(name)), UTC) if self.text(name) else None


# What comes of it: a form to be opened, or to stand in the place of the one submitted; what is wrong with it;
# what the card says that was pressed; or nothing more: the form is closed, the card stays.
Reply = Form | Wrong | Card | None


class Counter(Protocol):
    """Takes what is pressed and submitted. It has two and a half seconds: then Slack's patience ends.

    All raise StoreUnavailable, LockLost and QueueUnavailable.
    """

    async def asked(self, wanted: Wanted) -> Reply:
        """Somebody wants a form, or something done that needs none."""

    async def filled(self, filled: Filled) -> Reply:
        """Somebody has filled one in."""

    async def options(self, searched: Searched) -> Found:
        """Somebody types into a field of one; nothing found is an answer, too."""


def words(*lines: Phrase, zone: str = "UTC", language: str = "en") -> Form:
    """A window that only says something."""
    return Form(kind="words", title=say("form.title"), lines=lines, zone=zone, language=language)


class NoOptions:
    """A part of a `Counter` whose forms have nothing to be searched."""

    async def options(self, searched: Searched) -> Found:
        """Nothing is found."""
        return Found()


class NoCounter(NoOptions):
    """A `Counter` where nothing can be asked for."""

    async def asked(self, wanted: Wanted) -> Reply:
        """It is out of date."""
        return words(say("press.stale"))

    async def filled(self, filled: Filled) -> Reply:
        """It is out of date."""
        return words(say("press.stale"))
