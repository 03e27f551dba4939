"""What is done in the playground is written down as a talk that passes as a test."""

import asyncio
from pathlib import Path

import pytest

from bot.playground.talks import BadTalk, Step, read_talk
from bot.playing import open_playground
from bot.settings import Settings
from tests.talks.recording import GENERAL, Hands, recorded
from tests.talks.staging import perform

ANA, BEN, CHIKA, EVA = "UANA", "UBEN", "UCHI", "UEVA"
BENS_DM = "D0BEN"
OUTSIDER = {"name": "Olga", "email": "olga@else.example"}


async def book_move_and_cancel(hands: Hands) -> None:
    """With a refinement, somebody who may not, somebody's own messages, trouble, time and the outside."""
    root = await hands.say(ANA, GENERAL, "@slotwise 30 min with @ben tomorrow")
    await hands.say(ANA, GENERAL, "make it 45 min", thread_ts=root)
    await hands.press(CHIKA, hands.card(), "Book")
    await hands.press(ANA, hands.card(), "Book")
    await hands.press(ANA, hands.card(), "Reschedule")
    await hands.say(ANA, GENERAL, "thursday at 3pm", thread_ts=root)
    await hands.press(ANA, hands.card(), "Move")
    await hands.say(BEN, BENS_DM, "what's on this week?")
    await hands.post("clock", minutes=90)
    await hands.post("command", person=EVA, channel=GENERAL, command="/meet", text="intro call on friday")
    await hands.post("trouble", name="calcom_down", on=True)
    await hands.say(BEN, BENS_DM, "book 30 min with @eva on friday")
    await hands.post("trouble", name="calcom_down", on=False)
    await hands.post("outside", do="book", owner=ANA, start="2026-07-15T13:00:00+00:00", **OUTSIDER)
    await hands.say(ANA, GENERAL, "@slotwise cancel my meeting with @ben")
    await hands.press(ANA, hands.card(), "Cancel")


async def test_a_recorded_talk_passes_as_a_test_and_fails_when_something_else_is_expected(
    tmp_path, redis_url
):
    file = tmp_path / "talk.toml"
    async with recorded(file) as hands:
        await book_move_and_cancel(hands)
    talk = read_talk(file)

    await perform(talk, redis_url)

    assert len(talk.step) == 16
    last = talk.step[-1]
    assert last.bookings is not None
    assert [one.split()[0] for one in last.bookings] == ["cancelled", "cancelled", "accepted"]
    changed = last.model_copy(
        update={"bookings": [one.replace("accepted", "pending") for one in last.bookings]}
    )
    with pytest.raises(AssertionError, match=r"step 16: .*bookings"):
        await perform(talk.model_copy(update={"step": (*talk.step[:-1], changed)}), None)


def what_came_of(step: Step) -> str:
    return " ¶ ".join([*(step.card or ()), *(step.whisper or ())])


async def test_what_came_of_a_deed_is_told_in_the_words_that_people_saw(tmp_path):
    file = tmp_path / "talk.toml"
    async with recorded(file) as hands:
        root = await hands.say(ANA, GENERAL, "@slotwise 30 min with @ben tomorrow")
        await hands.say(ANA, GENERAL, "make it 45 min", thread_ts=root)
        await hands.press(CHIKA, hands.card(), "Book")
        await hands.press(ANA, hands.card(), "Book")
        await hands.say(EVA, GENERAL, "lunch?")
    offered, refined, refused, booked, chat = read_talk(file).step

    assert (offered.posts, refined.posts, booked.posts) == (1, 0, 0)
    assert "45 min" in what_came_of(refined)
    assert "Only <@UANA>" in what_came_of(refused)
    assert refined.buttons is not None
    assert refined.buttons[0] == booked.press == refused.press
    assert "Booked" in what_came_of(booked)
    assert [one.split()[1] for one in booked.bookings or ()] == ["2026-07-15"]
    assert list(booked.dm) == [BEN]
    assert (chat.silent, chat.top, chat.card) == (True, True, None)


async def test_threads_older_cards_edits_deletions_invitations_and_a_new_beginning_play_as_they_were_done(
    tmp_path,
):
    file = tmp_path / "talk.toml"
    async with recorded(file, seed=7) as hands:
        first = await hands.say(ANA, GENERAL, "@slotwise 30 min with @ben on thursday")
        await hands.say(EVA, GENERAL, "@slotwise 30 min with @ana on friday")
        await hands.say(ANA, GENERAL, "make it 45 min", thread_ts=first)
        await hands.press(ANA, hands.cards(GENERAL)[0], "Dismiss")
        typo = await hands.say(ANA, "D0ANA", "30 min with @eva on moday")
        await hands.post("edit", person=ANA, channel="D0ANA", ts=typo, text="30 min with @eva on monday")
        gone = await hands.say(ANA, GENERAL, "never mind")
        await hands.say(ANA, GENERAL, "really")
        await hands.post("delete", person=ANA, channel=GENERAL, ts=gone)
        await hands.post("invite", person=ANA, channel="C0RANDOM")
        await hands.say(ANA, "C0RANDOM", "@slotwise what's on tomorrow?")
        await hands.post("reset")
        await hands.say(BEN, GENERAL, "@slotwise 30 min with @ana on thursday")
    talk = read_talk(file)

    await perform(talk, None)

    steps = talk.step
    assert talk.seed == 7
    assert [one.thread for one in steps if one.say == "make it 45 min"] == [0]
    assert [one.back for one in steps if one.press] == [1]
    assert [(one.edit, one.where) for one in steps if one.edit] == [("30 min with @eva on monday", "dm")]
    assert [one.back for one in steps if one.delete] == [1]
    assert [one.world for one in steps if one.world] == ["invite", "reset"]
    assert not steps[-1].top  # nothing was said in the new world before


async def test_a_booking_changed_from_outside_is_told_by_its_number_and_its_owners_clock(tmp_path):
    file = tmp_path / "talk.toml"
    async with recorded(file) as hands:
        for hour in (13, 14):
            start = f"2026-07-16T{hour}:00:00+00:00"
            await hands.post("outside", do="book", owner=BEN, start=start, **OUTSIDER)
        second = hands.play.calcom.bookings()[1]
        await hands.post("outside", do="move", booking=second.id, start="2026-07-16T15:00:00Z")
    talk = read_talk(file)

    await perform(talk, None)

    deeds = [one.outside for one in talk.step if one.outside]
    assert [one.booking for one in deeds] == [0, 0, 1]
    assert [one.start for one in deeds] == ["2026-07-16T09:00", "2026-07-16T10:00", "2026-07-16T11:00"]


async def test_a_choice_from_ones_own_list_is_told_apart_from_others_of_the_same_name(tmp_path):
    file = tmp_path / "talk.toml"
    ben = {"name": "Ben Carter", "email": "ben@acme.example"}
    async with recorded(file) as hands:
        for day in (14, 15):
            await hands.post("outside", do="book", owner=ANA, start=f"2026-07-{day}T13:00:00Z", **ben)
        await hands.say(ANA, GENERAL, "@slotwise cancel my meeting with @ben")
        await hands.choose(ANA, hands.play.slack.whispers(ANA)[-1], "Meeting", nth=1)
        await hands.press(ANA, hands.card(), "Cancel it")
    talk = read_talk(file)

    await perform(talk, None)

    asked, chosen, cancelled = talk.step[2:]
    assert "Which meeting" in what_came_of(asked)
    assert (chosen.on, chosen.back) == ("whisper", 0)
    assert chosen.choose is not None
    assert "Wed 15 Jul" in what_came_of(chosen)
    assert [one.split()[0] for one in cancelled.bookings or ()] == ["accepted", "cancelled"]


async def test_what_is_said_in_a_thread_that_is_not_there_is_not_recorded(tmp_path):
    file = tmp_path / "talk.toml"
    async with recorded(file) as hands:
        await hands.ask("say", person=ANA, channel=GENERAL, text="hello", thread_ts="1.000000")

    assert read_talk(file).step == ()


async def test_what_is_done_in_haste_is_kept_and_what_came_of_the_last_is_waited_for(tmp_path):
    file = tmp_path / "talk.toml"
    async with recorded(file) as hands:
        await hands.say(ANA, GENERAL, "@slotwise 30 min with @ben tomorrow", waits=False)
        await hands.say(BEN, BENS_DM, "help", waits=False)
        kept = [one.say for one in hands.talk().step]
        await hands.is_noted(2)
    talk = read_talk(file)

    assert kept == ["@slotwise 30 min with @ben tomorrow", "help"]
    assert talk.step[-1].card
    await perform(talk, None)


async def test_what_came_of_a_deed_that_the_end_cut_off_is_left_open(tmp_path):
    file = tmp_path / "talk.toml"
    async with recorded(file) as hands:
        await hands.say(ANA, GENERAL, "@slotwise 30 min with @ben tomorrow", waits=False)
        hands.play.page.stop()
        await hands.play.house.rest()
        await asyncio.sleep(0.5)

    assert read_talk(file).step == (Step(say="@slotwise 30 min with @ben tomorrow"),)


async def test_what_is_refused_is_no_deed(tmp_path):
    file = tmp_path / "talk.toml"
    async with recorded(file) as hands:
        refused = await hands.ask("say", person=ANA, channel=BENS_DM, text="hello")
        unknown = await hands.ask("trouble", name="nothing_like_that", on=True)

    assert (refused.status_code >= 400, unknown.status_code) == (True, 404)
    assert read_talk(file).step == ()


async def test_a_file_that_cannot_be_written_is_said_before_anything_is_done(tmp_path: Path):
    opening = open_playground(Settings.from_env({}), "http://localhost", record=tmp_path / "no" / "talk.toml")

    with pytest.raises(BadTalk, match="cannot be written"):
        async with opening:
            pass
