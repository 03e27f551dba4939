"""Signed mentions as Slack sends them: each in a thread of its own, and from one of many people.

Where all are about the same week, the bot asks Cal.com once for many of them that come together.
"""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

SECRET = "bench-secret"
PEOPLE = 20  # one person alone would be held back for the sake of others
WEEKS = 100
_numbers = count(1)
_first_week = date.today() + timedelta(days=7)


@dataclass(frozen=True)
class Mention:
    """One mention. `thread`: the ts of its message, under which the answer is posted; `week`: from now."""

    thread: str
    number: int
    week: int

    def request(self) -> bytes:
        """The whole HTTP request, signed now."""
        body = json.dumps(self._envelope())
        at = str(int(time.time()))
        signature = hmac.new(SECRET.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
        head = (
            "POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nX-Slack-Request-Timestamp: {at}\r\n"
            f"X-Slack-Signature: v0={signature}\r\n\r\n"
        )
        return (head + body).encode()

    def _sentence(self) -> str:
        day = _first_week + timedelta(weeks=self.week)
        return f"<@U0BOT> 30 min with <@U2> the week of {day}"

    def _envelope(self) -> dict[str, object]:
        person = f"U{100 + self.number % PEOPLE}"
        event = {"type": "app_mention", "user": person, "text": self._sentence(), "ts": self.thread}
        event |= {"channel": "C0BENCH", "event_ts": self.thread, "client_msg_id": str(self.number)}
        us = {"enterprise_id": None, "team_id": "T0BENCH", "user_id": "U0BOT", "is_bot": True}
        return {
            "token": "x",
            "team_id": "T0BENCH",
            "api_app_id": "A0BENCH",
            "type": "event_callback",
            "event_id": f"EvBENCH{self.number:08d}",
            "event_time": int(time.time()),
            "event": event,
            "authorizations": [us | {"is_enterprise_install": False}],
        }


def mention(*, alike: bool = False) -> Mention:
    """The next one. Those that are alike are about the same week."""
    number = next(_numbers)
    return Mention(f"{int(time.time())}.{number:06d}", number, 0 if alike else number % WEEKS)
