"""Example calls of every method of every family of endpoints but bookings and slots.

By `family.method` as in `CalcomApi`: the arguments of each call, a dict at the end for those with names.
Together they say all that can be asked. What only the hosted service knows stands apart.
"""

from datetime import UTC, date, datetime, time
from typing import Any

from bot.calcom.endpoints import event_type_requests as types
from bot.calcom.endpoints.booking_fields import AskedField
from bot.calcom.endpoints.calendars import BusyTimesWanted, CalendarToLoad
from bot.calcom.endpoints.me import UpdateMe
from bot.calcom.endpoints.organizations import SortedPage
from bot.calcom.endpoints.out_of_office import CreateOutOfOffice, FindOutOfOffice, UpdateOutOfOffice
from bot.calcom.endpoints.pages import Page
from bot.calcom.endpoints.private_links import WantedLink
from bot.calcom.endpoints.schedules import CreateSchedule, UpdateSchedule, WantedHours, WantedOverride
from bot.calcom.endpoints.teams import FindMemberships, FindTeamEventTypes
from bot.calcom.endpoints.webhooks import CreateWebhook, UpdateWebhook

Examples = dict[str, tuple[tuple[Any, ...], ...]]

START = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
PAGE = Page(take=50, skip=10)
HOOK = "https://bot.example.com/calcom"
HOURS = (WantedHours(days=("Monday", "Sunday"), start_time=time(9), end_time=time(17, 30)),)
OVERRIDES = (WantedOverride(date=date(2026, 12, 24), start_time=time(0), end_time=time(0)),)

FIELDS = (
    AskedField(field="name", variant="fullName", label="Who", placeholder="You"),
    AskedField(field="name"),
    AskedField(
        field="name",
        variant="splitName",
        first_name_label="First",
        first_name_placeholder="A",
        last_name_label="Last",
        last_name_placeholder="B",
        last_name_required=True,
    ),
    AskedField(field="email", label="Where to", placeholder="you@", required=True, hidden=False),
    AskedField(field="title", label="What", required=True, hidden=False, placeholder="x"),
    AskedField(field="location", label="Where", placeholder="y"),
    AskedField(field="custom", type="shortText", slug="topic", label="Topic", required=True, placeholder="z"),
    AskedField(
        field="custom", type="radioGroup", slug="size", label="Size", options=("S", "M"), placeholder="z"
    ),
)
EVENT_TYPE_SETTINGS: dict[str, Any] = {
    "length_in_minutes": 30,
    "length_in_minutes_options": (15, 30),
    "title": "Talk",
    "slug": "talk",
    "description": "A talk",
    "locations": (
        types.AddressPlace(address="1 Main St", public=True),
        types.LinkPlace(link="https://meet.example.com/x", public=False),
        types.PhonePlace(phone="+4930123456", public=True),
        types.IntegrationPlace(integration="cal-video"),
        types.AttendeePlace(type="attendeePhone"),
    ),
    "disable_guests": True,
    "slot_interval": 15,
    "minimum_booking_notice": 60,
    "before_event_buffer": 5,
    "after_event_buffer": 10,
    "schedule_id": 3,
    "booking_limits_count": types.LimitsPer(day=1, week=2, month=3, year=4),
    "booking_limits_duration": types.LimitsPer(day=60),
    "booking_window": types.DaysAhead(type="businessDays", value=30, rolling=True),
    "confirmation_policy": types.Confirmation(
        type="time",
        notice_threshold=types.NoticeThreshold(unit="minutes", count=30),
        block_unconfirmed_bookings_in_booker=True,
    ),
    "recurrence": types.Repeats(interval=1, occurrences=4, frequency="weekly"),
    "only_show_first_available_slot": True,
    "requires_booker_email_verification": True,
    "booking_requires_authentication": False,
    "hidden": True,
    "custom_name": "{Event type title}",
    "success_redirect_url": "https://example.com/thanks",
    "disable_cancelling": types.Forbid(disabled=True),
    "disable_rescheduling": types.ForbidMoving(disabled=True, minutes_before=60),
}
SWITCHED_OFF = types.UpdateEventType(
    booking_limits_count=types.Off(),
    booking_limits_duration=types.Off(),
    booking_window=types.Off(),
    confirmation_policy=types.Off(),
    recurrence=types.Off(),
    seats=types.Off(),
)
SEATED = types.UpdateEventType(
    seats=types.SeatsPerSlot(seats_per_time_slot=5, show_attendee_info=True, show_availability_count=True),
    booking_window=types.Between(value=("2026-11-01", "2026-12-01")),
)
WEBHOOK = CreateWebhook(
    subscriber_url=HOOK,
    triggers=("BOOKING_CREATED", "BOOKING_CANCELLED"),
    secret="s3cret",
    payload_template="{}",
    version="2021-10-20",
)

EXAMPLES: Examples = {
    "me.read": ((),),
    "me.update": (
        (
            UpdateMe(
                email="a@example.com",
                name="Ada",
                time_format=24,
                default_schedule_id=3,
                week_start="Monday",
                time_zone="Europe/Berlin",
                locale="de",
                avatar_url="https://example.com/ada.png",
                bio="Hosts",
            ),
        ),
    ),
    "event_types.own": ((),),
    "event_types.of_user": (("ada",), ("ada", "intro")),
    "event_types.of_users": ((("ada", "bo"),),),
    "event_types.get": ((7,),),
    "event_types.create": ((types.CreateEventType(**EVENT_TYPE_SETTINGS, booking_fields=FIELDS[1:4]),),),
    "event_types.update": (
        (7, types.UpdateEventType(**EVENT_TYPE_SETTINGS)),
        *((7, types.UpdateEventType(booking_fields=(one,))) for one in FIELDS),
        (7, SWITCHED_OFF),
        (7, SEATED),
    ),
    "event_types.delete": ((7,),),
    "event_type_webhooks.list": ((7,), (7, PAGE)),
    "event_type_webhooks.get": ((7, "w1"),),
    "event_type_webhooks.create": ((7, WEBHOOK),),
    "event_type_webhooks.update": ((7, "w1", UpdateWebhook(active=False)),),
    "event_type_webhooks.delete": ((7, "w1"),),
    "event_type_webhooks.delete_all": ((7,),),
    "webhooks.list": ((), (PAGE,)),
    "webhooks.get": (("w1",),),
    "webhooks.create": ((WEBHOOK,),),
    "webhooks.update": (("w1", UpdateWebhook(subscriber_url=HOOK, triggers=("BOOKING_REJECTED",))),),
    "webhooks.delete": (("w1",),),
    "private_links.list": ((7,),),
    "private_links.create": ((7, WantedLink()), (7, WantedLink(expires_at=LATER))),
    "private_links.update": ((7, "l1", WantedLink(max_usage_count=5)),),
    "private_links.delete": ((7, "l1"),),
    "schedules.list": ((),),
    "schedules.default": ((),),
    "schedules.get": ((3,),),
    "schedules.create": ((CreateSchedule(name="Early", time_zone="Europe/Berlin", availability=HOURS),),),
    "schedules.update": (
        (
            3,
            UpdateSchedule(
                name="Late",
                time_zone="UTC",
                is_default=True,
                availability=HOURS,
                overrides=OVERRIDES,
            ),
        ),
        (3, UpdateSchedule(overrides=())),
    ),
    "schedules.delete": ((3,),),
    "calendars.connected": ((),),
    "calendars.busy_times": (
        (
            BusyTimesWanted(
                date_from=date(2026, 11, 24),
                date_to=date(2026, 11, 25),
                time_zone="Europe/Berlin",
                calendars_to_load=(
                    CalendarToLoad(credential_id=1, external_id="ada@example.com"),
                    CalendarToLoad(credential_id=2, external_id="x"),
                ),
            ),
        ),
    ),
    "conferencing.list": ((),),
    "conferencing.default": ((),),
    "conferencing.set_default": (("zoom",),),
    "verified_resources.emails": ((), (PAGE,)),
    "verified_resources.phones": ((), (PAGE,)),
}

HOSTED_ONLY: Examples = {
    "event_types.own": (({"order": "desc"},),),
    "event_types.of_user": (("ada", "intro", {"organization": "acme"}),),
    "event_types.of_users": ((("ada", "bo"), {"organization": "acme"}),),
    "webhooks.create": (
        (
            CreateWebhook(
                subscriber_url=HOOK,
                triggers=("AFTER_HOSTS_CAL_VIDEO_NO_SHOW",),
                version="2026-07-27",
                time=5,
                time_unit="MINUTE",
            ),
        ),
    ),
    "webhooks.update": (("w1", UpdateWebhook(triggers=("BOOKING_LOCATION_UPDATED",))),),
    "out_of_office.list": ((), (FindOutOfOffice(take=5, skip=0, sort_start="asc", sort_end="desc"),)),
    "out_of_office.create": (
        (CreateOutOfOffice(start=START, end=LATER, notes="x", to_user_id=5, reason="sick"),),
    ),
    "out_of_office.update": ((4, UpdateOutOfOffice(start=START, end=LATER)),),
    "out_of_office.delete": ((4,),),
    "teams.list": ((),),
    "teams.get": ((3,),),
    "teams.memberships": ((3,), (3, FindMemberships(take=5, skip=0, emails=("bo@example.com",)))),
    "teams.event_types": (
        (3,),
        (3, FindTeamEventTypes(event_slug="demo", hosts_limit=5, sort_created_at="asc")),
    ),
    "teams.event_type": ((3, 7),),
    "organizations.teams": ((9,), (9, PAGE)),
    "organizations.my_teams": ((9,), (9, PAGE)),
    "organizations.memberships": ((9, PAGE),),
    "organizations.event_types": ((9, SortedPage(take=5, skip=0, sort_created_at="asc")),),
    "organizations.team_event_types": ((9, 3, FindTeamEventTypes(event_slug="demo")),),
}
