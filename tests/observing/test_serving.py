"""The port of metrics: apart from the bot's event loop, and gone when the bot goes."""

import socket
import urllib.request
from threading import Thread

import pytest

from bot.conversation.ports import Backlog, StoreUnavailable
from bot.observing.looking import look
from bot.observing.metrics import Metrics
from bot.observing.serving import serving_metrics
from bot.observing.sights import Sights
from tests.observing.scraping import page_of, scraped

LOOPBACK = "127.0.0.1"


async def test_what_is_counted_is_read_there():
    metrics = Metrics()
    metrics.in_flight.set(3)

    async with serving_metrics(metrics.registry, LOOPBACK, 0) as port:
        page = await scraped(port)

    assert page("slotwise_works_in_flight") == 3
    assert page("process_resident_memory_bytes") > 0


async def test_it_answers_while_the_event_loop_hangs():
    pages: list[bytes] = []

    def read(port: int) -> None:
        with urllib.request.urlopen(f"http://{LOOPBACK}:{port}/metrics", timeout=30) as answer:
            pages.append(answer.read())

    async with serving_metrics(Metrics().registry, LOOPBACK, 0) as port:
        reading = Thread(target=read, args=(port,))
        reading.start()
        reading.join(30)  # not awaited: nothing runs on the loop meanwhile

    assert b"slotwise_build_info" in pages[0]


async def test_a_reader_that_never_reads_does_not_hold_up_the_end():
    async with serving_metrics(Metrics().registry, LOOPBACK, 0) as port:
        with socket.create_connection((LOOPBACK, port)) as slow:
            slow.sendall(b"GET /metrics HTTP/1.1\r\n")
            assert (await scraped(port))("slotwise_build_info") == 1

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((LOOPBACK, port))


async def test_a_port_that_is_taken_is_said():
    async with serving_metrics(Metrics().registry, LOOPBACK, 0) as port:
        with pytest.raises(OSError, match="in use"):
            async with serving_metrics(Metrics().registry, LOOPBACK, port):
                pass


async def test_a_look_shows_how_things_stand():
    metrics = Metrics()

    await look(metrics, Sights(_backlog, _left, lambda: True))

    page = page_of(metrics)
    assert page("slotwise_queue_lanes") == 4
    assert page("slotwise_queue_oldest_seconds") == 12.5
    assert page("slotwise_dead_lanes") == 2
    assert page("slotwise_calcom_budget_left") == 17
    assert page("slotwise_calcom_breaker_open") == 1
    assert page("slotwise_redis_up") == 1


async def test_of_a_redis_that_is_gone_nothing_is_said_that_is_not_known():
    metrics = Metrics()
    await look(metrics, Sights(_backlog, _left, lambda: False))

    await look(metrics, Sights(_gone, _left, lambda: False))

    page = page_of(metrics)
    assert page("slotwise_redis_up") == 0
    assert "slotwise_queue_lanes NaN" in page.text
    assert "slotwise_queue_oldest_seconds NaN" in page.text


async def _backlog() -> Backlog:
    return Backlog(4, 12.5, 2)


async def _gone() -> Backlog:
    raise StoreUnavailable("gone")


async def _left() -> int:
    return 17
