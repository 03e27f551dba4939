"""Socket Mode: the same app over a real WebSocket, acknowledged only when it is kept."""

import asyncio
import contextlib
import json

import pytest
import pytest_asyncio
from aiohttp import web

from bot.slack.app import build_app
from bot.slack.socket import run_socket, socket_connection
from bot.slack.workspaces import OneWorkspace
from tests.slack.doors import GENERAL, NOW, SECRET, TEAM, TOKEN, ListQueue, Shelf

pytestmark = pytest.mark.asyncio(loop_scope="module")

EVENT = {"type": "app_mention", "channel": GENERAL, "user": "UANA", "ts": "1.2", "text": "<@U0BOT> hi"}


class Server:
    """Slack's end of the WebSocket: sends envelopes, keeps what is answered."""

    def __init__(self):
        self.socket = None
        self.connected = asyncio.Event()
        self.answers = asyncio.Queue()

    async def serve(self, request):
        self.socket = web.WebSocketResponse()
        await self.socket.prepare(request)
        await self.socket.send_json({"type": "hello", "num_connections": 1})
        self.connected.set()
        async for message in self.socket:
            await self.answers.put(json.loads(message.data))
        return self.socket

    async def send(self, kind, payload, envelope="e1"):
        await self.socket.send_json({"type": kind, "envelope_id": envelope, "payload": payload})

    async def event(self, envelope="e1"):
        payload = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": EVENT}
        await self.send("events_api", payload, envelope)


@pytest_asyncio.fixture(loop_scope="module")
async def server(slack):
    made = Server()
    app = web.Application()
    app.router.add_get("/", made.serve)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]
    slack.app_token, slack.socket_url = "xapp-1", f"ws://127.0.0.1:{port}/"
    yield made
    await runner.cleanup()


@pytest.fixture
def queue():
    return ListQueue()


@pytest.fixture
def app(client, queue):
    return build_app(
        client=client,
        signing_secret=SECRET,
        workspaces=OneWorkspace(client, TOKEN),
        queue=queue,
        store=Shelf(),
        clock=lambda: NOW,
    )


async def test_an_event_is_acknowledged_when_it_is_kept(app, server, queue):
    told = []
    async with socket_connection(app, "xapp-1", on_answer=lambda *answer: told.append(answer)):
        await server.connected.wait()
        await server.event()

        assert await asyncio.wait_for(server.answers.get(), 5) == {"envelope_id": "e1"}
        assert queue.works[0].text == "hi"
    ((kind, status, seconds),) = told
    assert (kind, status) == ("event", 200)
    assert seconds > 0


async def test_what_cannot_be_kept_is_not_acknowledged_but_a_command_is_answered(app, server, queue):
    queue.is_down = True
    command = {"command": "/meet", "channel_id": GENERAL, "user_id": "UANA", "trigger_id": "1.2", "text": ""}
    async with socket_connection(app, "xapp-1"):
        await server.connected.wait()
        await server.event()
        await server.send("slash_commands", command, "e2")

        answer = await asyncio.wait_for(server.answers.get(), 5)

    assert answer["envelope_id"] == "e2"  # of the event there is none: Slack sends it again
    assert "try again in a minute" in answer["payload"]["text"]


class SlowQueue(ListQueue):
    """Takes its time."""

    async def put(self, work):
        await asyncio.sleep(0.3)
        await super().put(work)


async def test_stopping_finishes_what_is_being_taken(client, server):
    queue, stop, ready = SlowQueue(), asyncio.Event(), asyncio.Event()
    slow = build_app(
        client=client,
        signing_secret=SECRET,
        workspaces=OneWorkspace(client, TOKEN),
        queue=queue,
        store=Shelf(),
        clock=lambda: NOW,
    )
    running = asyncio.create_task(run_socket(slow, "xapp-1", stop=stop, on_ready=ready.set))
    await ready.wait()
    await server.connected.wait()
    await server.event()
    await asyncio.sleep(0.1)

    stop.set()
    await running

    assert len(queue.works) == 1
    assert server.answers.get_nowait() == {"envelope_id": "e1"}


async def test_a_connection_that_breaks_is_made_anew(app, server, queue):
    async with socket_connection(app, "xapp-1"):
        await server.connected.wait()
        server.connected.clear()
        await server.socket.send_json({"type": "disconnect", "reason": "refresh_requested"})
        await asyncio.wait_for(server.connected.wait(), 10)
        await server.event("e3")

        assert await asyncio.wait_for(server.answers.get(), 5) == {"envelope_id": "e3"}


async def test_a_connection_that_cannot_be_made_can_be_given_up(app, slack):
    slack.app_token = "another"

    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(0.3), socket_connection(app, "xapp-1"):
            raise AssertionError("there is nobody to connect to")


async def test_a_stop_ends_it_also_where_no_connection_can_be_made(app, slack):
    slack.app_token = "another"
    stop = asyncio.Event()
    running = asyncio.create_task(run_socket(app, "xapp-1", stop=stop))
    await asyncio.sleep(0.3)

    stop.set()

    await asyncio.wait_for(running, 5)
