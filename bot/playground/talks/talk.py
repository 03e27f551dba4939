"""A talk as data: what a talk's file may say, in the tests and in what the playground records."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from bot.playground.outside import Deed

TUESDAY = datetime.fromisoformat("2026-07-14T07:00:00+00:00")  # 09:00 in Berlin, 03:00 in New York


Count = Annotated[int, Field(ge=0)]


class Part(BaseModel):
    """Immutable, and strict: a misspelt field in a talk is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FromOutside(Part):
    """Something done at Cal.com itself, as a file tells it: it knows no ids and no zones.

    Times are local to the owner; `booking` counts from 0 by creation; the rest is `bot.playground.outside`'s.
    """

    do: Deed
    owner: str = "UANA"
    slug: str = "meeting"
    start: str | None = None
    end: str | None = None
    name: str = ""
    email: str = ""
    zone: str = "UTC"
    minutes: int | None = None
    confirms: bool = False
    booking: int = 0
    reason: str = ""


class Shape(Part):
    """How a message is said: to the channel too, with files of these names, or `raw` as Slack keeps it."""

    broadcast: bool = False
    files: list[str] = []
    raw: bool = False


class CalcomTrouble(Part):
    """Fields of the small Cal.com's trouble; what is not named stays as it is."""

    delay: float = 0.0  # seconds
    down: bool = False
    rate_limited: bool = False
    lose_answers: Literal["drop", "hang"] | None = None
    fail_next: int = 0
    snatch: bool = False


class SlackTrouble(Part):
    """One call of the small Slack's trouble: what it does, to which method, and what that takes."""

    do: Literal["limit", "fail", "refuse", "slow", "lose"]
    method: str = "*"
    times: int = 1
    retry_after: int = 1
    status: int = 500
    error: str = ""
    seconds: float = 0.0


class Trouble(Part):
    """What is to go wrong from here on. `on`: the calls of Cal.com's that it concerns, "POST /bookings"."""

    calcom: CalcomTrouble = CalcomTrouble()
    on: str | None = Field(default=None, pattern=r"^[A-Z]+ \S+$")
    slack: list[SlackTrouble] = []
    over: bool = False


class Visit(Part):
    """A button's link is followed in a browser; at Cal.com one is signed in as `account`: an id; else by."""

    link: str
    account: str | None = None
    decision: Literal["allow", "refuse"] = "allow"


class Step(Part):
    """One thing that happens, then what must be so. Texts are looked for as parts, in order.

    `by` and `where` (a channel's id, or "dm") are the talk's where nothing is said. Counts begin at 0.
    """

    by: str | None = None
    where: str | None = None
    speaks: str | None = None  # the language of their Slack, from here on: "de-DE"
    say: str | None = None
    times: Count = 1  # how often, in one message
    top: bool = False  # not in the thread, but at the top of the channel
    thread: Count | None = None  # in the thread of this message among those at the top there; else the last's
    shape: Shape = Shape()
    press: str | None = None
    choose: str | None = None
    on: Literal["card", "whisper", "old", "dm", "first", "link", "home", "window"] = (
        "card"  # first: of all told them; link: under it
    )
    nth: Count = 0  # which of the buttons or options that are called so
    command: str | None = None
    shortcut: str | None = None  # the one beside the composer that is called so
    schedule: bool = False  # "Schedule this" in the menu of what was said last
    again: Literal["say", "press"] | None = None
    edit: str | None = None
    delete: bool = False
    back: Count = 0  # how many before the last: of what can be pressed on, or of one's own to edit or delete
    fill: dict[str, str | list[str]] | None = None  # the window in front, and submit it
    visit: Visit | None = None
    home: bool = False  # open the Home tab
    outside: FromOutside | None = None
    trouble: Trouble | None = None
    switches: dict[str, bool] = {}  # the trouble panel's, by name
    minutes_later: Count | None = None
    world: Literal["kick", "invite", "archive", "delete_card", "deaf", "reset"] | None = None

    card: list[str] | None = None
    card_lacks: list[str] = []
    buttons: list[str] | None = None
    has_buttons: list[str] = []
    menu: list[str] | None = None
    whisper: list[str] | None = None
    dm: dict[str, list[str]] = {}
    no_dm: list[str] = []
    first: dict[str, list[str]] = {}  # what stands in the first direct message to somebody by now
    window: list[str] | None = None  # what stands in the window in front; [] for none being open
    page: list[str] | None = None  # what stands on the last page of their browser
    tab: list[str] | None = None  # what stands in the Home tab
    silent: bool = False
    posts: int | None = None  # new messages of the bot's in that place
    bookings: list[str] | None = None
    writes: int | None = None  # writes that reached Cal.com since the talk began
    holds: int | None = None


class Connected(Part):
    """Who has connected their own calendar when a talk begins; `calendars`: what the admin allows.

    With "either" who is not connected has the workspace's one; with "personal" they have none. `addresses`:
    of accounts, where they are others than Slack knows. `event_types`: the usual one of a channel, by slug.
    """

    people: tuple[str, ...] = ()
    calendars: Literal["either", "shared", "personal"] = "either"
    addresses: dict[str, str] = {}
    event_types: dict[str, str] = {}


class Talk(Part):
    """A whole talk. `cost`: actions that it may take people for the `task`, which begins after so many steps
    (`before`). `seed`: of the bot's ids."""

    title: str
    now: AwareDatetime = TUESDAY
    seed: int | None = None
    by: str = "UANA"
    where: str = "C0GENERAL"
    cost: int | None = None
    task: str | None = None
    before: Count = 0
    connected: Connected = Connected()
    step: tuple[Step, ...]
