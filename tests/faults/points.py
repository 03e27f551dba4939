"""The named points at which a worker is killed, in the order in which they are passed."""

from dataclasses import dataclass
from typing import Literal

AT_CALCOM = ("request sent", "request worked on")  # there it is Cal.com that kills, the request in its hands


@dataclass(frozen=True)
class Point:
    """`name`: what has just happened. `of`: the work in which it happens, an approval or a first message.

    `found`: what the next worker finds, and what it does about it; for the table in docs/operations.md.
    """

    name: str
    of: Literal["approval", "message"]
    found: str
    only: tuple[str, ...] = ("create", "reschedule", "cancel")


POINTS = (
    Point("press taken", "approval", "nothing has happened: it does the work"),
    Point("state loaded", "approval", "nothing has happened: it does the work"),
    Point("approval saved", "approval", "`taken`, nothing was sent: it writes"),
    Point(
        "working card shown", "approval", "`taken` or `writing`: it looks, then writes if nothing is there"
    ),
    Point("author noted", "approval", "`taken`, nothing was sent: it writes"),
    Point("writing saved", "approval", "`writing`: it looks, then writes if nothing is there"),
    Point("booking locked", "approval", "`writing`: it looks, then writes", only=("reschedule", "cancel")),
    Point("request sent", "approval", "`writing`: it looks, then writes if nothing is there"),
    Point("request worked on", "approval", "`writing`: it looks, and finds it done"),
    Point("answer arrived", "approval", "`writing`: it looks, and finds it done"),
    Point("outcome saved", "approval", "handled, the card in the outbox: it says it"),
    Point("card updated", "approval", "the card in the outbox: it says it again, the same words"),
    Point("card struck off", "approval", "handled: it takes the work away"),
    Point("hold released", "approval", "handled: it takes the work away", only=("create",)),
    Point("press removed", "approval", "nothing is left to do"),
    Point("message taken", "message", "nothing has happened: it does the work"),
    Point("reply decided", "message", "nothing was saved: it does the work"),
    Point("reply saved", "message", "handled, the reply in the outbox: it says it"),
    Point("reply posted", "message", "handled, the reply in the outbox: it says it **a second time**"),
    Point("reply struck off", "message", "handled: it holds the time, and takes the work away"),
    Point("time held", "message", "handled, a hold that nobody knows of: it lapses after five minutes"),
    Point("message removed", "message", "nothing is left to do: the hold was saved in the same step"),
)
REPEATS = ("reply posted", "reply struck off")  # killed from the one to the other, a first reply may repeat
