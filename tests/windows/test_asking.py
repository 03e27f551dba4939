"""Forms in which meetings are asked for: what stands in them, what is found in them, and for whom."""

from dataclasses import replace
from typing import Any

import pytest

from bot.conversation.orders import Prefill, unpacked
from bot.conversation.replies import Button, Card, Post, say
from bot.conversation.turns import AtCounter
from bot.playground.small_slack import View
from tests.attacks.scene import CHANNEL, TUESDAY, Scene

pytestmark = pytest.mark.asyncio(loop_scope="module")

FULL = Prefill(
    people=("UBEN",),
    guests=("lena@outside.example",),
    title="Roof",
    minutes=45,
    start=TUESDAY,
    event_type_id=3,
)


async def opened(bot: Scene, form: str, given: Prefill | None = None, person: str = "UANA") -> View:
    """What is in front of a person who has pressed a button for it."""
    means = await bot.house.offices.means("T0SLOT")
    assert means
    choice = AtCounter(form=form, about=given.packed() if given else "")
    card = Card(lines=(say("form.title"),), buttons=(Button(label=say("button.keep"), choice=choice),))
    await means.messenger.deliver(Post(channel=CHANNEL, card=card))
    await bot.slack.press(person, bot.cards()[-1], action_id="counter:0")
    [view] = bot.slack.stack(person)
    return view


async def offered(bot: Scene, view: View, field: str, typed: str, person: str = "UANA") -> list[str]:
    place = {"block_id": field, "action_id": "value", "query": typed}
    return [one["text"]["text"] for one in await bot.slack.options(person, view.id, **place)]


async def booked(bot: Scene, guest: str, email: str, hour: int) -> None:
    start = TUESDAY.replace(hour=hour)
    await bot.calcom.book_from_outside("UANA", "quick-chat", start, name=guest, email=email)
    await bot.rest()


def initial(view: View, field: str) -> Any:
    [block] = [one for one in view.view["blocks"] if one["block_id"] == field]
    [said] = [value for name, value in block["element"].items() if name.startswith("initial")]
    return said


async def test_what_is_known_stands_in_the_form_from_the_start(bot: Scene) -> None:
    view = await opened(bot, "book.new", FULL)

    assert initial(view, "who") == ["UBEN"]
    assert initial(view, "guests")[0]["value"] == "lena@outside.example"
    assert initial(view, "kind")["text"]["text"].startswith("Design review")
    assert initial(view, "at") == int(TUESDAY.timestamp())
    assert (initial(view, "minutes"), initial(view, "title")) == ("45", "Roof")


async def test_kinds_of_meetings_are_found_by_their_words(bot: Scene) -> None:
    view = await opened(bot, "book.new")

    assert await offered(bot, view, "kind", "rev") == ["Design review (60 min)"]
    assert "Onboarding (45 min)" not in await offered(bot, view, "kind", "")
    assert await offered(bot, view, "kind", "onb") == ["Onboarding (45 min)"]
    assert await offered(bot, view, "kind", "workshop") == []  # has seats: it cannot be booked here


async def test_guests_are_whom_one_has_met_or_an_address_that_is_typed(bot: Scene) -> None:
    await booked(bot, "Lena Outside", "lena@outside.example", 13)
    view = await opened(bot, "book.new")

    assert await offered(bot, view, "guests", "len") == ["Lena Outside"]
    assert await offered(bot, view, "guests", "New@Outside.example") == ["new@outside.example"]
    assert await offered(bot, view, "guests", "nobody") == []


async def test_only_ones_own_bookings_are_found_and_by_no_uid(bot: Scene) -> None:
    await booked(bot, "Ben Carter", "ben@acme.example", 13)
    await booked(bot, "Lena Outside", "lena@outside.example", 14)
    hers, his = await opened(bot, "move.new"), await opened(bot, "move.new", person="UBEN")

    assert len(await offered(bot, hers, "booking", "")) == 2
    assert len(await offered(bot, his, "booking", "", "UBEN")) == 1
    uids = [one.uid for one in bot.calcom.bookings()]
    told = str([one.body for one in bot.tap.heard if one.path.startswith("/slack")])
    assert not any(uid in told for uid in uids)


async def test_guests_of_the_workspace_get_no_form_and_find_nothing(bot: Scene) -> None:
    view = await opened(bot, "book.new", person="UGIL")

    assert view.view["callback_id"] == "form:words"
    body = {
        "type": "block_suggestion",
        "user": {"id": "UGIL", "team_id": "T0SLOT"},
        "team": {"id": "T0SLOT"},
        "block_id": "kind",
        "action_id": "value",
        "value": "",
        "view": {
            "type": "modal",
            "callback_id": "form:book.new",
            "private_metadata": "",
            "state": {"values": {}},
        },
    }
    assert (await bot.interact(body)).json() == {"options": []}


@pytest.mark.parametrize("form", ["book.new", "move.new", "approve.form"])
async def test_a_form_that_carries_nonsense_is_out_of_date(bot: Scene, form: str) -> None:
    body = {
        "type": "view_submission",
        "user": {"id": "UANA", "team_id": "T0SLOT"},
        "team": {"id": "T0SLOT"},
        "trigger_id": "1.2.3",
        "view": {
            "type": "modal",
            "callback_id": f"form:{form}",
            "private_metadata": "{nonsense",
            "state": {"values": {"at": {"value": {"value": "soon"}}}},
        },
    }

    answer = (await bot.interact(body)).json()

    assert "out of date" in answer["view"]["blocks"][0]["text"]["text"]
    assert bot.bookings() == 0


async def test_what_a_button_carries_comes_back() -> None:
    assert unpacked(FULL.packed()) == FULL
    assert unpacked("") == Prefill()
    assert len(FULL.packed()) < 300


async def test_what_the_host_has_begun_to_ask_meanwhile_is_asked_once_more(bot: Scene) -> None:
    card = await bot.ask("<@U0BOT> book an onboarding with <@UBEN> tomorrow afternoon")
    await bot.slack.press("UANA", card, action_id="counter:0")
    [view] = bot.slack.stack("UANA")
    ask_for(bot, {"type": "text", "slug": "ticket", "label": "Ticket", "required": True})

    await bot.slack.submit("UANA", view.id, ANSWERED)
    await bot.rest()

    assert "Cal.com does not take" in bot.cards()[-1].text
    assert bot.bookings() == 0
    await bot.slack.press("UANA", bot.cards()[-1], action_id="counter:0")
    [again] = bot.slack.stack("UANA")
    assert [one["label"]["text"] for one in again.view["blocks"] if one["type"] == "input"] == ["ticket"]
    await bot.slack.submit("UANA", again.id, {"q0": {"value": {"value": "T-7"}}})
    await bot.rest()
    assert bot.bookings() == 1
    assert bot.calcom.bookings()[-1].responses["ticket"] == "T-7"
    assert bot.calcom.bookings()[-1].responses["company"] == "Acme"


ANSWERED = {
    "q0": {"value": {"value": "Acme"}},
    "q1": {"value": {"value": "+49 30 901820"}},
    "q2": {"value": {"option": "1"}},
    "q3": {"value": {"options": ["yes"]}},
}


def ask_for(bot: Scene, field: dict[str, Any]) -> None:
    """The host of the onboarding has one more question."""
    store = bot.calcom._store
    [kind] = [one for one in store.event_types if one.slug == "onboarding"]
    store.keep_event_type(replace(kind, fields=(*kind.fields, field)))
