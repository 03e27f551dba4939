"""What is asked for at the bot's own page (App Home), and of what is kept: it belongs to no thread."""

from datetime import datetime
from typing import Literal

from bot.scheduling.model import Value


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
