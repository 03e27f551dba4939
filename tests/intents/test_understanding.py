import random
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from intents import understand
from intents.frames import BookMeeting, Context, NotUnderstood, Refine, When, Window
from tests.intents.test_corpus import NOW, cases
from tests.intents.tiresome import PIECES

BERLIN = ZoneInfo("Europe/Berlin")


def hear(text, *, now=NOW, tz="Europe/Berlin", **context):
    return understand(text, now=now, tz=tz, context=Context(**context))


def test_a_sentence_is_read_in_the_speakers_zone():
    frame = hear("book 30 min with <@U2> tomorrow at 9", tz="America/New_York").frame

    assert frame.when.windows[0].start == datetime(2026, 7, 15, 9, tzinfo=ZoneInfo("America/New_York"))


def test_tomorrow_is_the_speakers_tomorrow():
    late = datetime(2026, 7, 14, 23, 30, tzinfo=UTC)  # already Wednesday in Berlin

    frame = hear("meeting with <@U2> tomorrow", now=late).frame

    assert frame.when.windows[0].start == datetime(2026, 7, 16, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("said", "utc"),
    [
        ("2026-03-29 at 02:30", "2026-03-29T01:30"),  # a gap: moves forward to 03:30 summer time
        ("2026-10-25 at 02:30", "2026-10-25T00:30"),  # twice: the first
        ("2026-10-25 at 03:30", "2026-10-25T02:30"),
    ],
)
def test_times_on_the_days_when_clocks_change(said, utc):
    frame = hear(f"meeting with <@U2> on {said}").frame

    assert frame.when.windows[0].start.astimezone(UTC) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_a_day_with_25_hours_is_one_day():
    (window,) = hear("meeting with <@U2> on 2026-10-25").frame.when.windows

    assert window.end - window.start == timedelta(hours=25)


def test_in_two_hours_counts_real_hours_over_a_change_of_clocks():
    now = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # 01:30 in Berlin, half an hour before the gap

    frame = hear("meeting with <@U2> in two hours", now=now).frame

    assert frame.when.windows[0].start == now + timedelta(hours=2)


def test_windows_carry_offsets():
    window = hear("meeting with <@U2> tomorrow at 3").frame.when.windows[0]

    assert window.start.utcoffset() == timedelta(hours=2)


def test_a_time_of_day_is_looked_for_in_what_is_talked_about():
    friday = Window(start=datetime(2026, 7, 17, tzinfo=BERLIN), end=datetime(2026, 7, 18, tzinfo=BERLIN))
    before = When(zone="Europe/Berlin", windows=(friday,))

    frame = hear("actually at 3", question="offer", when=before).frame

    assert isinstance(frame, Refine)
    assert frame.when.windows[0].start == datetime(2026, 7, 17, 15, tzinfo=BERLIN)


def test_a_shift_moves_the_one_time_that_is_talked_about():
    point = Window(start=datetime(2026, 7, 17, 15, tzinfo=BERLIN), is_point=True)

    frame = hear(
        "can we do 15 mins earlier", question="confirm", when=When(zone="Europe/Berlin", windows=(point,))
    ).frame

    assert frame.when.windows[0].start == datetime(2026, 7, 17, 14, 45, tzinfo=BERLIN)


def test_what_was_supplied_is_told():
    understanding = hear("30 min with <@U2> tomorrow afternoon")

    assert understanding.implied == ("hours:afternoon",)
    assert understanding.frame.when.hours_implied


def test_because_never_holds_what_was_said():
    understanding = hear("book Zanzibar with <@U2> tomorrow because Xylophone")

    assert not any(
        word in " ".join(understanding.because).lower() for word in ("zanzibar", "xylophone", "u2")
    )
    assert understanding.because


def test_an_unknown_language_is_read_as_english():
    frame = understand("30 min with <@U2> tomorrow", now=NOW, tz="Europe/Berlin", language="../etc").frame

    assert isinstance(frame, BookMeeting)


def test_an_unknown_zone_raises_nothing():
    assert isinstance(hear("30 min with <@U2> tomorrow", tz="Mars/Base").frame, BookMeeting)


@pytest.mark.parametrize("piece", PIECES)
def test_reading_time_grows_with_the_length_not_its_square(piece):
    hear("warm up tomorrow at 3")

    rounds = ([fastest(piece * (size // len(piece))) for size in (400, 1600)] for _ in range(4))

    # Linear would be 4, quadratic 16. One quiet round will do: the machine has other things to do.
    assert any(long < 12 * short + 0.002 for short, long in rounds)


def fastest(text):
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        hear(text)
        times.append(time.perf_counter() - begun)
    return min(times)


@pytest.mark.parametrize("noise", ["x" * 3000, "🎉" * 3000, "lorem ipsum " * 250, "?!" * 1500])
def test_long_noise_is_not_understood(noise):
    assert isinstance(hear(noise).frame, NotUnderstood)


def test_no_shuffled_sentence_raises():
    rng = random.Random(7)
    words = sorted({word for case in cases() for word in case.values[1].split()})

    for question in (None, "offer", "confirm", "who", "when", "reason", "booking"):
        for _ in range(300):
            text = " ".join(rng.choices(words, k=rng.randint(1, 12)))
            assert hear(text, question=question).frame is not None


@pytest.mark.parametrize(
    "said",
    [
        "in 99999999 years",
        "in 99999999 hours",
        "next 99999999 days",
        "99999999 business days from now",
        "99999999 fridays from now",
        "for 99999999 days from friday",
        "0001-01-01",
        "9999-12-31 after 3",
        "0000-01",
        "the 31st of february",
        "25:61",
        "the 19th or 7/8",
        "19th, 1/2",
    ],
)
def test_times_that_do_not_exist_raise_nothing(said):
    assert hear(f"meeting with <@U2> {said}").frame is not None
    assert hear(said, question="offer").frame is not None


@pytest.mark.parametrize(
    ("said", "day"),
    [("12 septembre", (9, 12)), ("3. Oktober", (10, 3)), ("5 de agosto", (8, 5)), ("1 dezembro", (12, 1))],
)
def test_a_month_of_another_language_is_known(said, day):
    (window,) = hear(f"meeting with <@U2> {said}").frame.when.windows

    assert (window.start.month, window.start.day) == day
