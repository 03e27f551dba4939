"""Lists of bookings in both of Cal.com's ways of turning pages, behind one method."""

from typing import Any

import pytest
from pydantic import ValidationError

from bot.calcom.endpoints.booking_lists import ALL_BUT_GONE, MOST_PAGES, BookingsAsked
from bot.calcom.versions import Profile
from bot.scheduling.errors import CalendarUnavailable, NotSupported
from tests.calcom.calls import Network
from tests.calcom.means import at
from tests.contracts.calcom.recorded import exchange

BOOKING = exchange("bookings-get").answer["data"]
ALL = BookingsAsked()


def page(pagination: dict[str, Any], *uids: str) -> tuple[int, Any]:
    data = [{**BOOKING, "uid": uid} for uid in uids]
    return 200, {"status": "success", "data": data, "pagination": pagination}


def older(*uids: str, more: bool = False) -> tuple[int, Any]:
    return page({"hasNextPage": more, "totalItems": 9}, *uids)


def newer(*uids: str, cursor: str | None = None) -> tuple[int, Any]:
    return page({"hasMore": cursor is not None, "nextCursor": cursor}, *uids)


async def uids_of(
    network: Network, asked: BookingsAsked = ALL, profile: Profile = "self_hosted"
) -> list[str]:
    async with network.api(profile) as api:
        return [one.uid async for found in api.bookings.list(asked) for one in found]


async def test_older_servers_turn_pages_by_skipping():
    network = Network(older("a", "b", more=True), older("c"))

    found = await uids_of(network, BookingsAsked(statuses=("upcoming", "past")))

    assert found == ["a", "b", "c"]
    assert network.version == "2024-08-13"
    assert network.queries == [
        {"status": "upcoming,past", "take": "250", "skip": "0"},
        {"status": "upcoming,past", "take": "250", "skip": "2"},
    ]


async def test_the_hosted_service_turns_pages_by_cursor():
    network = Network(newer("a", "b", cursor="next"), newer("c"))

    found = await uids_of(network, BookingsAsked(statuses=("past",)), "hosted")

    assert found == ["a", "b", "c"]
    assert network.version == "2026-05-01"
    assert network.queries == [
        {"status": "past", "limit": "100"},
        {"status": "past", "limit": "100", "cursor": "next"},
    ]


async def test_a_gateway_is_spoken_to_in_the_older_way():
    network = Network(older("a"))

    await uids_of(network, profile="gateway")

    assert (network.version, network.queries[0]["take"]) == ("2024-08-13", "250")


async def test_several_statuses_are_several_calls_to_the_hosted_service_and_no_booking_comes_twice():
    network = Network(newer("a", "b"), newer("b", "c", cursor="x"), newer("d"))

    found = await uids_of(network, BookingsAsked(statuses=("upcoming", "recurring")), "hosted")

    assert found == ["a", "b", "c", "d"]
    assert [one["status"] for one in network.queries] == ["upcoming", "recurring", "recurring"]


@pytest.mark.parametrize("profile", ["hosted", "self_hosted"])
async def test_all_that_lasts_is_one_call(profile: Profile):
    shown = newer if profile == "hosted" else older
    status, body = shown("kept", "gone")
    body["data"][1]["status"] = "rejected" if profile == "hosted" else "accepted"
    network = Network((status, body))

    found = await uids_of(network, BookingsAsked(statuses=ALL_BUT_GONE), profile)

    assert found == (["kept"] if profile == "hosted" else ["kept", "gone"])
    assert [one.get("status") for one in network.queries] == [
        None if profile == "hosted" else "upcoming,unconfirmed,past"
    ]


@pytest.mark.parametrize("profile", ["hosted", "self_hosted"])
async def test_no_status_asks_for_all_in_one_call(profile: Profile):
    network = Network(newer("a") if profile == "hosted" else older("a"))

    await uids_of(network, profile=profile)

    assert [("status" in one) for one in network.queries] == [False]


@pytest.mark.parametrize("profile", ["hosted", "self_hosted"])
async def test_one_page_is_one_call(profile: Profile):
    network = Network(newer("a", cursor="x") if profile == "hosted" else older("a", more=True))

    async with network.api(profile) as api:
        found = await anext(api.bookings.list(ALL))

    assert ([one.uid for one in found], len(network.asked)) == (["a"], 1)


@pytest.mark.parametrize("profile", ["hosted", "self_hosted"])
async def test_a_list_without_end_is_given_up(profile: Profile):
    network = Network(newer("a", cursor="same") if profile == "hosted" else older("a", more=True))

    with pytest.raises(CalendarUnavailable, match="too_many_pages"):
        await uids_of(network, profile=profile)

    assert len(network.asked) == MOST_PAGES + 1


async def test_an_empty_page_is_the_last_even_if_it_says_otherwise():
    network = Network(older(more=True))

    assert await uids_of(network) == []
    assert len(network.asked) == 1


@pytest.mark.parametrize("profile", ["hosted", "self_hosted"])
async def test_all_filters_are_sent(profile: Profile):
    network = Network(newer() if profile == "hosted" else older())
    asked = BookingsAsked(
        attendee_email="b@x.example",
        attendee_name="Bob",
        booking_uid="u",
        event_type_id=1,
        event_type_ids=(1, 2),
        team_id=3,
        teams_ids=(3, 4),
        after_start=at(1, 0),
        before_end=at(2, 0),
        after_created_at=at(3, 0),
        before_created_at=at(4, 0),
        after_updated_at=at(5, 0),
        before_updated_at=at(6, 0),
        sort_start="asc",
        sort_end="desc",
        sort_created="asc",
        sort_updated_at="desc",
    )

    await uids_of(network, asked, profile)

    sent = {name: network.queries[0][name] for name in network.queries[0].keys() - {"limit", "take", "skip"}}
    assert sent == {
        "attendeeEmail": "b@x.example",
        "attendeeName": "Bob",
        "bookingUid": "u",
        "eventTypeId": "1",
        "eventTypeIds": "1,2",
        "teamId": "3",
        "teamsIds": "3,4",
        "afterStart": "2026-11-01T00:00:00Z",
        "beforeEnd": "2026-11-02T00:00:00Z",
        "afterCreatedAt": "2026-11-03T00:00:00Z",
        "beforeCreatedAt": "2026-11-04T00:00:00Z",
        "afterUpdatedAt": "2026-11-05T00:00:00Z",
        "beforeUpdatedAt": "2026-11-06T00:00:00Z",
        "sortStart": "asc",
        "sortEnd": "desc",
        "sortCreated": "asc",
        "sortUpdatedAt": "desc",
    }


@pytest.mark.parametrize("wrong", [{"statuses": ("accepted",)}, {"cursor": "x"}, {"status": "past"}])
def test_what_is_no_filter_cannot_be_asked(wrong: dict):
    with pytest.raises(ValidationError):
        BookingsAsked(**wrong)


@pytest.mark.parametrize(
    ("profile", "answer"),
    [
        ("self_hosted", (200, {"status": "success", "data": [BOOKING]})),
        ("self_hosted", exchange("bookings-list-no-version-header")),
        ("self_hosted", newer("a")),
        ("hosted", (200, {"status": "success", "data": [BOOKING]})),
        ("hosted", exchange("bookings-list-no-version-header")),
        ("hosted", older("a")),
    ],
)
async def test_a_list_of_another_version_is_refused(profile: Profile, answer: Any):
    with pytest.raises(CalendarUnavailable, match="bookings of another API version"):
        await uids_of(Network(answer), profile=profile)


async def test_a_teams_list_turns_pages_by_skipping_without_any_version():
    network = Network(older("a", more=True), older("b"))

    async with network.api("hosted") as api:
        found = [one.uid async for some in api.bookings.list_of_team(7, ALL) for one in some]

    assert (found, network.line, network.version) == (["a", "b"], "GET /teams/7/bookings", None)
    assert network.queries[1] == {"take": "250", "skip": "1"}


async def test_self_hosted_servers_have_no_teams_list():
    async with Network(older()).api() as api:
        with pytest.raises(NotSupported):
            await anext(api.bookings.list_of_team(7, ALL))
