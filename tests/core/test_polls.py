"""Several people are asked which times suit them: each in their own direct messages, counted in one place."""

import pytest

from bot.conversation.letters import Connected, Letter
from tests.core.crashing import Fuse
from tests.core.house import House
from tests.core.polls import ASKED, asks_everybody, ballot, poll_of, talk_of, taps, times_on


@pytest.fixture
async def house(house: House) -> House:
    house.connected = ("UANA",)
    await house.begin()
    return house


async def asked(house: House) -> None:
    await asks_everybody(house)
    await house.work()


async def vote(house: House, person: str, label: str) -> None:
    await taps(house, person, label)
    await house.work()


async def test_each_is_asked_once_and_told_who_asks_what_for_and_who_else(house: House) -> None:
    await asked(house)

    for person in ASKED:
        (text,) = house.dms(person)
        assert "<@UANA> asks when you can meet: *Planning* · 30 min" in text
        others = [one for one in ASKED if one != person]
        assert all(f"<@{one}>" in text for one in others)
        assert f"<@{person}>" not in text
    assert house.dms("UEVA") == []


async def test_a_tap_is_an_answer_and_a_second_one_takes_it_back(house: House) -> None:
    await asked(house)

    await vote(house, "UBEN", "Wed")
    once = await poll_of(house)
    await vote(house, "UBEN", "✓")
    twice = await poll_of(house)

    assert once.answered == ("UBEN",)
    assert once.best
    assert once.can(once.best) == ("UANA", "UBEN")
    assert twice.answered == ()
    assert len(house.dms("UBEN")) == 1


async def test_the_organisers_card_counts_and_prefers_what_suits_most(house: House) -> None:
    await asked(house)
    await vote(house, "UBEN", times_on(house, "UBEN")[0])

    await vote(house, "UCHI", times_on(house, "UCHI")[-1])
    await vote(house, "UDEV", times_on(house, "UDEV")[-1])

    talk = await talk_of(house)
    assert talk.poll
    assert talk.poll.best is talk.poll.times[-1]
    assert talk.preselected is talk.proposals[-1]
    assert any("3 of 4 can" in text and "2 of 4 can" in text for text in house.texts())
    assert any("Everybody has answered" in text for text in house.whispers())


async def test_none_of_these_is_an_answer_that_excludes_all_times(house: House) -> None:
    await asked(house)
    await vote(house, "UBEN", "Wed")

    await vote(house, "UBEN", "None")

    poll = await poll_of(house)
    assert poll.answered == ("UBEN",)
    assert all(poll.can(one) == ("UANA",) for one in poll.times)
    assert "✓ None of these" in house.slack.dms("UBEN")[-1].labels


async def test_a_typed_yes_books_the_time_that_suits_most(house: House) -> None:
    await asked(house)
    last = (await talk_of(house)).proposals[-1]
    await vote(house, "UBEN", times_on(house, "UBEN")[-1])
    house.later(1)

    await house.say("yes")
    await house.work()

    assert house.bookings() == [last.slot.start]


async def test_a_yes_said_before_another_time_was_preselected_books_nothing(house: House) -> None:
    await asked(house)
    last = times_on(house, "UBEN")[-1]
    house.later(1)
    await house.say("yes")
    said = house.line.works.pop()
    house.later(1)
    await vote(house, "UBEN", last)

    house.line.works.append(said)
    await house.work()

    assert house.bookings() == []


async def test_when_it_is_booked_everybody_is_told_what_and_may_answer_no_more(house: House) -> None:
    await asked(house)
    pressed = house.slack.dms("UBEN")[-1]

    await house.press("Book", on=house.cards()[0])
    await house.work()
    await house.slack.press("UBEN", pressed, label=pressed.labels[0])
    await house.work()

    cards = {person: house.slack.dms(person)[0] for person in ASKED}
    assert all("booked *Planning*" in house.dms(person)[0] for person in ASKED)
    assert all(card.labels == () for card in cards.values())
    assert "not counted" in house.whispers("UBEN")[-1]
    assert (await poll_of(house)).answered == ()


async def test_when_it_is_dropped_everybody_is_told(house: House) -> None:
    await asked(house)

    await house.say("never mind")
    await house.work()

    assert all("is off for now" in ballot(house, person) for person in ASKED)


async def test_after_the_last_time_the_cards_say_so(house: House) -> None:
    await asked(house)

    await house.wait(2 * 24 * 3600)

    assert all("the time to answer is over" in ballot(house, person) for person in ASKED)
    assert all(house.slack.dms(person)[-1].labels == () for person in ASKED)


async def test_nobody_answers_for_another(house: House) -> None:
    await asked(house)
    bens = house.slack.dms("UBEN")[-1]

    await house.slack.press("UEVA", bens, label=bens.labels[0])
    await house.work()

    assert (await poll_of(house)).votes == ()


async def test_answers_count_in_whatever_order_they_arrive(house: House) -> None:
    await asked(house)
    works = []
    for label in ("Wed", "✓", "None"):
        await taps(house, "UBEN", label)
        await house.do(house.line.works.pop(0))
        works.append(house.line.works.pop())

    house.line.works += [works[2], works[0], works[1], works[2]]
    await house.work()

    vote_ = next(one for one in (await poll_of(house)).votes if one.person == "UBEN")
    assert vote_.votes.none
    assert vote_.votes.ticked == ()


async def test_a_letter_that_was_overtaken_asks_nobody_any_more(house: House) -> None:
    await asks_everybody(house)
    while not any(isinstance(one, Letter) for one in house.line.works):
        await house.do(house.line.works.pop(0))
    asking = [one for one in house.line.works if isinstance(one, Letter)]
    house.line.works.clear()
    await house.say("never mind")
    await house.work()

    house.line.works += asking
    await house.work()

    assert all(house.dms(person) == [] for person in ASKED)


async def test_buttons_carry_opaque_ids_alone(house: House) -> None:
    await asked(house)
    poll = await poll_of(house)
    opaque = {"none", poll.id, *(one.id for one in poll.times)}

    values = [one["value"] for one in house.slack.dms("UBEN")[-1].elements if "value" in one]

    assert len(values) == 4
    assert all(set(value.split("|")) <= opaque for value in values)


async def test_whose_calendar_is_connected_meanwhile_need_not_answer(house: House) -> None:
    await asked(house)
    house.connected = ("UANA", "UDEV")
    house.start(Fuse())

    word = Letter(id="connected:1", team="T0SLOT", person="UDEV", about=Connected(), at=house.now)
    await house.line.put(word)
    await house.work()

    poll = await poll_of(house)
    assert "UDEV" in poll.answered
    assert [bool("UDEV" in poll.can(one)) for one in poll.times] == [True, True, True]
    assert "Your calendar is connected now" in ballot(house, "UDEV")
    assert house.slack.dms("UDEV")[-1].labels == ()


async def test_whoever_answered_is_asked_on_a_new_card_when_the_times_change(house: House) -> None:
    await house.say("<@U0BOT> 30 min with <@UBEN> and <@UDEV> tomorrow")
    await house.work()
    await vote(house, "UBEN", "Wed")

    await house.say("next week instead")
    await house.work()

    assert ["goes on below" in text for text in house.dms("UBEN")] == [True, False]
    assert len(house.dms("UDEV")) == 1
    assert "20 Jul" in "".join(house.slack.dms("UDEV")[-1].labels)
    assert (await poll_of(house)).answered == ()


async def test_an_older_question_that_comes_late_changes_nothing(house: House) -> None:
    await house.say("<@U0BOT> 30 min with <@UBEN> and <@UDEV> tomorrow")
    while not any(isinstance(one, Letter) and one.channel for one in house.line.works):
        await house.do(house.line.works.pop(0))
    late = [one for one in house.line.works if isinstance(one, Letter) and one.channel]
    house.line.works = [one for one in house.line.works if one not in late]
    await house.work()
    await house.say("next week instead")
    await house.work()
    before = [house.dms(one) for one in ("UBEN", "UDEV")]

    house.line.works += late
    await house.work()

    assert [house.dms(one) for one in ("UBEN", "UDEV")] == before


# Over crashes

ACTS = (
    asks_everybody,
    lambda house: taps(house, "UBEN", "Wed"),
    lambda house: taps(house, "UCHI", "None"),
    lambda house: taps(house, "UDEV", "Wed"),
    lambda house: house.press("Book", on=house.cards()[0]),
)


async def play(house: House, *fuses: Fuse) -> list[str]:
    """The whole of it; what the organiser's card and each of the others' said before it was booked."""
    await house.begin(*fuses)
    counted: list[str] = []
    for act in ACTS:
        await act(house)
        await house.work()
        if act is ACTS[-2]:
            counted = [text for text in house.texts() if "of 4 can" in text]
    return counted


async def die(house: House, step: int) -> None:
    """At every so many calls, before and after it."""
    whole = Fuse()
    counted = await play(house, whole)
    assert len(counted) == 1

    for number in range(1, 2 * len(whole.calls), step):
        fuse = Fuse(at=number // 2 + 1, after=bool(number % 2))
        try:
            again = await play(house, fuse)
            assert fuse.is_blown
            assert again[-1:] == counted
            assert len(house.bookings()) == 1
            for person in ASKED:
                assert any("booked *Planning*" in text for text in house.dms(person))
        except AssertionError as error:
            when = "after" if fuse.after else "before"
            raise AssertionError(f"died {when} call {fuse.at}, {fuse.calls[-1]}: {error}") from error


async def test_a_crash_loses_no_answer_and_counts_none_twice(house: House) -> None:
    await die(house, 17)


@pytest.mark.soak
@pytest.mark.timeout(900)
async def test_nor_does_a_crash_at_any_call(house: House) -> None:
    await die(house, 1)
