"""Who is served and where: the rules of a workspace hold in code, with private words and an audit line."""

import pytest

from bot.conversation.state import Conversation
from tests.core.flows import ASKS
from tests.core.house import CHANNEL, House

OTHER, PARTNERS = "C0SALES", "C0PARTNERS"
PUBLIC = {"guests": "public"}


async def asked(house: House, text: str = ASKS, **where: str) -> None:
    await house.say(text, **where)
    await house.work()


async def talk(house: House) -> Conversation:
    """The latest conversation of the thread."""
    assert house.said
    state = await house.open_means().store.peek(f"T0SLOT:{house.said.channel}:{house.said.ts}")
    return state.conversations[-1]


def nothing_happened(house: House) -> bool:
    return not house.cards() and not house.cards(PARTNERS) and not house.writes()


# Guests and strangers


@pytest.mark.parametrize(("person", "why"), [("UGIL", "guest"), ("USTR", "stranger")])
async def test_who_is_no_member_is_refused_in_private_and_on_record(
    person: str, why: str, house: House
) -> None:
    await asked(house, by=person, where=PARTNERS)

    assert nothing_happened(house)
    assert "Sorry" in house.whispers(person)[-1]
    assert await house.refusals() == [(person, why)]


async def test_a_guest_may_book_what_is_public_where_an_admin_allows_it(house: House) -> None:
    await house.rule(**PUBLIC)

    await asked(house, "<@U0BOT> 30 min tomorrow morning", by="UGIL")
    await house.press("Book", by="UGIL")
    await house.work()

    assert len(house.bookings()) == 1
    assert await house.refusals() == []


async def test_what_a_guest_is_offered_is_booked_as_anybody_on_the_web_would(house: House) -> None:
    await house.rule(**PUBLIC)

    await asked(house, "<@U0BOT> 30 min tomorrow morning", by="UGIL")

    shown = (await talk(house)).proposals
    assert shown
    assert all(one.calendar.as_visitor for one in shown)


@pytest.mark.parametrize("said", ["what's on today", "cancel my meeting", "move my 3pm", "my link", "undo"])
async def test_a_guest_may_do_nothing_else(said: str, house: House) -> None:
    await house.rule(**PUBLIC)

    await asked(house, f"<@U0BOT> {said}", by="UGIL")

    assert nothing_happened(house)
    assert "members" in house.whispers("UGIL")[-1]
    assert await house.refusals() == [("UGIL", "visitor")]


@pytest.mark.parametrize("label", ["Reschedule", "Cancel"])
async def test_a_guest_does_not_change_what_they_have_booked(label: str, house: House) -> None:
    await house.rule(**PUBLIC)
    await asked(house, "<@U0BOT> 30 min tomorrow morning", by="UGIL")
    await house.press("Book", by="UGIL")
    await house.work()
    before = house.writes()

    await house.press(label, by="UGIL")
    await house.work()

    assert house.writes() == before
    assert await house.refusals() == [("UGIL", "visitor")]


async def test_a_time_said_under_a_guests_booking_does_not_move_it(house: House) -> None:
    await house.rule(**PUBLIC)
    await asked(house, "<@U0BOT> 30 min tomorrow morning", by="UGIL")
    await house.press("Book", by="UGIL")
    await house.work()

    await asked(house, "<@U0BOT> make it friday at 10", by="UGIL")
    await asked(house, "<@U0BOT> yes", by="UGIL")

    assert not any("reschedule" in one for one in house.writes())


@pytest.mark.parametrize("way", ["press", "yes"])
async def test_what_is_not_public_is_not_approved_by_who_comes_from_elsewhere(way: str, house: House) -> None:
    """Asked as a member; of another organisation by the time of the approval, where those may book."""
    await asked(house, by="UEVA")
    await house.rule(**PUBLIC)
    house.later(1)

    if way == "press":
        await house.press("Book", by="UEVA")
        (work,) = house.line.works
        house.line.works = [work.model_copy(update={"person_team": "T9OTHER"})]
    else:
        await house.say("<@U0BOT> yes", by="UEVA")
        house.line.works = [one.model_copy(update={"speaker_team": "T9OTHER"}) for one in house.line.works]
    await house.work()

    assert house.writes() == []
    assert ("UEVA", "visitor") in await house.refusals()


async def test_what_was_allowed_yesterday_is_refused_today(house: House) -> None:
    await house.rule(**PUBLIC)
    await asked(house, "<@U0BOT> 30 min tomorrow morning", by="UGIL")
    await house.rule(guests="nothing")

    await house.press("Book", by="UGIL")
    await house.work()

    assert house.writes() == []
    assert await house.refusals() == [("UGIL", "guest")]


# Channels


async def test_in_a_channel_that_no_admin_named_nothing_is_answered_in_the_open(house: House) -> None:
    await house.rule(channels=(OTHER,))

    await asked(house)

    assert nothing_happened(house)
    assert "do not answer in this channel" in house.whispers()[-1]
    assert await house.refusals() == [("UANA", "channel")]


@pytest.mark.parametrize("where", [OTHER, "dm"])
async def test_where_an_admin_lets_it_and_in_direct_messages_it_answers(where: str, house: House) -> None:
    await house.rule(channels=(OTHER,))

    await asked(house, where=where)

    place = house.slack.dm_channel("UANA") if where == "dm" else where
    assert any("Book" in label for label in house.cards(place)[-1].labels)
    assert await house.refusals() == []


async def test_a_card_in_a_channel_that_was_closed_since_books_nothing(house: House) -> None:
    await asked(house)
    await house.rule(channels=(OTHER,))

    await house.press("Book")
    await house.work()

    assert house.writes() == []
    assert await house.refusals() == [("UANA", "channel")]


async def test_what_is_overheard_in_a_closed_channel_is_left_alone(house: House) -> None:
    await asked(house)
    await house.rule(channels=(OTHER,))

    await asked(house, "yes")

    assert house.writes() == []
    assert house.whispers() == []
    assert await house.refusals() == []


async def test_a_command_in_a_closed_channel_goes_on_in_the_dm(house: House) -> None:
    await house.rule(channels=(OTHER,))

    await house.slack.command("UANA", CHANNEL, "/meet", "30 min with <@UBEN> tomorrow")
    await house.work()

    assert house.cards() == []
    assert any("Book" in label for label in house.cards(house.slack.dm_channel("UANA"))[-1].labels)


# What is nobody else's


async def test_whoever_presses_anothers_card_is_told_in_private_and_on_record(house: House) -> None:
    await asked(house)

    await house.press("Book", by="UBEN")
    await house.work()

    assert house.writes() == []
    assert await house.refusals() == [("UBEN", "not_yours")]


async def test_what_was_asked_stands_in_the_log_with_what_was_proposed_and_none_of_its_words(
    house: House,
) -> None:
    await asked(house)

    (entry,) = [one async for one in house.audit.entries("T0SLOT")]

    shown = (await talk(house)).proposals
    assert (entry.step, entry.person, entry.what) == ("asked", "UANA", "meet")
    assert entry.proposals == tuple(one.id for one in shown)
    assert "UBEN" not in entry.model_dump_json()
