"""What the endpoints beside bookings and slots do that no document or recording shows."""

from datetime import UTC, date, datetime

import pytest

from bot.calcom.endpoints.booking_fields import AskedField
from bot.calcom.endpoints.calendars import BusyTimesWanted, CalendarToLoad
from bot.calcom.endpoints.conferencing import read_default_app
from bot.calcom.endpoints.event_type_answers import EventTypeRecord
from bot.calcom.endpoints.event_type_requests import UpdateEventType
from bot.calcom.endpoints.event_types import read_event_types
from bot.calcom.endpoints.pages import Page
from bot.calcom.endpoints.private_links import WantedLink
from bot.calcom.endpoints.schedules import read_default, read_schedule, read_schedules
from bot.calcom.endpoints.teams import read_memberships
from bot.calcom.endpoints.webhooks import CreateWebhook, UpdateWebhook
from bot.calcom.models import WrongVersion
from bot.calcom.versions import Profile
from bot.scheduling.errors import NotSupported, NotThere
from tests.calcom.calls import Network
from tests.contracts.calcom.recorded import exchange

EVENT_TYPE = exchange("event-types-get")
HOOK = "https://bot.example.com/calcom"
OLD_SCHEDULE = {"id": 1, "name": "x", "timeZone": "UTC", "workingHours": [], "availability": []}
TOPIC = AskedField(field="custom", type="longText", slug="topic", label="Topic")


@pytest.mark.parametrize(
    ("profile", "version", "kind"),
    [
        ("hosted", "2026-06-12", {"field": "custom", "type": "longText"}),
        ("gateway", "2024-06-14", {"type": "textarea"}),
        ("self_hosted", "2024-06-14", {"type": "textarea"}),
    ],
)
async def test_booking_fields_are_sent_in_the_shape_that_the_server_knows(
    profile: Profile, version: str, kind: dict[str, str]
):
    network = Network(EVENT_TYPE)

    async with network.api(profile) as api:
        await api.event_types.update(1, UpdateEventType(booking_fields=(TOPIC,)))

    [field] = network.body["bookingFields"]
    assert network.version == version
    assert {name: field[name] for name in field if name in ("field", "type")} == kind


@pytest.mark.parametrize(
    "wish",
    [
        UpdateWebhook(triggers=("BOOKING_REASSIGNED",)),
        UpdateWebhook(version="2026-07-27"),
        UpdateWebhook(triggers=("AFTER_GUESTS_CAL_VIDEO_NO_SHOW",), time=5, time_unit="MINUTE"),
    ],
)
async def test_a_webhook_that_a_self_hosted_server_does_not_know_is_not_sent(wish: UpdateWebhook):
    network = Network(exchange("webhooks-update"))
    new = CreateWebhook(
        subscriber_url=HOOK, **{"triggers": ("BOOKING_CREATED",), **wish.model_dump(exclude_none=True)}
    )

    async with network.api("self_hosted") as api:
        for call in (
            api.webhooks.update("w", wish),
            api.webhooks.create(new),
            api.event_type_webhooks.update(1, "w", wish),
            api.event_type_webhooks.create(1, new),
        ):
            with pytest.raises(NotSupported):
                await call

    assert network.asked == []


@pytest.mark.parametrize(
    "fields",
    [
        {"triggers": ("BOOKING_CREATED",), "time": 5, "time_unit": "MINUTE"},
        {"triggers": ("AFTER_HOSTS_CAL_VIDEO_NO_SHOW",)},
        {"time": 5},
        {"triggers": ("BOOKING_CONFIRMED",)},
        {"eventTriggers": ["BOOKING_CREATED"]},
    ],
)
def test_a_webhook_that_cal_com_would_refuse_cannot_be_made(fields: dict):
    with pytest.raises(ValueError, match="UpdateWebhook"):
        UpdateWebhook(**fields)


def test_a_new_webhook_always_says_that_it_is_active():
    assert CreateWebhook(subscriber_url=HOOK, triggers=("BOOKING_CREATED",)).as_json()["active"] is True


def test_a_private_link_ends_in_one_way():
    with pytest.raises(ValueError, match="not both"):
        WantedLink(expires_at=datetime(2026, 12, 1, tzinfo=UTC), max_usage_count=3)


def test_busy_times_number_the_calendars():
    calendars = tuple(CalendarToLoad(credential_id=one, external_id=f"c{one}") for one in (4, 5))
    day = date(2026, 11, 24)
    wanted = BusyTimesWanted(
        date_from=day, date_to=day, time_zone="Europe/Berlin", calendars_to_load=calendars
    )

    assert wanted.as_query() == {
        "dateFrom": "2026-11-24",
        "dateTo": "2026-11-24",
        "timeZone": "Europe/Berlin",
        "calendarsToLoad[0][credentialId]": 4,
        "calendarsToLoad[0][externalId]": "c4",
        "calendarsToLoad[1][credentialId]": 5,
        "calendarsToLoad[1][externalId]": "c5",
    }


def test_busy_times_of_no_calendar_cannot_be_asked_for():
    with pytest.raises(ValueError, match="BusyTimesWanted"):
        BusyTimesWanted(date_from=date.min, date_to=date.min, time_zone="UTC", calendars_to_load=())


@pytest.mark.parametrize("page", [{"take": 0}, {"take": 251}, {"skip": -1}])
def test_a_page_that_cal_com_would_refuse_cannot_be_asked_for(page: dict):
    with pytest.raises(ValueError, match="Page"):
        Page(**page)


def test_a_schedule_of_another_version_is_refused():
    with pytest.raises(WrongVersion):
        read_schedule({"data": OLD_SCHEDULE})
    with pytest.raises(WrongVersion):
        read_schedules({"data": [OLD_SCHEDULE]})


def test_an_account_may_have_no_default_schedule():
    assert read_default({"data": None}) is None
    with pytest.raises(NotThere):
        read_schedule({"data": None})


def test_an_account_may_have_no_default_app():
    assert read_default_app({"status": "success"}) is None


def test_one_membership_may_stand_where_many_do():
    one = {"id": 1, "userId": 2, "teamId": 3, "role": "MEMBER", "accepted": True}

    assert read_memberships({"data": one}) == read_memberships({"data": [one]})


def test_groups_of_event_types_are_refused():
    with pytest.raises(WrongVersion):
        read_event_types({"data": {"eventTypeGroups": []}})


@pytest.mark.parametrize(
    "window", [{"type": "businessDays", "value": 30}, [{"type": "businessDays", "value": 30}]]
)
def test_a_booking_window_may_stand_in_a_list_or_not(window: object):
    record = EventTypeRecord.model_validate({**EVENT_TYPE.answer["data"], "bookingWindow": window})

    assert record.booking_window is not None
    assert (record.booking_window.type, record.booking_window.value) == ("businessDays", 30)


@pytest.mark.parametrize("said", ["ROUND_ROBIN", "roundRobin", "ROUNDROBIN"])
def test_a_kind_of_team_scheduling_has_one_name(said: str):
    record = EventTypeRecord.model_validate({**EVENT_TYPE.answer["data"], "schedulingType": said})

    assert record.scheduling_type == "roundRobin"
