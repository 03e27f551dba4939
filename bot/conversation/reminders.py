"""What is remembered of the words before a meeting, which Slack says by itself when their time has come."""

from datetime import datetime

from bot.scheduling.model import Value


class Reminder(Value):
    """One word, to one person. It stays here until the meeting is over or is another: nobody is told twice.

    `says`: which words, as a fingerprint; `scheduled`: Slack's id of it. None: it was about to be scheduled,
    and may have been.
    """

    person: str
    channel: str  # their direct messages
    at: datetime  # when it is said, to the second
    start: datetime  # when the meeting begins, as it says
    says: str
    scheduled: str | None = None
    is_snoozed: bool = False
