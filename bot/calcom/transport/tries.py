"""Decides what follows a try: whether a call may be sent again, after how long, and what its failure means.

A write is sent again only where it is certain that the first one did nothing: it never arrived, or was
turned away by the rate limit.
"""

import httpx

from bot.calcom.transport.bounded import AnswerTooLong
from bot.calcom.transport.limits import TOO_MANY, blocked_for
from bot.calcom.transport.pace import Pace
from bot.scheduling.errors import CalendarError, CalendarUnavailable, OutcomeUnknown

NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.InvalidURL,
)
HOPELESS = (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.InvalidURL)  # ours, not the host's
UNREACHED = (httpx.RequestError, httpx.InvalidURL)
NOT_AWAY = (*HOPELESS, httpx.PoolTimeout, httpx.DecodingError, AnswerTooLong)
AWAY = frozenset({502, 503, 504})  # what a proxy says of a host that does not answer it
WORTH_ANOTHER_TRY = AWAY | {408, 500}


def pause_after_answer(response: httpx.Response, attempt: int, pace: Pace, *, writing: bool) -> float | None:
    """How long to wait before sending again; None when this answer is final."""
    status = response.status_code
    if status == TOO_MANY:
        return max(blocked_for(response.headers), pace.pause(attempt))
    if writing or status not in WORTH_ANOTHER_TRY:
        return None
    return pace.pause(attempt)


def pause_after_failure(error: Exception, attempt: int, pace: Pace, *, writing: bool) -> float | None:
    """The same where there was no answer."""
    if isinstance(error, HOPELESS) or (writing and not isinstance(error, NEVER_SENT)):
        return None
    return pace.pause(attempt)


def shows_host_away(error: Exception, *, longest: float, pace: Pace) -> bool:
    """Whether a failure says that the host is not there, and is no fault of ours.

    `longest`: how many seconds the try had. One that waited so long for its turn that it had next to none
    shows nothing by not being answered: our hurry would keep everybody from a host that is there.
    """
    if isinstance(error, httpx.TimeoutException) and longest < pace.connecting:
        return False
    return isinstance(error, httpx.RequestError) and not isinstance(error, NOT_AWAY)


def error_without_answer(error: Exception, *, writing: bool) -> CalendarError:
    """What it means for a call that no answer came."""
    if writing and not isinstance(error, NEVER_SENT):
        return OutcomeUnknown("answer_lost")
    return CalendarUnavailable("not_reached")
