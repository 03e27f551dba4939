"""Odd, oversized and ambiguous HTTP: refused without a word too many, and the next request is served."""

import asyncio
import gzip
import json
import random

import pytest

from tests.attacks.scene import FORM, JSON, SECRETS, Scene, hooked, signed
from tests.attacks.wires import status, tell, wire

pytestmark = pytest.mark.asyncio(loop_scope="module")

CHALLENGE = b'{"type": "url_verification", "challenge": "c"}'
GUARDS = (
    "x-content-type-options",
    "referrer-policy",
    "x-frame-options",
    "cache-control",
    "content-security-policy",
)


def lines(*extra: str, path: str = "/slack/events", version: str = "1.1", method: str = "POST") -> bytes:
    """A request's head that closes its connection; `extra`: headers."""
    told = [f"{method} {path} HTTP/{version}", *extra, "connection: close", "", ""]
    return "\r\n".join(told).encode("latin-1")


def sealed(body: bytes = CHALLENGE) -> list[str]:
    return [f"{name}: {value}" for name, value in signed(body).items()] + [f"content-type: {JSON}"]


HOST = "host: bot"
LONG = f"content-length: {len(CHALLENGE)}"

TRICKS: dict[str, bytes] = {
    "both lengths": lines(HOST, *sealed(), LONG, "transfer-encoding: chunked") + b"0\r\n\r\n" + CHALLENGE,
    "both lengths, the other way": lines(HOST, *sealed(), "transfer-encoding: chunked", LONG) + CHALLENGE,
    "two lengths": lines(HOST, *sealed(), LONG, "content-length: 3") + CHALLENGE,
    "a length of words": lines(HOST, *sealed(), "content-length: ten") + CHALLENGE,
    "a negative length": lines(HOST, *sealed(), "content-length: -5") + CHALLENGE,
    "a signed length": lines(HOST, *sealed(), f"content-length: +{len(CHALLENGE)}") + CHALLENGE,
    "a length beyond numbers": lines(HOST, *sealed(), "content-length: " + "9" * 40) + CHALLENGE,
    "an encoding that nobody knows": lines(HOST, *sealed(), "transfer-encoding: xchunked", LONG) + CHALLENGE,
    "an encoding twice": lines(HOST, *sealed(), "transfer-encoding: chunked, chunked") + b"0\r\n\r\n",
    "a space before the colon": lines(HOST, *sealed(), f"content-length : {len(CHALLENGE)}") + CHALLENGE,
    "a folded line": lines(HOST, *sealed(), "x-a: b\r\n c", LONG) + CHALLENGE,
    "a nul in a value": lines(HOST, *sealed(), "x-a: \x00", LONG) + CHALLENGE,
    "a nul in the path": lines(HOST, path="/slack/\x00events"),
    "no method": b" / HTTP/1.1\r\n\r\n",
    "a method of nobody": lines(HOST, method="BREW"),
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 64 + b"\r\n\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/9": lines(HOST, version="9.9"),
    "a chunk without a number": lines(HOST, *sealed(), "transfer-encoding: chunked") + b"xyz\r\n\r\n",
    "a chunk beyond numbers": lines(HOST, *sealed(), "transfer-encoding: chunked") + b"f" * 40 + b"\r\n\r\n",
}


@pytest.mark.parametrize("how", TRICKS)
async def test_what_two_servers_could_read_differently_is_not_read(how: str, bot: Scene) -> None:
    answer = await tell(bot.url, TRICKS[how])

    assert status(answer) in (0, 400, 401, 405, 413)
    assert b"challenge" not in answer.lower().replace(b"/challenge", b"")
    assert (await bot.post(CHALLENGE)).status_code == 200
    assert bot.deeds() == ([], [])


HARMLESS: dict[str, tuple[bytes, int]] = {
    "an honest one": (lines(HOST, *sealed(), LONG) + CHALLENGE, 200),
    "HTTP/1.0": (lines(HOST, *sealed(), LONG, version="1.0") + CHALLENGE, 200),
    "absolute": (lines(HOST, *sealed(), LONG, path="http://evil.example/slack/events") + CHALLENGE, 200),
    "two hosts": (lines(HOST, "host: evil.example", *sealed(), LONG) + CHALLENGE, 200),
    "forwarded": (
        lines(
            HOST,
            "x-forwarded-for: 127.0.0.1",
            "x-forwarded-host: evil",
            "x-forwarded-proto: file",
            *sealed(),
            LONG,
        )
        + CHALLENGE,
        200,
    ),
    "another method said in a header": (
        lines(HOST, "x-http-method-override: GET", *sealed(), LONG) + CHALLENGE,
        200,
    ),
    "another address said in a header": (
        lines(HOST, "x-original-url: /readyz", *sealed(), LONG) + CHALLENGE,
        200,
    ),
    "an upgrade": (
        lines(HOST, "upgrade: websocket", "sec-websocket-key: x", *sealed(), LONG) + CHALLENGE,
        200,
    ),
    "chunks": (
        lines(HOST, *sealed(), "transfer-encoding: chunked")
        + b"%x\r\n%b\r\n0\r\n\r\n" % (len(CHALLENGE), CHALLENGE),
        200,
    ),
    "twice the slash": (lines(HOST, *sealed(), LONG, path="//slack/events") + CHALLENGE, 404),
    "a slash behind": (lines(HOST, *sealed(), LONG, path="/slack/events/") + CHALLENGE, 404),
    "dots": (lines(HOST, *sealed(), LONG, path="/x/../slack/events") + CHALLENGE, 404),
    "dots in code": (lines(HOST, path="/%2e%2e/%2e%2e/etc/passwd", method="GET"), 404),
    "another case": (lines(HOST, *sealed(), LONG, path="/SLACK/events") + CHALLENGE, 404),
    "a file": (lines(HOST, path="/.env", method="GET"), 404),
    "metrics": (lines(HOST, path="/metrics", method="GET"), 404),
    "GET": (lines(HOST, method="GET"), 405),
    "HEAD": (lines(HOST, method="HEAD"), 405),
    "OPTIONS": (lines(HOST, method="OPTIONS"), 405),
    "TRACE": (lines(HOST, method="TRACE"), 405),
    "PUT": (lines(HOST, *sealed(), LONG, method="PUT") + CHALLENGE, 405),
    "OPTIONS of all": (lines(HOST, path="*", method="OPTIONS"), 404),
    "CONNECT": (lines(HOST, path="evil.example:443", method="CONNECT"), 400),
    "a query": (lines(HOST, path="/readyz?" + "a" * 5000, method="GET"), 200),
    "a long header": (lines(HOST, "x-a: " + "b" * 30_000, path="/readyz", method="GET"), 200),
    "a thousand headers": (lines(HOST, *["x-a: b"] * 1000, path="/readyz", method="GET"), 200),
}


@pytest.mark.parametrize("how", HARMLESS)
async def test_what_is_odd_but_plain_means_what_it_says(how: str, bot: Scene) -> None:
    request, expected = HARMLESS[how]

    answer = await tell(bot.url, request)

    assert status(answer) in (
        expected,
        400 if how in ("OPTIONS of all", "CONNECT", "two hosts") else expected,
    )
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert b"server:" not in head
    assert b"evil" not in answer
    assert b"location:" not in head
    if status(answer) != 400:
        assert [one for one in GUARDS if one.encode() not in head] == []


async def test_what_is_sent_ahead_is_answered_in_order(bot: Scene) -> None:
    one, other = b"GET /healthz HTTP/1.1\r\nhost: bot\r\n\r\n", lines(HOST, path="/nowhere", method="GET")

    answers = await tell(bot.url, one * 5 + other)

    assert [int(part[:3]) for part in answers.split(b"HTTP/1.1 ")[1:]] == [200] * 5 + [404]


async def test_a_request_hidden_in_anothers_body_is_not_heard(bot: Scene) -> None:
    hidden = lines(HOST, path="/healthz", method="GET")

    answer = await tell(bot.url, lines(HOST, f"content-length: {len(hidden)}") + hidden)

    assert (status(answer), answer.count(b"HTTP/1.1")) == (401, 1)


# Bodies


def deep(depth: int) -> bytes:
    return b'{"type": "event_callback", "event": ' + b'{"a": [' * depth + b"]}" * depth + b"}"


BODIES: dict[str, tuple[bytes, str]] = {
    "deep": (deep(300), JSON),
    "deeper": (deep(3000), JSON),
    "as deep as it can be": (deep(90_000), JSON),
    "deep in a form": (b"payload=" + b"[" * 400_000, FORM),
    "a million fields": (b"&" * 999_999, FORM),
    "a million equals": (b"payload=%7B%7D" + b"&a=" * 300_000, FORM),
    "a million escapes": (b"payload=" + b"%41" * 300_000, FORM),
    "a key twice": (b'{"type": "x", "type": "event_callback", "event": {"type": "a"}, "event": 7}', JSON),
    "no number": (b'{"type": "event_callback", "event": {"type": "message", "ts": NaN}}', JSON),
    "endless": (b'{"type": "event_callback", "event": {"type": "message", "ts": Infinity}}', JSON),
    "huge": (b'{"type": "event_callback", "event": {"ts": ' + b"9" * 900_000 + b"}}", JSON),
    "an exponent": (b'{"type": "event_callback", "event": {"type": "message", "ts": 1e999999}}', JSON),
    "half a letter": (b'{"type": "event_callback", "event": {"type": "message", "text": "\\ud800"}}', JSON),
    "nul": (b'{"type": "event_callback", "event": {"type": "message", "text": "\\u0000"}}', JSON),
    "no text": (b"\xff\xfe\x00", JSON),
    "UTF-16": ('{"type": "event_callback"}'.encode("utf-16"), JSON),
    "a mark before it": (b"\xef\xbb\xbf" + CHALLENGE, JSON),
    "nothing": (b"", JSON),
    "a list": (b"[]", JSON),
    "XML": (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        "text/xml",
    ),
    "parts": (
        b'--x\r\nContent-Disposition: form-data; name="payload"\r\n\r\n{}\r\n--x--',
        "multipart/form-data; boundary=x",
    ),
    "pickled": (b"\x80\x04\x95cos\nsystem\n(S'id'\ntR.", "application/octet-stream"),
    "a long word": (json.dumps({"type": "event_callback", "event": {"type": "a" * 900_000}}).encode(), JSON),
}


@pytest.mark.parametrize("what", BODIES)
async def test_signed_bodies_that_slack_does_not_send_end_quietly_and_soon(what: str, bot: Scene) -> None:
    body, kind = BODIES[what]

    async with asyncio.timeout(30):
        answers = [await bot.post(body, kind), await bot.news(body)]

    assert all(one.status_code in (200, 400, 401) for one in answers)
    assert all(one not in answer.text for one in (*SECRETS, "Traceback") for answer in answers)
    assert bot.deeds() == ([], [])


async def test_a_compressed_bomb_is_not_unpacked(bot: Scene) -> None:
    bomb = gzip.compress(b"[" * 50_000_000)

    for name in ("gzip", "deflate", "br"):
        assert (await bot.post(bomb, **{"content-encoding": name})).status_code in (400, 401)
    assert (await bot.post(gzip.compress(CHALLENGE), **{"content-encoding": "gzip"})).status_code in (
        400,
        401,
    )


@pytest.mark.parametrize("path", ["/slack/events", "/webhooks/calcom", "/nowhere"])
async def test_what_is_too_long_is_refused_whatever_it_says_of_itself(path: str, bot: Scene) -> None:
    body = b"x" * 1_500_000
    headers = signed(body) | {"x-cal-signature-256": hooked(body)}

    assert (await bot.send(body, headers, path)).status_code == 413
    async with wire(bot.url) as line:
        await line.send(lines(HOST, "transfer-encoding: chunked", path=path))
        while await line.send(b"10000\r\n" + b"x" * 65536 + b"\r\n"):
            if line.is_over:
                break
            await asyncio.sleep(0)
    assert (await bot.post(CHALLENGE)).status_code == 200


TIRESOME = (
    "tomorrow at 3 or ",
    "<@UBEN> ",
    "1 2 3 ",
    "." * 9,
    "not monday ",
    "((((",
    '"a" ',
    "a" * 9,
    "a@b.cd,",
)
TIRESOME += (
    "12:30-",
    "*_~`*",
    "&lt;",
    "with ",
    "ben and ",
    "http://x.example/ ",
    "<",
    "no, ",
    "12/12/",
    "&amp;",
)


@pytest.mark.parametrize("length", [900, 2900, 40_000, 250_000])
async def test_no_sentence_holds_up_everybody(length: int, bot: Scene) -> None:
    event = {"type": "app_mention", "channel": "C0GENERAL", "user": "UANA", "team": "T0SLOT"}

    async with asyncio.timeout(60):
        for number, one in enumerate(TIRESOME):
            text = ("<@U0BOT> book 30 min " + one * (length // len(one)))[:length]
            await bot.event(event | {"text": text, "ts": f"1784012400.{number:06}"})

    assert len(bot.cards()) + len(bot.whispers("UANA")) == len(TIRESOME)


async def test_bytes_by_chance_do_no_harm(bot: Scene) -> None:
    dice = random.Random("bytes")

    async def attack(data: bytes) -> int:
        async with wire(bot.url) as line:
            await line.send(data)
            line.writer.write_eof()
            return status(await line.all())

    noise = [dice.randbytes(dice.randrange(1, 400)) + b"\r\n\r\n" for _ in range(100)]
    honest = lines(HOST, *sealed(), LONG) + CHALLENGE
    for _ in range(200):
        broken = bytearray(honest)
        for _ in range(dice.randrange(1, 5)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        noise.append(bytes(broken))
    answers = await asyncio.gather(*(attack(one) for one in noise))

    assert {one for one in answers} <= {0, 200, 400, 401, 404, 405, 408, 413}
    assert bot.deeds() == ([], [])
