"""Times in words, and in Slack's own formatting which shows each reader their own zone."""

from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.conversation.locales import clock
from bot.conversation.replies import Moment, Phrase, Span, say
from bot.conversation.wording import fill

# https://docs.slack.dev/messaging/formatting-message-text/#date-formatting
# Of these only the long form names the weekday, by which people plan.
SLACK_FORMATS = {"full": "{date_long_pretty} {time}", "time": "{time}", "day": "{date_long_pretty}"}

DATES_KEPT = 2048  # spelled once: one card says each of its times four times over


def zone_of(name: str) -> tzinfo:
    """The zone of this IANA name; UTC where this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def spelled(moment: Moment, zone: str, language: str) -> str:
    """A moment in words, its zone named ("Wed 25 Nov, 10:00 CET"); a day alone names none."""
    local = moment.at.astimezone(zone_of(moment.zone or zone))
    if moment.style == "day":
        return _day(local.date(), language)
    words = _clock(local, language) if moment.style == "time" else _full(local, language)
    return f"{words} {_zone_name(local)}"


def spelled_span(span: Span, zone: str, language: str) -> str:
    """A span in words ("Wed 25 Nov, 10:00-10:30 CET"); the second day is named where it is another."""
    start, end = _both(span, zone)
    last = _clock(end, language) if start.date() == end.date() else _full(end, language)
    return _spanned(_full(start, language), f"{last} {_zone_name(end)}", language)


def token(moment: Moment, zone: str, language: str) -> str:
    """A moment for mrkdwn: in the reader's own zone, or in words where it is to show a given one."""
    words = spelled(moment, zone, language)
    return words if moment.zone else _token(moment.at, SLACK_FORMATS[moment.style], words)


def token_span(span: Span, zone: str, language: str) -> str:
    """A span for mrkdwn, each end in the reader's own zone."""
    start, end = _both(span, zone)
    is_short = start.date() == end.date()
    last = _clock(end, language) if is_short else _full(end, language)
    opening = _token(start, SLACK_FORMATS["full"], _full(start, language))
    closing = _token(end, SLACK_FORMATS["time" if is_short else "full"], f"{last} {_zone_name(end)}")
    return _spanned(opening, closing, language)


def _token(at: datetime, shape: str, words: str) -> str:
    return f"<!date^{int(at.timestamp())}^{shape}|{words}>"


def _both(span: Span, zone: str) -> tuple[datetime, datetime]:
    return span.start.astimezone(zone_of(zone)), span.end.astimezone(zone_of(zone))


def _full(local: datetime, language: str) -> str:
    return _on_day(local.date(), _clock(local, language), language)


@lru_cache(DATES_KEPT)
def _on_day(day: date, clock: str, language: str) -> str:
    return _said(say("date.full", **_parts(day), time=clock), language)


@lru_cache(DATES_KEPT)
def _day(day: date, language: str) -> str:
    return _said(say("date.day", **_parts(day)), language)


def _parts(day: date) -> dict[str, Phrase | int]:
    weekday, month = Phrase(key=f"weekday.{day.weekday()}"), Phrase(key=f"month.{day.month}")
    return {"weekday": weekday, "day": day.day, "month": month}


def _spanned(start: str, end: str, language: str) -> str:
    return _said(say("date.span", start=start, end=end), language)


def _said(phrase: Phrase, language: str) -> str:
    def show(value: object) -> str:
        return _said(value, language) if isinstance(value, Phrase) else str(value)

    return fill(phrase, show=show, language=language)


def _clock(local: datetime, language: str) -> str:
    return clock(local.time().replace(second=0, microsecond=0), language)


def _zone_name(local: datetime) -> str:
    """Its abbreviation; zones that have none are named by their distance ("UTC-03")."""
    name = local.tzname() or "UTC"
    return f"UTC{name}" if name[0] in "+-" else name
