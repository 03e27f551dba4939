"""Who hosts where several could: whoever asks, else whom they want to meet, else the shared calendar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.conversation.state import Meet
from bot.scheduling.errors import NotConnected, NotThere
from bot.scheduling.model import SHARED, Account, CalendarRef, EventType, Hosts, Person
from bot.skills.common.desk import Desk, Place
from bot.skills.common.hosting import Host, host_of, ours
from bot.skills.common.people import Invited, roles
from intents.frames import Mention, Wish
from tests.skills.calendars import BERLIN, person

ANA, BEN, EVA = person("Ana"), person("Ben"), person("Eva")
GIL = person("Gil").model_copy(update={"standing": "guest"})
DESK_CLERK = Account(id=9, username="desk", email="desk@acme.example", name="Front desk", zone=BERLIN)
MEETING = EventType(id=1, slug="meeting", title="Meeting", minutes=30)
HIDDEN = EventType(id=2, slug="secret", title="Secret", minutes=30, hidden=True)


TURNS = EventType(id=7, slug="demo", title="Product demo", minutes=30, team="Sales", hosts=(1, 2))
TOGETHER = TURNS.model_copy(update={"id": 8, "title": "Big demo", "together": True})
PAGE = "https://cal.acme.example/team/sales/demo"


@dataclass
class OneOf:
    """Somebody's calendar, read by them or by a visitor."""

    account: Account
    kinds: tuple[EventType, ...]

    async def team_event_types(self) -> tuple[EventType, ...]:
        return (TURNS.model_copy(update={"url": PAGE}), TOGETHER)

    async def me(self) -> Account:
        return self.account

    async def event_types(self) -> tuple[EventType, ...]:
        return self.kinds


@dataclass
class Company:
    """Implements `CalendarReaders` for these people, and for the workspace where it shares a calendar."""

    own: Sequence[Person] = ()
    shared: bool = False
    prefers: Hosts | None = None
    gone: Sequence[Person] = ()
    asked: list[tuple[str, ...]] = field(default_factory=list)

    async def serving(self, person_id: str) -> CalendarRef | None:
        return (await self.linked([person_id])).get(person_id) or (SHARED if self.shared else None)

    async def linked(self, people: Sequence[str]) -> Mapping[str, CalendarRef]:
        mine = [one.id for one in self.own]
        return {one: CalendarRef(person=one, account="a") for one in people if one in mine}

    async def preferred_host(self, person_id: str) -> Hosts | None:
        self.asked.append((person_id,))
        return self.prefers

    async def usual_kind(self, channel: str) -> str | None:
        return None

    def reader(self, ref: CalendarRef) -> OneOf:
        if any(one.id == ref.person for one in self.gone):
            return Gone(DESK_CLERK, ())
        kinds = (MEETING,) if ref.as_visitor else (MEETING, HIDDEN)
        owner = next((one for one in self.own if one.id == ref.person), None)
        return OneOf(account_of(owner) if owner else DESK_CLERK, kinds)


class Gone(OneOf):
    async def me(self) -> Account:
        raise NotThere("not_open_to_visitors")


def account_of(one: Person) -> Account:
    """Of another address than Slack knows."""
    return Account(id=1, username=one.id.lower(), email=f"{one.id.lower()}@home.example", name=one.name)


async def host(
    calendars: Company,
    *guests: Person,
    by: Person = ANA,
    hosts: Hosts | None = None,
    wish: Wish | None = None,
) -> Host:
    desk = Desk(
        calendars=calendars,
        serving=await calendars.serving(by.id),
        directory=None,  # type: ignore[arg-type]
        new_id=lambda: "id",
        now=datetime(2026, 7, 14, 7, tzinfo=UTC),
        speaker=by,
        place=Place("C1", "1.0", in_dm=False),
    )
    plan = Meet(wish=wish or Wish(), hosts=hosts)
    return await host_of(plan, Invited(people=guests), await ours(desk), desk)


async def test_whoever_asks_hosts_in_their_own_calendar() -> None:
    found = await host(Company(own=[ANA], shared=True), BEN)

    assert (found.calendar.person, found.calendar.as_visitor) == (ANA.id, False)
    assert (found.person, found.other) == (ANA, None)
    assert HIDDEN in found.event_types


async def test_else_the_first_mentioned_who_has_a_calendar_as_a_visitor_sees_it() -> None:
    found = await host(Company(own=[BEN, EVA]), EVA, BEN)

    assert (found.calendar.person, found.calendar.as_visitor) == (EVA.id, True)
    assert found.event_types == (MEETING,)
    assert found.other is None


async def test_a_mentioned_persons_own_calendar_comes_before_the_shared_one() -> None:
    assert (await host(Company(own=[BEN], shared=True), BEN)).person == BEN


async def test_where_both_could_the_speaker_hosts_and_the_other_is_offered() -> None:
    found = await host(Company(own=[ANA, BEN]), BEN)

    assert (found.person, found.other) == (ANA, BEN)


async def test_where_both_could_what_was_chosen_before_holds() -> None:
    found = await host(Company(own=[ANA, BEN], prefers="them"), BEN)

    assert (found.person, found.other) == (BEN, ANA)
    assert found.calendar.as_visitor


async def test_what_is_chosen_now_goes_before_what_was_chosen_once() -> None:
    assert (await host(Company(own=[ANA, BEN], prefers="them"), BEN, hosts="me")).person == ANA
    assert (await host(Company(own=[ANA, BEN], prefers="me"), BEN, hosts="them")).person == BEN


async def test_nobody_is_asked_for_a_preference_where_there_is_no_choice() -> None:
    calendars = Company(own=[ANA], shared=True)

    await host(calendars, BEN)

    assert calendars.asked == []


async def test_nobody_connected_leaves_the_shared_calendar() -> None:
    found = await host(Company(shared=True), BEN)

    assert (found.calendar, found.person, found.account) == (SHARED, None, DESK_CLERK)


async def test_without_any_calendar_the_speaker_has_to_connect() -> None:
    with pytest.raises(NotConnected) as told:
        await host(Company(), BEN)

    assert told.value.person_id == ANA.id


async def test_who_cannot_be_visited_any_more_does_not_host() -> None:
    assert (await host(Company(own=[BEN], shared=True, gone=[BEN]), BEN)).calendar == SHARED
    assert (await host(Company(own=[ANA, BEN], prefers="them", gone=[BEN]), BEN)).person == ANA
    with pytest.raises(NotConnected):
        await host(Company(own=[BEN], gone=[BEN]), BEN)


async def test_guests_of_the_workspace_book_as_visitors_wherever_it_is() -> None:
    assert (await host(Company(shared=True), BEN, by=GIL)).calendar == CalendarRef(as_visitor=True)
    assert (await host(Company(own=[GIL]), by=GIL)).calendar.as_visitor


def test_a_host_is_known_by_the_address_that_slack_has() -> None:
    parts = roles(account_of(BEN), ANA, Invited(people=(BEN, EVA)), owner=BEN)

    assert parts
    assert (parts.host, parts.speaker_hosts) == (BEN, False)
    assert (parts.attendee.email, parts.others) == (ANA.email, (EVA.email,))


def test_whoever_asks_hosts_their_own_calendar_whatever_its_address() -> None:
    parts = roles(account_of(ANA), ANA, Invited(people=(BEN, EVA)), owner=ANA)

    assert parts
    assert parts.speaker_hosts
    assert (parts.attendee.email, parts.others) == (BEN.email, (EVA.email,))
    assert roles(account_of(ANA), ANA, Invited(), owner=ANA) is None


async def test_a_team_hosts_the_kind_of_meeting_whose_whole_title_was_said() -> None:
    found = await host(Company(own=[ANA, BEN]), BEN, wish=Wish(title="product demo for Ben"))

    assert (found.account.name, found.kind, found.event_types) == ("Sales", TURNS.id, found.event_types[:1])
    assert (found.person, found.calendar.person) == (None, ANA.id)
    assert roles(found.account, ANA, Invited(people=(BEN,)), found.person).attendee.email == ANA.email


async def test_a_team_hosts_what_its_page_is_for() -> None:
    link = Mention(kind="link", value=PAGE.removeprefix("https://"))

    assert (await host(Company(own=[ANA]), wish=Wish(who=(link,)))).kind == TURNS.id


async def test_who_is_one_of_those_who_hold_it_together_does_not_attend_it() -> None:
    found = await host(Company(own=[ANA]), BEN, wish=Wish(title="the big demo"))

    assert found.person == ANA
    assert roles(found.account, ANA, Invited(people=(BEN,)), found.person).attendee.email == BEN.email


async def test_ones_own_kinds_of_meetings_go_before_those_of_teams() -> None:
    assert not (await host(Company(own=[ANA]), BEN, wish=Wish(title="meeting"))).is_team
    assert not (await host(Company(own=[ANA]), BEN, wish=Wish(title="demo"))).is_team  # half a title
    assert not (await host(Company(own=[ANA]), BEN)).is_team


async def test_visitors_of_the_workspace_book_nothing_of_its_teams() -> None:
    assert not (await host(Company(shared=True), by=GIL, wish=Wish(title="product demo"))).is_team
