"""Asks Cal.com whose calendar it is, how its server is spoken to, what can be booked, and what is left."""

from collections.abc import Collection, Mapping

from bot.calcom.api import CalcomApi
from bot.calcom.transport.client import CalcomClient
from bot.calcom.transport.line import Line
from bot.calcom.versions import Profile, version_of
from bot.dialling import access_of, calendar_of, open_line
from bot.doctor.check_webhooks import check_webhooks
from bot.doctor.findings import Finding
from bot.scheduling.errors import CalendarError, NotAllowed, NotSupported, StrangeAnswer
from bot.scheduling.model import Account, EventType, Obstacle
from bot.scheduling.rations import Allowance, Unrationed
from bot.setting_calcom import Credential, credential_of
from bot.settings import WHERE, Settings

KINDS: Mapping[Profile | None, str] = {
    "hosted": "Cal.com's cloud, or one that knows as much",
    "self_hosted": "a self-hosted server, which knows no version of 2026",
    "gateway": "a gateway; older shapes of its answers are read where they are plain",
    None: "API v1 of an older server; this is experimental",
}
SPOKEN = {
    "bookings": ("POST", "/bookings"),
    "lists of bookings": ("GET", "/bookings"),
    "event types": ("GET", "/event-types"),
    "slots": ("GET", "/slots"),
    "schedules": ("GET", "/schedules"),
}
CREDENTIALS: Mapping[Credential, tuple[str, str]] = {
    "CAL_API_KEY": (
        "CAL_API_KEY",
        "make a new API key (Settings, Developer, API keys) at the server that CAL_API_URL names",
    ),
    "MATON_API_KEY": (
        "MATON_API_KEY",
        "copy it again, and see whether the connection to Cal.com still stands",
    ),
    "CAL_CLIENT_ID": ("CAL_CLIENT_ID and CAL_SECRET_KEY", "copy both again from the platform's dashboard"),
}
NEEDS: Mapping[Obstacle, str] = {
    "payment": "costs money",
    "seats": "has seats",
    "email_verification": "wants the booker's address verified",
    "required_fields": "asks a question that must be answered",
    "authentication": "is for its hosts alone",
    "managed": "is a pattern for others",
    "recurring": "repeats",
}
DECIDE = frozenset(
    {
        "CAL_API_KEY",
        "CAL_API_URL",
        "CAL_CLIENT_ID",
        "CAL_EXTRA_HEADERS",
        "CAL_SECRET_KEY",
        "CAL_SERVER",
        "MATON_API_KEY",
    }
)
BESIDE = "a self-hosted API is a server of its own, beside the web app"
NO_CREDENTIAL = Finding("note", "Cal.com", "is not asked, for no credential is set", WHERE["CAL_API_KEY"])
ANY = 1_000_000  # requests, more than any server allows
FEW = 20  # requests that the bot itself would rather keep


class Left(Unrationed):
    """A budget that notes how many requests the server says are left."""

    def __init__(self) -> None:
        super().__init__()
        self.allowance = Allowance(limit=ANY, burst=ANY)  # whatever is said, it is to be told
        self.count: int | None = None

    async def hear(self, credential: str, *, left: int, seconds: float) -> None:
        """Note it."""
        self.count = left


async def check_calcom(settings: Settings, wrong: Collection[str] = ()) -> list[Finding]:
    """Ask Cal.com whose calendar it is and what can be booked in it.

    `wrong`: the settings that cannot be used. Where they decide who is asked, nobody is: without them another
    server than was meant would get the credential.
    """
    credential, left = credential_of(settings.given), Left()
    if unsettled := sorted(DECIDE.intersection(wrong)):
        return [Finding("note", "Cal.com", f"is not asked before {' and '.join(unsettled)} can be used")]
    if credential is None:
        return [NO_CREDENTIAL] if DECIDE.intersection(settings.given) else []
    async with open_line(settings, budget=left) as line:
        calendar = calendar_of(settings, line)
        if calendar is None:
            return [NO_CREDENTIAL]
        try:
            account, types = await calendar.me(), await calendar.event_types()
            server = await _server(settings, line)
        except CalendarError as error:
            return [_no_calcom(error, credential, line.server.host)]
    return [_whose(account, line), *server, *judge_types(types), judge_left(left.count)]


async def _server(settings: Settings, line: Line) -> list[Finding]:
    """Of which kind it is, and whether it has a webhook to us; API v1 is not asked."""
    if settings.calcom_kind == "v1":
        return [judge_server(None)]
    client = CalcomClient(line, access_of(settings))
    profile = await client.profile()
    return [judge_server(profile), *await check_webhooks(settings, CalcomApi(client))]


def _no_calcom(error: CalendarError, credential: Credential, host: str) -> Finding:
    said, mend = _trouble(error, credential)
    return Finding("wrong", "Cal.com", f"{host} {said} ({error.for_operators})", mend)


def _trouble(error: CalendarError, credential: Credential) -> tuple[str, str]:
    """What the server does, and how to mend it."""
    if isinstance(error, NotAllowed):
        name, mend = CREDENTIALS[credential]
        return f"does not accept {name}", mend
    if isinstance(error, NotSupported):
        return "answers, but has no such API there", f"check the path in CAL_API_URL; {BESIDE}"
    if isinstance(error, StrangeAnswer):
        return "does not answer as its API should", "check CAL_API_URL, and see CAL_SERVER in .env.example"
    if str(error) == "not_reached":
        return "is not reached", f"check the network and CAL_API_URL; {BESIDE}"
    return "does not answer as its API should", f"try again in a minute, then check CAL_API_URL; {BESIDE}"


def _whose(account: Account, line: Line) -> Finding:
    said = f"{line.server.host} answers; the key opens the calendar of {account.name or account.username}"
    return Finding("ok", "Cal.com", f"{said} ({account.username}, {account.zone})")


def judge_server(profile: Profile | None) -> Finding:
    """As what it is spoken to; None stands for API v1."""
    if profile is None:
        return Finding("note", "Cal.com's server", KINDS[None])
    spoken = (f"{what} {version_of(*endpoint, profile)}" for what, endpoint in SPOKEN.items())
    return Finding("ok", "Cal.com's server", f"{KINDS[profile]}. Spoken to in: {', '.join(spoken)}")


def judge_types(types: tuple[EventType, ...]) -> list[Finding]:
    """Which event types can be booked, by name, and why the others cannot."""
    reasons = {one.slug: _reason(one) for one in types}
    usable = [slug for slug, reason in reasons.items() if reason is None]
    others = ", ".join(f"{slug} ({reason})" for slug, reason in reasons.items() if reason)
    if not usable:
        mend = "make one without payment, seats or required questions"
        said = f"none of {len(types)} can be booked by the bot"
        return [Finding("wrong", "Event types", f"{said}: {others}" if others else said, mend)]
    said = f"{len(usable)} of {len(types)} can be booked by the bot: {', '.join(usable)}"
    found = [Finding("ok", "Event types", said)]
    return [*found, Finding("note", "Other event types", f"not for the bot: {others}")] if others else found


def _reason(kind: EventType) -> str | None:
    if kind.obstacle:
        return NEEDS[kind.obstacle]
    return "is hidden" if kind.hidden else None


def judge_left(count: int | None) -> Finding:
    """How many requests may be sent until the minute is over."""
    if count is None:
        return Finding("ok", "Requests", "the server does not say how many are left")
    said = f"{count} left of this minute"
    if count >= FEW:
        return Finding("ok", "Requests", said)
    return Finding(
        "note", "Requests", f"only {said}: somebody else uses the same key", "give the bot its own"
    )
