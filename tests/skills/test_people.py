"""Who is invited, and who is what."""

import pytest

from bot.scheduling.errors import DirectoryUnavailable, UnknownPerson
from bot.scheduling.model import Account, Attendee, Booking, Person
from bot.skills.common.people import Invited, invited, known, roles
from intents.frames import Mention
from tests.skills.calendars import BERLIN, at, person

ANA, BEN, EVA = person("Ana"), person("Ben", "America/New_York"), person("Eva")
BOT = Person(id="UBOT", name="bot", standing="bot")
ACCOUNT = Account(id=1, username="ana", email="Ana@acme.example", name="Ana Weber", zone=BERLIN)


class People:
    """Who is in the workspace."""

    def __init__(self, *people: Person, is_down: bool = False) -> None:
        self._people = people
        self._is_down = is_down

    async def person(self, person_id: str) -> Person:
        found = next((one for one in self._people if one.id == person_id), None)
        if found is None:
            raise UnknownPerson(person_id)
        return found

    async def by_email(self, email: str) -> Person | None:
        if self._is_down:
            raise DirectoryUnavailable
        return next((one for one in self._people if (one.email or "").lower() == email.lower()), None)

    async def group(self, group_id: str) -> tuple[str, ...]:
        return tuple(one.id for one in self._people if one.standing == "member")


HERE = People(ANA, BEN, EVA, BOT)


def user(one: Person) -> Mention:
    return Mention(kind="user", value=one.id)


def email(address: str) -> Mention:
    return Mention(kind="email", value=address)


async def test_the_same_person_said_twice_comes_once() -> None:
    found = await invited((user(BEN), email("BEN@acme.example"), user(BEN)), HERE, ANA)

    assert found == Invited(people=(BEN,))


async def test_addresses_of_nobody_here_stay_addresses() -> None:
    found = await invited((email("Kim@client.example"), user(EVA)), HERE, ANA)

    assert found.emails == ("eva@acme.example", "kim@client.example")
    assert found.outside == ("kim@client.example",)


async def test_the_speaker_is_not_invited() -> None:
    found = await invited((user(ANA), email("ana@acme.example"), user(BEN)), HERE, ANA)

    assert found.people == (BEN,)


async def test_a_group_is_its_members_without_the_speaker() -> None:
    found = await invited((Mention(kind="group", value="S1"),), HERE, ANA)

    assert found.people == (BEN, EVA)


@pytest.mark.parametrize(
    ("mention", "reason"),
    [
        (user(BOT), "bot"),
        (Mention(kind="name", value="Sarah"), "name"),
        (Mention(kind="everyone", value="channel"), "everyone"),
        (Mention(kind="user", value="UNOBODY"), "unknown"),
    ],
)
async def test_who_cannot_be_invited(mention: Mention, reason: str) -> None:
    with pytest.raises(UnknownPerson) as told:
        await invited((mention,), HERE, ANA)

    assert told.value.reason == reason


def test_the_owner_hosts_and_the_first_one_mentioned_attends() -> None:
    parts = roles(ACCOUNT, ANA, Invited(people=(BEN, EVA), outside=("kim@client.example",)))

    assert parts is not None
    assert parts.speaker_hosts
    assert parts.attendee == Attendee(email="ben@acme.example", name="Ben", zone="America/New_York")
    assert parts.others == ("eva@acme.example", "kim@client.example")


def test_somebody_else_attends_and_the_owner_is_not_invited_to_their_own_meeting() -> None:
    parts = roles(ACCOUNT, BEN, Invited(people=(ANA, EVA)))

    assert parts is not None
    assert not parts.speaker_hosts
    assert parts.attendee.email == "ben@acme.example"
    assert parts.others == ("eva@acme.example",)
    assert parts.host.name == "Ana Weber"
    assert parts.host.id == ""


def test_the_owner_alone_meets_nobody() -> None:
    assert roles(ACCOUNT, ANA, Invited()) is None


async def test_nobody_is_known_while_slack_does_not_say() -> None:
    booking = Booking(
        uid="1",
        title="Talk",
        start=at("07-15 10:00"),
        end=at("07-15 10:30"),
        status="accepted",
        hosts=(Attendee(email="ana@acme.example"),),
        attendees=(Attendee(email="Ben@acme.example"), Attendee(email="kim@client.example")),
    )

    assert await known(booking, HERE, ANA) == (BEN,)
    assert await known(booking, People(ANA, BEN, is_down=True), ANA) == ()
