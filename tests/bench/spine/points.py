"""What is timed in a turn: the stage, the module, and the function by the name under which it is called."""

Point = tuple[str, str, str]

HEARING: Point = ("hearing", "bot.dialogue", "understand")

# In the order in which a mention comes by.
STAGES: tuple[Point, ...] = (
    ("web: Starlette and guards", "starlette.middleware.errors", "ServerErrorMiddleware.__call__"),
    ("door: signature, JSON, Bolt", "bot.slack.door", "SlackDoor.__call__"),
    ("queue: keep it and call", "bot.jobs.saq_queue", "SaqTurnQueue.put"),
    ("queue: hear the call", "saq.worker", "Worker.process"),
    ("queue: take and count", "bot.stores.inbox", "RedisInbox.take"),
    ("lock", "bot.stores.lock", "Lock.take"),
    ("load", "bot.stores.conversations", "RedisConversationStore._load"),
    HEARING,
    ("people (cached)", "bot.slack.directory", "SlackDirectory.person"),
    ("event types (cached)", "bot.calcom.calendar", "CalcomCalendar.event_types"),
    ("deciding and fitting", "bot.dialogue", "_answer"),
    ("slots: ask and read", "bot.calcom.calendar", "CalcomCalendar.open_slots"),
    ("card", "bot.slack.messenger", "render"),
    ("save", "bot.stores.conversations", "RedisThreadSession.save"),
    ("post", "bot.slack.messenger", "SlackMessenger.deliver"),
    ("hold", "bot.assistant", "hold_first"),
    ("unlock", "bot.stores.lock", "Lock.release"),
    ("queue: strike it off", "bot.stores.inbox", "RedisInbox.remove"),
    ("the assistant's own", "bot.staff", "Staff.handle"),
)

LIBRARIES: tuple[Point, ...] = (
    ("Starlette", "starlette.middleware.errors", "ServerErrorMiddleware.__call__"),
    ("Slack Bolt", "slack_bolt.async_app", "AsyncApp.async_dispatch"),
    ("slack_sdk and aiohttp", "slack_sdk.web.async_client", "AsyncWebClient.api_call"),
    ("httpx", "httpx", "AsyncClient.send"),
    ("redis-py: commands", "redis.asyncio.client", "Redis.execute_command"),
    ("redis-py: pipelines", "redis.asyncio.client", "Pipeline.execute"),
    ("SAQ", "saq.worker", "Worker.process"),
    ("the bot's own: the door", "bot.slack.door", "SlackDoor.__call__"),
    ("the bot's own: the work", "bot.staff", "Staff.handle"),
)

POINTS: dict[str, tuple[Point, ...]] = {"hearing": (HEARING,), "stages": STAGES, "libraries": LIBRARIES}
