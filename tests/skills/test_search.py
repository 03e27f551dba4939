"""The search: what was asked for, else one change at a time, and never what was excluded."""

from datetime import timedelta

from bot.conversation.state import Paging
from bot.skills.common.search import Asked, Findings, search
from intents.frames import When, Window
from tests.skills.calendars import (
    NOW,
    OpenTimes,
    at,
    hours,
    local,
    person,
    point,
    when,
    window,
)

WORKDAYS = tuple((f"07-{day} 09:00", f"07-{day} 17:00") for day in (14, 15, 16, 17, 20, 21, 22, 23, 24, 27))
TOMORROW = window("07-15 00:00", "07-16 00:00")
AFTERNOON = window("07-15 12:00", "07-15 17:00")
ANA = person("Ana")


def asked(wish: When, **parts: object) -> Asked:
    fields = {"event_type_id": 1, "minutes": 30, "when": wish, "people": (ANA,), **parts}
    return Asked.model_validate(fields)


def shown(findings: Findings) -> list[tuple[str, str | None]]:
    return [(local(one.slot.start), one.relaxed) for one in findings.times]


async def test_offers_times_inside_what_was_asked() -> None:
    findings = await search(asked(when(AFTERNOON)), OpenTimes(*WORKDAYS), NOW)

    assert shown(findings) == [("07-15 12:00", None), ("07-15 14:00", None), ("07-15 16:30", None)]
    assert findings.missed is None


async def test_a_meeting_ends_within_what_was_asked() -> None:
    findings = await search(asked(when(window("07-15 14:00", "07-15 15:15"))), OpenTimes(*WORKDAYS), NOW)

    assert [start for start, _ in shown(findings)] == ["07-15 14:00", "07-15 14:30"]


async def test_a_point_is_that_start_alone() -> None:
    findings = await search(asked(when(point("07-15 15:00"))), OpenTimes(*WORKDAYS), NOW)

    assert shown(findings) == [("07-15 15:00", None)]


async def test_a_time_of_day_without_a_day_is_a_start_too() -> None:
    wish = when(TOMORROW, hours=({"start": 630, "end": 631},))

    findings = await search(asked(wish), OpenTimes(*WORKDAYS), NOW)

    assert shown(findings) == [("07-15 10:30", None)]


async def test_one_wish_at_a_time_gives_way() -> None:
    free = OpenTimes(("07-15 09:00", "07-15 11:00"), ("07-16 14:00", "07-16 15:00"))

    findings = await search(asked(when(AFTERNOON)), free, NOW)

    assert findings.missed == "taken"
    assert shown(findings) == [("07-15 10:30", "hours"), ("07-15 10:00", "hours"), ("07-16 14:00", "days")]


async def test_a_shorter_meeting_at_the_time_asked_for_is_a_way_out() -> None:
    free = OpenTimes(("07-15 14:00", "07-15 14:30"), ("07-16 14:00", "07-16 16:00"))

    findings = await search(asked(when(AFTERNOON), minutes=60, lengths=(30, 60)), free, NOW)

    assert ("07-15 14:00", "shorter") in shown(findings)
    assert next(one for one in findings.times if one.relaxed == "shorter").minutes == 30


async def test_a_moved_booking_is_never_offered_shorter() -> None:
    free = OpenTimes(("07-15 14:00", "07-15 14:30"), ("07-16 14:00", "07-16 16:00"))

    findings = await search(
        asked(when(AFTERNOON), minutes=60, lengths=(30, 60), keeps_length=True), free, NOW
    )

    assert "shorter" not in [relaxed for _, relaxed in shown(findings)]


async def test_ways_out_keep_to_what_was_excluded() -> None:
    wish = when(AFTERNOON, without_weekdays=(3,), without_hours=(hours(0, 10),))
    free = OpenTimes(("07-15 09:00", "07-15 11:00"), *WORKDAYS[2:4])

    findings = await search(asked(wish), free, NOW)

    starts = [one.slot.start for one in findings.times]
    assert findings.missed == "taken"
    assert starts
    assert not [start for start in starts if local(start) < "07-15 10:00" or "07-16" in local(start)]


async def test_a_slot_that_runs_into_something_excluded_is_no_way_out() -> None:
    wish = when(window("07-15 08:00", "07-15 09:00"), without_hours=(hours(16, 24),))
    free = OpenTimes(("07-15 15:30", "07-15 17:30"))

    findings = await search(asked(wish, minutes=60, lengths=(60, 90)), free, NOW)

    assert findings.times == ()


async def test_nothing_near_leads_to_the_first_time_far_off() -> None:
    free = OpenTimes(("08-20 09:00", "08-20 17:00"))

    findings = await search(asked(when(AFTERNOON)), free, NOW)

    assert shown(findings) == [("08-20 12:00", "days")]


async def test_nothing_for_months_says_where_it_looked() -> None:
    findings = await search(asked(when(AFTERNOON)), OpenTimes(), NOW)

    assert findings.times == ()
    assert findings.looked is not None
    assert local(findings.looked.start) == "07-15 12:00"
    assert findings.looked.end is not None
    assert findings.looked.end > at("09-15 00:00")


async def test_a_time_that_has_passed_is_said_to_have_passed() -> None:
    findings = await search(asked(when(point("07-14 08:00"))), OpenTimes(*WORKDAYS), NOW)

    assert findings.missed == "past"
    assert shown(findings)[0] == ("07-14 09:30", "hours")


async def test_no_time_in_the_past_is_offered() -> None:
    week = window("07-13 00:00", "07-20 00:00")

    findings = await search(asked(when(week)), OpenTimes(("07-13 09:00", "07-13 17:00"), *WORKDAYS), NOW)

    assert all(one.slot.start > NOW for one in findings.times)


async def test_the_rest_of_today_is_no_wish_for_evenings() -> None:
    evening = at("07-14 17:30")
    today = when(Window(start=evening, end=at("07-15 00:00")))
    free = OpenTimes(*WORKDAYS[1:])

    findings = await search(asked(today), free, evening)

    assert shown(findings)[0] == ("07-15 09:00", "days")


async def test_hours_that_were_excluded_since_are_given_up() -> None:
    wish = when(window("07-15 08:00", "07-15 12:00"), without_hours=(hours(0, 12),))
    ben = person("Ben", "America/New_York")

    findings = await search(asked(wish, people=(ANA, ben)), OpenTimes(*WORKDAYS), NOW)

    assert findings.missed is None
    assert [start for start, _ in shown(findings)] == ["07-15 14:00", "07-15 15:00", "07-15 16:30"]


async def test_several_windows_are_searched_together() -> None:
    wish = when(window("07-15 15:00", "07-16 00:00"), window("07-16 00:00", "07-16 12:00"))

    findings = await search(asked(wish), OpenTimes(*WORKDAYS), NOW)

    assert [start for start, _ in shown(findings)] == ["07-15 15:00", "07-16 09:00", "07-16 11:30"]


async def test_another_time_on_an_asked_day_is_not_called_another_day() -> None:
    wish = when(window("07-15 15:00", "07-16 00:00"), window("07-16 00:00", "07-16 12:00"))
    free = OpenTimes(("07-16 13:00", "07-16 14:00"))

    findings = await search(asked(wish), free, NOW)

    assert shown(findings)[0] == ("07-16 13:00", "hours")


async def test_more_shows_others() -> None:
    first = await search(asked(when(TOMORROW)), OpenTimes(*WORKDAYS), NOW)
    seen = tuple(one.slot.start for one in first.times)

    second = await search(asked(when(TOMORROW), paging=Paging(seen=seen)), OpenTimes(*WORKDAYS), NOW)

    assert not {one.slot.start for one in second.times} & set(seen)


async def test_no_later_time_is_said_and_the_next_days_are_shown() -> None:
    paging = Paging(seen=(at("07-15 16:30"),), side="later")

    findings = await search(asked(when(TOMORROW), paging=paging), OpenTimes(*WORKDAYS), NOW)

    assert findings.missed == "no_later"
    assert shown(findings)[0] == ("07-16 09:00", "days")


async def test_earlier_goes_back_before_the_days_asked_for() -> None:
    paging = Paging(seen=(at("07-16 09:00"),), side="earlier")

    findings = await search(
        asked(when(window("07-16 00:00", "07-17 00:00")), paging=paging), OpenTimes(*WORKDAYS), NOW
    )

    assert findings.missed == "no_earlier"
    assert all(one.slot.start < at("07-16 00:00") for one in findings.times)
    assert shown(findings)[0][0].startswith("07-15")


async def test_times_in_everybodys_day_come_first_and_it_is_said_for_whom() -> None:
    ben = person("Ben", "America/New_York")

    findings = await search(asked(when(TOMORROW), people=(ANA, ben)), OpenTimes(*WORKDAYS), NOW)

    assert [start for start, _ in shown(findings)] == ["07-15 14:00", "07-15 15:00", "07-15 16:30"]
    assert findings.spared == (ben,)
    assert findings.strained == ()


async def test_the_speakers_own_night_is_spared() -> None:
    ben = person("Ben", "America/New_York")

    findings = await search(asked(when(TOMORROW), people=(ben,)), OpenTimes(*WORKDAYS), NOW)

    assert min(one.slot.start for one in findings.times) == at("07-15 08:00", "America/New_York")


async def test_days_that_do_not_meet_are_stretched_no_further_than_needed() -> None:
    people = (person("Ben", "America/New_York"), person("Chika", "Asia/Tokyo"))

    findings = await search(asked(when(TOMORROW), people=people), OpenTimes(*WORKDAYS), NOW)

    assert [start for start, _ in shown(findings)] == ["07-15 12:00", "07-15 13:00", "07-15 14:30"]
    assert findings.strained == people


async def test_when_only_somebodys_night_is_left_it_is_said() -> None:
    chika = person("Chika", "Asia/Tokyo")
    afternoon = when(window("07-15 15:30", "07-15 17:00"))

    findings = await search(asked(afternoon, people=(ANA, chika)), OpenTimes(*WORKDAYS), NOW)

    assert findings.times
    assert (findings.spared, findings.strained) == ((), (chika,))


async def test_a_time_asked_for_exactly_may_be_anybodys_night() -> None:
    chika = person("Chika", "Asia/Tokyo")

    findings = await search(asked(when(point("07-15 16:30")), people=(ANA, chika)), OpenTimes(*WORKDAYS), NOW)

    assert shown(findings) == [("07-15 16:30", None)]
    assert (findings.spared, findings.strained) == ((), ())


async def test_where_the_meeting_is_now_is_not_offered() -> None:
    findings = await search(
        asked(when(point("07-15 15:00")), not_at=at("07-15 15:00")), OpenTimes(*WORKDAYS), NOW
    )

    assert findings.missed == "taken"
    assert at("07-15 15:00") not in [one.slot.start for one in findings.times]


async def test_hours_are_wall_clock_hours_across_the_end_of_summer_time() -> None:
    free = OpenTimes(("10-24 09:00", "10-24 17:00"), ("10-26 09:00", "10-26 17:00"))
    wish = when(window("10-24 00:00", "10-27 00:00"), hours=(hours(14, 15),))

    findings = await search(asked(wish), free, at("10-23 09:00"))

    starts = [one.slot.start for one in findings.times]
    assert [local(start) for start in starts] == ["10-24 14:00", "10-26 14:00", "10-26 14:30"]
    assert starts[1] - starts[0] == timedelta(hours=49)


async def test_one_request_is_enough_where_something_fits() -> None:
    calendar = OpenTimes(*WORKDAYS)

    await search(asked(when(AFTERNOON)), calendar, NOW)

    assert len(calendar.asked) == 1
