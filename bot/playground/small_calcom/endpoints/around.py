"""What stands around bookings: health, time zones, connected calendars, conferencing, verified resources.

Nothing is connected or verified here, as on the recorded server."""

from functools import cache

from bot.playground.small_calcom.calls import Call
from bot.playground.small_calcom.checking import DAY, TEXT, ZONE, Properties, checked, optional, required
from bot.playground.small_calcom.endpoints.answering import Answer, Route, done, success
from bot.playground.small_calcom.pages import number_of, page_of
from bot.playground.small_calcom.refusals import Refusal
from bot.playground.small_calcom.store import Store
from bot.playground.small_calcom.zones import known_zones

APPS = ("google-meet", "zoom", "msteams", "daily-video")
INSTALLED = "daily-video"
BUSY_TIMES: Properties = {
    "timeZone": optional(ZONE),
    "loggedInUsersTz": optional(TEXT),
    "dateFrom": required(DAY),
    "dateTo": required(DAY),
}
VERIFIED = ("emails", "phones")


class AroundEndpoints:
    """Answers the plain lists and their like."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def routes(self) -> list[Route]:
        """Method, path and what answers it."""
        return [
            ("GET", "/health", self.health),
            ("GET", "/v2/timezones", self.time_zones),
            ("GET", "/v2/calendars", self.calendars),
            ("GET", "/v2/calendars/busy-times", self.busy_times),
            ("GET", "/v2/conferencing", self.conferencing),
            ("GET", "/v2/conferencing/default", self.default_app),
            ("POST", "/v2/conferencing/{app}/default", self.set_default_app),
            *(("GET", f"/v2/verified-resources/{kind}", self.nothing_verified) for kind in VERIFIED),
        ]

    async def health(self, call: Call) -> Answer:
        """Alive."""
        return 200, "OK"

    async def time_zones(self, call: Call) -> Answer:
        """Every zone, under the name of its city."""
        return success(list(_zones()))

    async def calendars(self, call: Call) -> Answer:
        """No connected calendars."""
        call.check_caller()
        return success({"connectedCalendars": [], "destinationCalendar": {}})

    async def busy_times(self, call: Call) -> Answer:
        """Of calendars that are not the caller's: none is."""
        call.check_caller()
        asked = checked(call.query, BUSY_TIMES)
        if not asked.get("timeZone") and not asked.get("loggedInUsersTz"):
            raise Refusal(400, "Either timeZone or loggedInUsersTz must be provided")
        raise Refusal(401, "These credentials do not belong to you")

    async def conferencing(self, call: Call) -> Answer:
        """No apps of one's own."""
        return self._empty(call)

    async def default_app(self, call: Call) -> Answer:
        """The app for new meetings, once there is one."""
        slug = self._store.default_apps.get(call.known_caller.id)
        return success({"appSlug": slug}) if slug else done()

    async def set_default_app(self, call: Call, app: str) -> Answer:
        """Choose it; only Cal.com's own is there."""
        caller = call.known_caller
        if app not in APPS:
            raise Refusal(400, f"Invalid conferencing app, available apps are: {', '.join(APPS)}")
        if app != INSTALLED:
            raise Refusal(400, f"{app} not connected.")
        self._store.default_apps[caller.id] = app
        return done()

    async def nothing_verified(self, call: Call) -> Answer:
        """Addresses or numbers that were verified."""
        number_of(call.query, "take", 1, least=1, most=250)
        return self._empty(call)

    def _empty(self, call: Call) -> Answer:
        call.check_caller()
        return success(list(page_of((), call.query)))


@cache
def _zones() -> tuple[dict[str, object], ...]:
    named = sorted(one for one in known_zones() if "/" in one)
    return tuple(
        {"city": one.rpartition("/")[2].replace("_", " "), "timezone": one, "pop": 0} for one in named
    )
