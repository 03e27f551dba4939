"""Signed mentions as Slack sends them, each in a thread of its own and from one of many people."""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from itertools import count

SECRET = "bench-secret"
SENTENCE = "<@U0BOT> 30 min with <@U2> next week"
PEOPLE = 20  # one person alone would be held back for the sake of others
_numbers = count(1)


@dataclass(frozen=True)
class Mention:
    """One mention. `thread` is the ts of its message, in which the answer is posted."""

    thread: str
    number: int

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

    def _envelope(self) -> dict[str, object]:
        person = f"U{100 + self.number % PEOPLE}"
        event = {"type": "app_mention", "user": person, "text": SENTENCE, "ts": self.thread}
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


def mention() -> Mention:
    """The next one; no two are alike."""
    number = next(_numbers)
    return Mention(f"{int(time.time())}.{number:06d}", number)
