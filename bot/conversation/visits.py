"""What is asked for at the bot's own page (App Home), and of what is kept: it belongs to no thread."""

from datetime import datetime
from typing import Literal

from bot.scheduling.model import Booking, EventType, Person, Value

# Why somebody's meetings could not be read: they have connected no calendar, it does not answer, or its
# access has ended.
Trouble = Literal["not_connected", "away", "ended"]


class HomeVisit(Value):
    """Somebody looks at the bot's page; or (`is_again`) something that stands there may have changed.

    `messages`: the channel of their direct messages, where it is those that they opened.
    """

    kind: Literal["home_visit"] = "home_visit"
    id: str
    team: str
    person: str
    at: datetime
    is_again: bool = False
    messages: str | None = None


class Meeting(Value):
    """One of somebody's meetings on their page. `ref`: by which its buttons name it; it opens nothing.

    `ids`, `names`: the others who take part, of the workspace and else. `lane`: where what they decide waits,
    `accept` and `decline`: their proposals there.
    """

    ref: str
    booking: Booking
    is_host: bool
    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    lane: str = ""
    accept: str = ""
    decline: str = ""

    @property
    def is_request(self) -> bool:
        """Whether it waits for the word of whose page it is."""
        return self.is_host and self.booking.status == "pending"

    @property
    def waits(self) -> bool:
        """Whether it waits for somebody else's."""
        return not self.is_host and self.booking.status == "pending"


class Snapshot(Value):
    """What stood in somebody's calendar when it was read last: enough to show their page at once.

    `meetings`: those to come, by start; `pages`: on which others can book with them. `trouble`: why it could
    not be read anew since; then the rest is as it was before.
    """

    team: str
    who: Person
    at: datetime  # when the calendar was read
    meetings: tuple[Meeting, ...] = ()
    pages: tuple[EventType, ...] = ()
    account: str = ""  # by name, where the calendar is not their own
    trouble: Trouble | None = None

    def meeting(self, ref: str) -> Meeting | None:
        """The one of this name."""
        return next((one for one in self.meetings if one.ref == ref), None)


class DataRequest(Value):
    """Hand out what is kept, or delete it: of the person alone (`mine`), or of the workspace.

    Whether they may is asked once more when it is done. `audit`: the workspace's audit log alone.
    """

    kind: Literal["data_request"] = "data_request"
    id: str
    team: str
    person: str
    what: Literal["audit", "export", "delete"]
    whose: Literal["mine", "workspace"]
    at: datetime


def lane_at_home(team: str, person: str) -> str:
    """The lane of what somebody asks for there."""
    return f"{team}:home:{person}"
