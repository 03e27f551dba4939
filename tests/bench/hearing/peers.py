"""Runs another reader of times in a process of its own: `python peers.py NAME`, JSON lines in and out.

It needs the standard library and that one package only. An answer holds `kind`, `start`, `end`, `grain`,
`seconds`, `alternatives` and `us`, the microseconds that it took. A reader that raises has read nothing.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta

Answer = dict
Reader = Callable[[str, datetime, str], list[Answer]]


def instant(moment: datetime, *, is_day: bool = False) -> Answer:
    return {"kind": "instant", "start": moment.isoformat(), "end": None, "grain": "day" if is_day else None}


def interval(start: datetime | None, end: datetime | None) -> Answer:
    return {
        "kind": "interval",
        "start": start and start.isoformat(),
        "end": end and end.isoformat(),
    }


def dateparser_reader() -> Reader:
    from dateparser.date import DateDataParser
    from dateparser.search import search_dates

    def read(text: str, now: datetime, language: str) -> list[Answer]:
        settings = {"RELATIVE_BASE": now, "PREFER_DATES_FROM": "future"}
        found = search_dates(text, languages=[language], settings=settings) or []
        parser = DateDataParser(languages=[language], settings={**settings, "RETURN_TIME_AS_PERIOD": True})
        return [of_period(parser.get_date_data(words).period, moment) for words, moment in found]

    return read


def of_period(period: str, moment: datetime) -> Answer:
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    match period:
        case "time":
            return instant(moment)
        case "week":
            monday = day - timedelta(days=day.weekday())
            return interval(monday, monday + timedelta(days=7))
        case "month":
            first = day.replace(day=1)
            return interval(first, (first + timedelta(days=31)).replace(day=1))
        case "year":
            return interval(day.replace(month=1, day=1), day.replace(year=day.year + 1, month=1, day=1))
    return instant(day, is_day=True)


def parsedatetime_reader() -> Reader:
    from parsedatetime import Calendar

    calendar = Calendar()

    def read(text: str, now: datetime, language: str) -> list[Answer]:
        found = calendar.nlp(text, sourceTime=now.timetuple()) or ()
        return [instant(one[0], is_day=one[1] == 1) for one in found]

    return read


def timefhuman_reader() -> Reader:
    from timefhuman import tfhConfig, timefhuman

    def read(text: str, now: datetime, language: str) -> list[Answer]:
        found = timefhuman(text, config=tfhConfig(now=now))
        return [answer for one in found for answer in of_human(one)]

    return read


def of_human(one: object) -> list[Answer]:
    match one:
        case list():
            return [answer for part in one for answer in of_human(part)]
        case (datetime() as start, datetime() as end):
            return [interval(start, end)]
        case datetime():
            return [instant(one, is_day=(one.hour, one.minute) == (0, 0))]
        case timedelta():
            return [{"kind": "duration", "seconds": one.total_seconds()}]
    return []


def ctparse_reader() -> Reader:
    import logging

    from ctparse import ctparse
    from ctparse.types import Duration, Interval, Time

    logging.disable(logging.CRITICAL)

    def read(text: str, now: datetime, language: str) -> list[Answer]:
        found = ctparse(text, ts=now, timeout=1.0)
        match found and found.resolution:
            case Time() as one if one.hour is not None:
                return [instant(one.dt)]
            case Time() as one:
                return [interval(one.start.dt, one.end.dt)]
            case Interval() as one:
                return [interval(one.start and one.start.dt, one.end and one.end.dt)]
            case Duration() as one:
                return [{"kind": "duration", "seconds": one.value * SECONDS[one.unit.value]}]
        return []

    return read


SECONDS = {"minutes": 60, "hours": 3600, "days": 86400, "nights": 86400, "weeks": 604800, "months": 2592000}
READERS: dict[str, Callable[[], Reader]] = {
    "dateparser": dateparser_reader,
    "parsedatetime": parsedatetime_reader,
    "ctparse": ctparse_reader,
    "timefhuman": timefhuman_reader,
}


def answered(read: Reader, line: dict) -> Answer:
    now = datetime.fromisoformat(line["reference"]).replace(tzinfo=None)
    begun = time.perf_counter_ns()
    try:
        found = read(line["text"], now, line["lang"])
    except Exception:  # noqa: BLE001 - others' code may raise anything, and then has not read it
        found = []
    spent = (time.perf_counter_ns() - begun) / 1000
    first = found[0] if found else {"kind": "none"}
    return {**first, "id": line["id"], "alternatives": found if len(found) > 1 else [], "us": spent}


def main() -> None:
    read = READERS[sys.argv[1]]()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answered(read, json.loads(line))) + "\n")


if __name__ == "__main__":
    main()
