"""What is timed in a turn: the stage, the module, and the function by the name under which it is called."""

Point = tuple[str, str, str]

HEARING: Point = ("hearing", "bot.dialogue", "understand")

# In the order in which a mention comes by.
STAGES: tuple[Point, ...] = (
    ("web: Starlette and guards", "starlette.middleware.errors", "ServerErrorMiddleware.__call__"),
    ("door: signature, JSON, Bolt", "bot.slack.door", "SlackDoor.__call__"),
    ("queue: keep it", "bot.jobs.queue", "LaneQueue.put"),
    ("queue: hold, begin, done", "bot.stores.inbox", "RedisHold.next"),
    ("queue: drain", "bot.jobs.lanes", "Lanes.drain"),
    ("load: read the thread", "bot.stores.conversations", "RedisConversationStore._read_or_keep"),
    HEARING,
    ("people (cached)", "bot.slack.directory", "SlackDirectory.person"),
    ("event types (cached)", "bot.calcom.calendar", "CalcomCalendar.event_types"),
    ("slots: what was asked for", "bot.calcom.calendar", "CalcomCalendar.open_slots"),
    ("slots: the call, read", "bot.calcom.transport.reads", "Reads._reading"),
    ("deciding and fitting", "bot.dialogue", "_answer"),
    ("card", "bot.slack.messenger", "render"),
    ("save", "bot.stores.conversations", "RedisThreadSession.save"),
    ("post", "bot.slack.messenger", "SlackMessenger.deliver"),
    ("hold", "bot.assistant", "hold_first"),
    ("the assistant's own", "bot.staff", "Staff.handle"),
)

LIBRARIES: tuple[Point, ...] = (
    ("Starlette", "starlette.middleware.errors", "ServerErrorMiddleware.__call__"),
    ("Slack Bolt", "slack_bolt.async_app", "AsyncApp.async_dispatch"),
    ("aiohttp, to Slack and Cal.com", "aiohttp", "ClientSession._request"),
    ("slack_sdk around it", "slack_sdk.web.async_client", "AsyncWebClient.api_call"),
    ("redis-py: commands", "redis.asyncio.client", "Redis.execute_command"),
    ("redis-py: pipelines", "redis.asyncio.client", "Pipeline.execute"),
    ("the bot's own: the door", "bot.slack.door", "SlackDoor.__call__"),
    ("the bot's own: the queue", "bot.jobs.lanes", "Lanes.drain"),
    ("the bot's own: the work", "bot.staff", "Staff.handle"),
)

POINTS: dict[str, tuple[Point, ...]] = {"hearing": (HEARING,), "stages": STAGES, "libraries": LIBRARIES}
