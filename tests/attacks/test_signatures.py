"""Forged, altered and replayed deliveries: nothing is written and nothing is said."""

import json
import time

import pytest

from tests.attacks.scene import FORM, JSON, SIGNING, WEBHOOK, Scene, hooked, signed

pytestmark = pytest.mark.asyncio(loop_scope="module")

MENTION = {
    "type": "app_mention",
    "channel": "C0GENERAL",
    "user": "UANA",
    "ts": "1784019600.000100",
    "team": "T0SLOT",
    "text": "<@U0BOT> 30 min with <@UBEN> tomorrow",
}
BODY = json.dumps({"type": "event_callback", "team_id": "T0SLOT", "event": MENTION}).encode()


def forged() -> dict[str, dict[str, str]]:
    """Ways to be refused, made now: a signature holds for five minutes."""
    good = signed(BODY)
    mark = good["x-slack-signature"]
    return {
        "no headers": {},
        "no signature": {"x-slack-request-timestamp": good["x-slack-request-timestamp"]},
        "no timestamp": {"x-slack-signature": mark},
        "another secret": signed(BODY, secret="another-secret"),
        "an empty secret": signed(BODY, secret=""),
        "the token as secret": signed(BODY, secret="xoxb-token-of-attacks"),
        "old": signed(BODY, at=time.time() - 301),
        "of the future": signed(BODY, at=time.time() + 400),
        "negative": signed(BODY, at=-1),
        "another timestamp than signed": good | {"x-slack-request-timestamp": str(int(time.time()) - 1)},
        "a timestamp with words": good
        | {"x-slack-request-timestamp": good["x-slack-request-timestamp"] + " x"},
        "a huge timestamp": good | {"x-slack-request-timestamp": "9" * 5000},
        "no number": good | {"x-slack-request-timestamp": "nan"},
        "upper case": good | {"x-slack-signature": mark.upper()},
        "v1": signed(BODY, version="v1"),
        "v1 over v0": good | {"x-slack-signature": mark.replace("v0=", "v1=")},
        "no version": good | {"x-slack-signature": mark.removeprefix("v0=")},
        "an empty mark": good | {"x-slack-signature": "v0="},
        "a shorter mark": good | {"x-slack-signature": mark[:-1]},
        "a longer mark": good | {"x-slack-signature": mark + "0"},
        "letters of elsewhere": good | {"x-slack-signature": "v0=" + "ü" * 64},
        "of another body": signed(BODY + b" "),
        "of no body": signed(b""),
        "of a file": signed(b"v0:0:" + BODY),
        "several": good | {"x-slack-signature": f"v0={'0' * 64},{mark}"},
        "Cal.com's": {"x-cal-signature-256": hooked(BODY)},
        "Cal.com's secret": signed(BODY, secret=WEBHOOK),
    }


@pytest.mark.parametrize("how", forged())
async def test_a_forged_delivery_is_refused(how: str, bot: Scene) -> None:
    headers = [(name, value.encode()) for name, value in forged()[how].items()]

    answer = await bot.send(BODY, [("content-type", JSON), *headers])

    assert (answer.status_code, answer.text) == (401, "")
    assert bot.deeds() == ([], [])


async def test_of_two_signatures_a_wrong_one_first_is_refused(bot: Scene) -> None:
    marks = [("x-slack-signature", f"v0={'0' * 64}"), *signed(BODY).items()]

    answer = await bot.send(BODY, [("content-type", JSON), *marks])

    assert (answer.status_code, bot.deeds()) == (401, ([], []))


@pytest.mark.parametrize("kind", ["event", "press", "command", "view"])
async def test_a_body_altered_by_any_byte_is_refused(kind: str, bot: Scene) -> None:
    bodies = {"event": BODY, "press": b"payload=%7B%22type%22%3A%22block_actions%22%7D"}
    bodies |= {"command": b"command=%2Fmeet&user_id=UANA", "view": b"payload=%7B%22type%22%3A%22view%22%7D"}
    body = bodies[kind]

    for place in range(0, len(body), 7):
        altered = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        assert (
            await bot.http.post("/slack/events", content=altered, headers=signed(body))
        ).status_code == 401
    for altered in (b"", body[:-1], body + b"\n", body + body, "é".encode() + body, b"\xff" + body):
        assert (await bot.send(altered, signed(body))).status_code == 401
    assert bot.deeds() == ([], [])


async def test_an_event_played_again_is_answered_once(bot: Scene) -> None:
    await bot.ask()
    before = bot.deeds()

    for heard in [one for one in bot.tap.heard if one.path == "/slack/events"]:
        assert (await bot.replay(heard)).status_code == 200
        again = await bot.replay(heard, **signed(heard.body), **{"x-slack-retry-num": "1"})
        assert again.status_code == 200

    assert bot.deeds() == before


async def test_a_press_played_again_books_once(bot: Scene) -> None:
    press = await bot.pressed(await bot.ask())
    await bot.replay(press)
    assert bot.bookings() == 1
    before = bot.deeds()

    for _ in range(5):
        assert (await bot.replay(press)).status_code == 200
    bot.later(minutes=4)
    await bot.replay(press, **signed(press.body))

    assert bot.bookings() == 1
    assert bot.deeds() == before


async def test_a_command_played_again_is_answered_once(bot: Scene) -> None:
    await bot.slack.command("UANA", "C0GENERAL", "/meet", "30 min with <@UBEN> tomorrow")
    await bot.rest()
    (command,) = [one for one in bot.tap.heard if b"command=" in one.body]
    before = bot.deeds()

    await bot.replay(command)
    await bot.replay(command)

    assert bot.deeds() == before


async def test_what_is_signed_as_a_form_cannot_be_passed_off_as_something_else(bot: Scene) -> None:
    press = await bot.pressed(await bot.ask())
    before = bot.deeds()

    answers = [await bot.replay(press, **{"content-type": kind}) for kind in (JSON, "text/plain", "x" * 900)]

    assert all(one.status_code in (200, 400) for one in answers)
    assert bot.bookings() <= 1  # Slack's own bytes mean what Slack meant, or nothing
    assert len(bot.deeds()[0]) - len(before[0]) <= 3


# Cal.com's webhooks


@pytest.mark.parametrize(
    "mark",
    [
        "",
        "no-secret-provided",
        "0" * 64,
        "sha256=" + "0" * 64,
        "ü" * 64,
        "another body",
        "another secret",
        "upper case",
        "Slack's",
    ],
)
async def test_news_that_cal_com_did_not_sign_are_refused(mark: str, bot: Scene) -> None:
    news = await bot.booked_from_outside()
    made = {
        "another body": hooked(news.body + b" "),
        "another secret": hooked(news.body, SIGNING),
        "upper case": hooked(news.body).upper(),
        "Slack's": signed(news.body)["x-slack-signature"],
    }
    before = bot.deeds()

    given = [("x-cal-signature-256", made.get(mark, mark).encode())]
    answer = await bot.send(news.body, given, news.path)

    assert (answer.status_code, answer.text) == (401, "bad signature")
    assert (await bot.send(news.body, {}, news.path)).status_code == 401
    assert bot.deeds() == before


def posts(bot: Scene) -> list[str]:
    """What was said anew; a card may change when its meeting is over."""
    return [one for one in bot.deeds()[1] if one.startswith("chat.postMessage")]


async def test_news_played_again_within_the_day_are_told_once(bot: Scene) -> None:
    news = await bot.booked_from_outside()
    await bot.replay(news)
    assert len(bot.dms("UBEN")) == 1
    before = posts(bot)

    for hours in (0, 1, 11, 11):
        bot.later(hours=hours)
        assert (await bot.replay(news)).status_code == 200
    bot.later(hours=2)
    assert (await bot.replay(news)).status_code == 200

    assert posts(bot) == before


async def test_news_altered_by_a_byte_are_refused(bot: Scene) -> None:
    news = await bot.booked_from_outside()
    before = bot.deeds()

    for place in range(0, len(news.body), 41):
        altered = news.body[:place] + bytes([news.body[place] ^ 1]) + news.body[place + 1 :]
        answer = await bot.http.post(news.path, content=altered, headers=news.headers)
        assert answer.status_code == 401

    await bot.rest()
    assert bot.deeds() == before


async def test_a_delivery_for_one_door_is_nothing_at_the_other(bot: Scene) -> None:
    news, said = await bot.booked_from_outside(), await bot.said()
    before = bot.deeds()

    assert (await bot.send(news.body, news.headers)).status_code == 401
    assert (await bot.send(said.body, said.headers, "/webhooks/calcom")).status_code == 401
    assert (await bot.post(news.body, FORM)).status_code in (200, 400)
    assert bot.deeds() == before
