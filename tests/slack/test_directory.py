"""The directory against the small Slack, over real HTTP."""

import asyncio
from datetime import timedelta

import pytest

from bot.scheduling.errors import DirectoryUnavailable, UnknownPerson
from bot.scheduling.model import Person
from bot.slack.directory import MOST_AGE, SlackDirectory
from bot.slack.members import read_person
from tests.slack.doors import NOW, TEAM

pytestmark = pytest.mark.asyncio(loop_scope="module")


class Hand:
    """A clock that is turned by hand."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Hand()


@pytest.fixture
def directory(client, clock):
    return SlackDirectory(client, clock=clock, zone="Europe/Vienna")


def asked(slack, method):
    return sum(one.method == method for one in slack.calls)


async def test_a_member_is_known_with_zone_and_address(directory):
    assert await directory.person("UBEN") == Person(
        id="UBEN", name="Ben Carter", email="ben@acme.example", zone="America/New_York", locale="en-GB"
    )


@pytest.mark.parametrize(
    ("person", "standing"), [("UANA", "member"), ("UGIL", "guest"), ("USTR", "stranger"), ("U0BOT", "bot")]
)
async def test_everybody_has_a_standing(directory, person, standing):
    assert (await directory.person(person)).standing == standing


async def test_who_has_written_in_a_thread_is_known_each_once(directory, slack):
    root = await slack.say("UANA", "C0GENERAL", "who has time for a review?")
    for person in ("UBEN", "UANA", "UBEN", "UEVA"):
        await slack.say(person, "C0GENERAL", "me", thread_ts=root.ts)
    await slack.say("UDEV", "C0GENERAL", "something else")

    assert await directory.thread("C0GENERAL", root.ts) == ("UANA", "UBEN", "UEVA")


async def test_nobody_is_known_of_a_thread_that_the_bot_may_not_read(directory, slack):
    root = await slack.say("UANA", "C0GENERAL", "who has time for a review?")
    elsewhere = await slack.say("UANA", "C0RANDOM", "who has time for a review?")

    slack.hears_channels = False

    assert await directory.thread("C0GENERAL", root.ts) == ()
    slack.hears_channels = True
    assert await directory.thread("C0RANDOM", elsewhere.ts) == ()
    assert await directory.thread("C0GENERAL", "1.0") == ()


async def test_somebody_who_left_is_gone(directory, slack):
    slack.deactivate("UEVA")

    assert (await directory.person("UEVA")).standing == "gone"


async def test_somebody_nobody_knows(directory):
    with pytest.raises(UnknownPerson) as caught:
        await directory.person("UNOBODY")

    assert caught.value.mention == "UNOBODY"


async def test_an_address_is_found_whatever_its_case(directory):
    found = await directory.by_email(" Ben@ACME.example ")

    assert found
    assert found.id == "UBEN"
    assert await directory.by_email("nobody@acme.example") is None


async def test_whoever_is_found_by_address_is_spoken_to_in_their_language(directory, slack):
    """Slack tells the language only of whom it is asked for by id."""
    slack.speak("UBEN", "de-DE")

    found = await directory.by_email("ben@acme.example")

    assert found
    assert found.locale == "de-DE"


async def test_a_group_is_its_members(directory, slack):
    slack.add_group("S1", "eng", ("UANA", "UDEV"))

    assert await directory.group("S1") == ("UANA", "UDEV")
    with pytest.raises(UnknownPerson):
        await directory.group("S2")


async def test_a_group_that_the_app_may_not_see_is_unknown(directory, slack):
    slack.trouble.refuse("usergroups.users.list", "missing_scope")

    with pytest.raises(UnknownPerson):
        await directory.group("S1")


async def test_people_are_remembered_for_a_while(directory, slack, clock):
    for _ in range(3):
        await directory.person("UANA")
    assert asked(slack, "users.info") == 1

    clock.now += MOST_AGE + timedelta(seconds=1)
    await directory.person("UANA")
    assert asked(slack, "users.info") == 2


async def test_what_several_wait_for_is_asked_once(directory, slack):
    people = await asyncio.gather(*(directory.person("UANA") for _ in range(20)))

    assert len(set(people)) == 1
    assert asked(slack, "users.info") == 1
    assert asked(slack, "auth.test") == 1


async def test_who_stops_waiting_does_not_stop_the_others(directory, slack):
    slack.trouble.slow("users.info", seconds=0.1)
    first, second = (asyncio.create_task(directory.person("UANA")) for _ in range(2))
    await asyncio.sleep(0.02)

    first.cancel()

    assert (await second).id == "UANA"
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_a_failure_is_not_remembered(directory, slack):
    slack.trouble.refuse("users.info", "internal_error")

    with pytest.raises(DirectoryUnavailable):
        await directory.person("UANA")
    assert (await directory.person("UANA")).id == "UANA"


async def test_a_limit_says_how_long(directory, slack):
    slack.trouble.limit("users.info", retry_after=30)

    with pytest.raises(DirectoryUnavailable) as caught:
        await directory.person("UANA")

    assert caught.value.retry_after == 30


@pytest.mark.parametrize("code", ["missing_scope", "invalid_auth", "account_inactive"])
async def test_an_app_that_may_not_look_is_not_mistaken_for_nobody(directory, slack, code):
    slack.trouble.refuse("users.lookupByEmail", code)

    with pytest.raises(DirectoryUnavailable, match=code):
        await directory.by_email("ana@acme.example")


async def test_without_knowing_our_team_nobody_is_called_a_stranger(directory, slack):
    slack.trouble.refuse("auth.test", "fatal_error")

    with pytest.raises(DirectoryUnavailable):
        await directory.person("UANA")


@pytest.mark.parametrize(
    ("user", "standing"),
    [
        ({"team_id": TEAM}, "member"),
        ({}, "member"),
        ({"team_id": "T9"}, "stranger"),
        ({"team_id": "T9", "enterprise_user": {"teams": ["T9", TEAM]}}, "member"),
        ({"team_id": "T9", "enterprise_user": {"teams": ["T9"]}}, "stranger"),
        ({"team_id": TEAM, "is_stranger": True}, "stranger"),
        ({"team_id": TEAM, "is_ultra_restricted": True}, "guest"),
        ({"team_id": "T9", "is_restricted": True}, "stranger"),
        ({"team_id": TEAM, "deleted": True, "is_restricted": True}, "gone"),
    ],
)
async def test_standing_is_read_from_what_slack_says(user, standing):
    assert read_person({"id": "U1"} | user, TEAM, "UTC").standing == standing


@pytest.mark.parametrize(
    ("user", "is_admin"),
    [
        ({"team_id": TEAM}, False),
        ({"team_id": TEAM, "is_admin": True}, True),
        ({"team_id": TEAM, "is_owner": True}, True),
        ({"team_id": TEAM, "is_admin": "true"}, False),
        ({"team_id": "T9", "is_admin": True}, False),
        ({"team_id": TEAM, "is_stranger": True, "is_owner": True}, False),
        ({"team_id": "T9", "is_admin": True, "enterprise_user": {"teams": ["T9", TEAM]}}, False),
        ({"team_id": "T9", "enterprise_user": {"teams": ["T9", TEAM], "is_owner": True}}, True),
        ({"team_id": "T9", "enterprise_user": {"teams": ["T9"], "is_owner": True}}, False),
        ({"team_id": TEAM, "is_restricted": True, "is_admin": True}, False),
        ({"team_id": TEAM, "is_bot": True, "is_admin": True}, False),
        ({"team_id": TEAM, "deleted": True, "is_owner": True}, False),
    ],
)
async def test_only_a_member_who_administers_this_workspace_or_its_organisation_is_an_admin(user, is_admin):
    assert read_person({"id": "U1"} | user, TEAM, "UTC").is_admin is is_admin


async def test_who_left_a_moment_ago_is_gone_when_asked_just_now(directory, slack):
    await directory.person("UDEV")

    slack.deactivate("UDEV")

    assert (await directory.person("UDEV")).standing == "member"
    assert (await directory.person_now("UDEV")).standing == "gone"


async def test_slackbot_is_a_bot():
    assert read_person({"id": "USLACKBOT", "is_bot": False}, TEAM, "UTC").standing == "bot"


@pytest.mark.parametrize(
    ("user", "person"),
    [
        ({}, Person(id="U1", name="U1", zone="Europe/Vienna")),
        ({"tz": None, "name": "ana", "locale": None}, Person(id="U1", name="ana", zone="Europe/Vienna")),
        (
            {
                "tz": "Asia/Tokyo",
                "locale": "pt-BR",
                "profile": {"display_name": "A", "real_name": "Ana", "email": ""},
            },
            Person(id="U1", name="Ana", zone="Asia/Tokyo", locale="pt-BR"),
        ),
    ],
)
async def test_what_people_have_not_set_is_filled_in(user, person):
    assert read_person({"id": "U1"} | user, TEAM, "Europe/Vienna") == person
