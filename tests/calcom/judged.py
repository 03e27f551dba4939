"""Which call of the layer answers to a recorded route. A new family joins with a table in TABLES."""

from bot.calcom.api import CalcomApi
from bot.calcom.endpoints.calendars import BusyTimesWanted
from bot.calcom.endpoints.event_type_requests import CreateEventType, UpdateEventType
from bot.calcom.endpoints.me import UpdateMe
from bot.calcom.endpoints.schedules import CreateSchedule, UpdateSchedule
from bot.calcom.endpoints.webhooks import CreateWebhook, UpdateWebhook
from bot.calcom.models import list_of
from tests.calcom.judging import Call, Parts, Route, asked, query_of
from tests.contracts.calcom.recorded import Exchange


def find_event_types(api: CalcomApi, one: Exchange, _: Parts):
    query = query_of(one)
    if "username" in query:
        return api.event_types.of_user(query["username"], query.get("eventSlug"))
    return api.event_types.own()


def busy_times_wanted(one: Exchange) -> BusyTimesWanted:
    query = query_of(one)
    calendar = {name: query[f"calendarsToLoad[0][{name}]"] for name in ("credentialId", "externalId")}
    days = {name: query[name] for name in ("dateFrom", "dateTo", "timeZone")}
    return BusyTimesWanted.model_validate({**days, "calendarsToLoad": [calendar]})


ACCOUNT: dict[Route, Call] = {
    ("GET", "/me"): lambda api, one, at: api.me.read(),
    ("PATCH", "/me"): lambda api, one, at: api.me.update(asked(UpdateMe, one)),
    ("GET", "/schedules"): lambda api, one, at: api.schedules.list(),
    ("POST", "/schedules"): lambda api, one, at: api.schedules.create(asked(CreateSchedule, one)),
    ("GET", "/schedules/default"): lambda api, one, at: api.schedules.default(),
    ("GET", "/schedules/{schedule_id}"): lambda api, one, at: api.schedules.get(at["schedule_id"]),
    ("PATCH", "/schedules/{schedule_id}"): lambda api, one, at: api.schedules.update(
        at["schedule_id"], asked(UpdateSchedule, one)
    ),
    ("DELETE", "/schedules/{schedule_id}"): lambda api, one, at: api.schedules.delete(at["schedule_id"]),
}
EVENT_TYPES: dict[Route, Call] = {
    ("GET", "/event-types"): find_event_types,
    ("POST", "/event-types"): lambda api, one, at: api.event_types.create(asked(CreateEventType, one)),
    ("GET", "/event-types/{event_type_id}"): lambda api, one, at: api.event_types.get(at["event_type_id"]),
    ("PATCH", "/event-types/{event_type_id}"): lambda api, one, at: api.event_types.update(
        at["event_type_id"], asked(UpdateEventType, one)
    ),
    ("DELETE", "/event-types/{event_type_id}"): lambda api, one, at: api.event_types.delete(
        at["event_type_id"]
    ),
}
WEBHOOKS: dict[Route, Call] = {
    ("GET", "/event-types/{event_type_id}/webhooks"): lambda api, one, at: api.event_type_webhooks.list(
        at["event_type_id"]
    ),
    ("POST", "/event-types/{event_type_id}/webhooks"): lambda api, one, at: api.event_type_webhooks.create(
        at["event_type_id"], asked(CreateWebhook, one)
    ),
    ("GET", "/webhooks"): lambda api, one, at: api.webhooks.list(),
    ("POST", "/webhooks"): lambda api, one, at: api.webhooks.create(asked(CreateWebhook, one)),
    ("GET", "/webhooks/{webhook_id}"): lambda api, one, at: api.webhooks.get(at["webhook_id"]),
    ("PATCH", "/webhooks/{webhook_id}"): lambda api, one, at: api.webhooks.update(
        at["webhook_id"], asked(UpdateWebhook, one)
    ),
    ("DELETE", "/webhooks/{webhook_id}"): lambda api, one, at: api.webhooks.delete(at["webhook_id"]),
}
CALENDARS: dict[Route, Call] = {
    ("GET", "/calendars"): lambda api, one, at: api.calendars.connected(),
    ("GET", "/calendars/busy-times"): lambda api, one, at: api.calendars.busy_times(busy_times_wanted(one)),
    ("GET", "/conferencing"): lambda api, one, at: api.conferencing.list(),
}
# Recorded, but not of this layer: any call of ours stands in, for what counts is the answer.
OUTSIDE: dict[Route, Call] = {
    ("GET", "/nope"): lambda api, one, at: api.me.read(),
    ("GET", "/health"): lambda api, one, at: api.me._client.read("/me", lambda body: None),
    ("GET", "/timezones"): lambda api, one, at: api.me._client.read("/me", list_of),
}

TABLES = (ACCOUNT, EVENT_TYPES, WEBHOOKS, CALENDARS, OUTSIDE)
CALLS: dict[Route, Call] = {route: call for table in TABLES for route, call in table.items()}

# Recorded with no version or an unknown one, and so answered in 2024-04-15: never to be read.
WRONG_VERSIONS = ("event-types-list-no-version-header", "event-types-list-unknown-version")
