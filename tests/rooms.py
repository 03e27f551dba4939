"""The plan of the house, which `test_architecture` keeps: its rooms, each library's home, who may do what."""

# The assistant is one room of several files.
ASSISTANT = (
    "bot.acquaintances",
    "bot.adjustments",
    "bot.admission",
    "bot.apologies",
    "bot.approvals",
    "bot.aside",
    "bot.assistant",
    "bot.attending",
    "bot.balloting",
    "bot.beginning",
    "bot.delivering",
    "bot.dialogue",
    "bot.errands",
    "bot.excuses",
    "bot.holding",
    "bot.home",
    "bot.letters",
    "bot.means",
    "bot.meetings",
    "bot.offices",
    "bot.opening",
    "bot.outbox",
    "bot.outcomes",
    "bot.petitions",
    "bot.polling",
    "bot.postman",
    "bot.quoting",
    "bot.rechecking",
    "bot.rechecks",
    "bot.reminding",
    "bot.rounds",
    "bot.settling",
    "bot.staff",
    "bot.unfurling",
    "bot.undoing",
    "bot.windows",
)

# What joins all rooms up; seen by `__main__` and tests only.
JOINING = (
    "bot.wiring",
    "bot.furnishing",
    "bot.installation",
    "bot.hearing",
    "bot.itinerary",
    "bot.keeping",
    "bot.leaving",
    "bot.reception",
    "bot.queueing",
    "bot.grounds",
    "bot.peopling",
    "bot.playing",
    "bot.performing",
    "bot.running",
)

# A room is a module with all below it; the longest name wins. It may import these, and itself.
ROOMS: dict[str, tuple[str, ...]] = {
    "intents": (),
    "bot.scheduling": (),
    "bot.conversation": ("intents.frames", "bot.scheduling"),
    "bot.skills": ("intents.frames", "intents.spans", "bot.conversation", "bot.scheduling"),
    **dict.fromkeys(
        ASSISTANT,
        (*ASSISTANT, "intents", "bot.accounts", "bot.conversation", "bot.skills", "bot.scheduling"),
    ),
    "bot.accounts": ("bot.scheduling", "bot.conversation.ports"),
    "bot.calendars": ("bot.accounts", "bot.scheduling"),
    "bot.counter": ("bot.conversation",),
    "bot.connecting": ("bot.accounts", "bot.calcom", "bot.conversation", "bot.means", "bot.scheduling"),
    "bot.calcom": ("bot.scheduling",),
    "bot.stores": ("bot.accounts", "bot.conversation", "bot.scheduling", "bot.redis_address"),
    "bot.jobs": ("bot.conversation", "bot.scheduling"),
    "bot.observing": ("bot.conversation", "bot.scheduling.errors"),
    "bot.observation": ("bot.observing", "bot.conversation", "bot.settings"),
    "bot.slack": ("bot.accounts", "bot.conversation", "bot.scheduling"),
    "bot.playground": ("intents.frames", "bot.conversation", "bot.scheduling"),
    "bot.settings": ("bot.setting_values", "bot.setting_calcom"),
    "bot.redis_address": (),
    "bot.setting_values": ("bot.redis_address",),
    "bot.setting_calcom": ("bot.setting_values",),
    "bot.dialling": ("bot.settings", "bot.calcom", "bot.scheduling"),
    "bot.logs": ("bot.conversation.correlation",),
    "bot.manifest": (),
    "bot.arguments": (),
    "bot.tending": ("bot.settings", "bot.conversation", "bot.stores"),
    "bot.custody": ("bot.settings", "bot.conversation", "bot.stores"),
    "bot.auditing": ("bot.settings", "bot.conversation", "bot.stores", "bot.logs"),
    "bot.web": (
        "bot.accounts",
        "bot.connecting",
        "bot.slack",
        "bot.calcom.webhooks",
        "bot.conversation",
        "bot.scheduling",
        "bot.playground",
        "bot.settings",
    ),
    "bot.doctor": (
        "bot.settings",
        "bot.setting_calcom",
        "bot.setting_values",
        "bot.dialling",
        "bot.manifest",
        "bot.redis_address",
        "bot.conversation.ports",
        "bot.scheduling",
        "bot.slack",
        "bot.calcom",
        "bot.stores",
    ),
    **dict.fromkeys(JOINING, ("intents", "bot")),
    "bot.__main__": (
        "bot.settings",
        "bot.setting_calcom",
        "bot.logs",
        "bot.manifest",
        "bot.arguments",
        "bot.doctor",
        "bot.tending",
        "bot.auditing",
        "bot.custody",
        *JOINING,
    ),
    "bot": (),
}

# Where a library of others may be imported. What stands nowhere here may be imported nowhere.
LIBRARIES: dict[str, tuple[str, ...]] = {
    "pydantic": (
        "intents",
        "bot.scheduling",
        "bot.accounts",
        "bot.connecting",
        "bot.conversation",
        "bot.calcom",
        "bot.stores",
        "bot.jobs",
        "bot.slack",
        "bot.playground",
        "bot.settings",
        "bot.setting_values",
        "bot.grounds",
        "bot.peopling",
    ),
    "dateparser": ("intents",),
    "babel": ("bot.conversation",),
    "httpx": ("bot.calcom", "bot.playground", "bot.wiring"),
    "redis": ("bot.stores",),
    "fakeredis": ("bot.stores",),
    "cryptography": ("bot.stores",),
    "saq": ("bot.jobs",),
    "prometheus_client": ("bot.observing",),
    "opentelemetry": ("bot.observing",),
    "slack_bolt": ("bot.slack", "bot.wiring"),
    "slack_sdk": ("bot.slack", "bot.wiring", "bot.installation"),
    "aiohttp": ("bot.slack", "bot.calcom", "bot.installation"),
    "yarl": ("bot.calcom",),
    "starlette": ("bot.web", "bot.playground", *JOINING),
    "tomli_w": ("bot.playground",),
    "uvicorn": ("bot.web", "bot.playground"),
    "dotenv": ("bot.__main__",),
    "uvloop": ("bot.__main__",),
}

ONE_FILE = ("dateparser",)  # held behind a single file

# The clock, chance and the environment are handed in; at an edge they may stand as a parameter's default.
EDGES = ("bot.calcom", "bot.stores", "bot.jobs", "bot.slack", "bot.observing")

# Where else each may be fetched:
CLOCK = (
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
)
CHANCE = ("random", "secrets", "uuid.uuid1", "uuid.uuid4", "os.urandom")
ENVIRONMENT = ("os.environ", "os.getenv", "os.putenv")
FETCHED: dict[tuple[str, ...], tuple[str, ...]] = {
    CLOCK: (*JOINING, "bot.playground", "bot.doctor", "bot.custody", "intents.__main__"),
    CHANCE: (*JOINING, "bot.playground"),
    ENVIRONMENT: ("bot.__main__", "bot.slack.app"),  # the latter hides it from Bolt, which reads it unasked
    ("importlib.import_module", "builtins.__import__"): (),  # it would go round this test
}

# Names that open the door to a write, and who may hold them.
WRITES: dict[str, tuple[str, ...]] = {
    "bot.scheduling.ports.Calendar": ("bot.scheduling", "bot.means", "bot.calcom", *JOINING),
    "bot.scheduling.carrying.carry_out": ("bot.approvals",),
}
