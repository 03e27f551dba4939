"""Forms: opened by a press, filled in, handed in, through signed HTTP and the small Slack's own modals."""

from datetime import UTC, date, datetime, time

import pytest

from bot.conversation.forms import (
    ChoiceField,
    DateField,
    Filled,
    Form,
    FormOption,
    Found,
    InstantField,
    NumberField,
    PickField,
    Searched,
    SearchField,
    TextField,
    TimeField,
    Wrong,
    words,
)
from bot.conversation.replies import Button, Card, Post, say
from bot.conversation.turns import AtCounter
from bot.slack.forms import render_form
from bot.slack.messenger import SlackMessenger
from tests import blocks
from tests.slack.doors import GENERAL, TEAM

pytestmark = pytest.mark.asyncio(loop_scope="module")

SECRET = "cal_live_0123456789abcdef"
LABEL = say("button.more")
OPTIONS = tuple(FormOption(value=f"o{n}", label=LABEL) for n in range(3))
MANY = tuple(FormOption(value=f"o{n}", label=LABEL) for n in range(12))
FIELDS = (
    TextField(name="key", label=LABEL, hint=LABEL, most=100),
    TextField(name="note", label=LABEL, value="what stood there", is_long=True, is_optional=True),
    ChoiceField(name="few", label=LABEL, options=OPTIONS, chosen=("o1",)),
    ChoiceField(name="long", label=LABEL, options=MANY, chosen=("o11",)),
    ChoiceField(name="ticks", label=LABEL, options=OPTIONS, chosen=("o0", "o2"), is_many=True),
    ChoiceField(name="marks", label=LABEL, options=MANY, chosen=("o3",), is_many=True, is_optional=True),
    PickField(name="rooms", label=LABEL, what="channel", chosen=(GENERAL,), is_many=True, is_optional=True),
    PickField(name="whom", label=LABEL, what="person", is_optional=True),
)
AT = datetime(2026, 7, 15, 8, 30, tzinfo=UTC)
CHOSEN = (FormOption(value="e-1", label=LABEL, note=LABEL),)
PICKERS = (
    DateField(name="day", label=LABEL, chosen=AT.date()),
    DateField(name="any_day", label=LABEL, is_optional=True),
    TimeField(name="clock", label=LABEL, chosen=time(10, 30)),
    TimeField(name="any_clock", label=LABEL, is_optional=True),
    InstantField(name="at", label=LABEL, chosen=AT),
    InstantField(name="any_at", label=LABEL, is_optional=True),
    NumberField(name="minutes", label=LABEL, value="30", least=5, most=600),
    NumberField(name="price", label=LABEL, is_decimal=True, is_optional=True),
    TextField(name="mail", label=LABEL, reads="email", value="ana@example.com"),
    TextField(name="page", label=LABEL, reads="url", is_optional=True),
    SearchField(name="whom", label=LABEL, chosen=CHOSEN, is_many=True),
    SearchField(name="kind", label=LABEL, least=2, is_optional=True),
)
PICKING = Form(kind="book.new", about="b-1", title=LABEL, fields=PICKERS, zone="Europe/Berlin")
FORM = Form(kind="connect.key", about="w-1", title=LABEL, lines=(LABEL,), fields=FIELDS)
PRESSED = AtCounter(form="connect.key", about="w-1")


def typed(text):
    return {"key": {"value": {"value": text}}}


async def opened(front, slack, client, reply, person="UANA"):
    """What is in front of a person who has pressed a button for it."""
    front.clerk.reply = reply
    card = Card(lines=(LABEL,), buttons=(Button(label=LABEL, choice=PRESSED),))
    await SlackMessenger(client).deliver(Post(channel=GENERAL, card=card))
    [message] = slack.messages(GENERAL)
    answer = await slack.press(person, message, action_id="counter:0")
    assert answer.ok
    return next(iter(slack.stack(person)), None)


@pytest.mark.parametrize(
    "form", [FORM, PICKING, words(LABEL, LABEL), Form(kind="a", title=LABEL, submit=LABEL)]
)
async def test_every_form_is_one_that_slack_takes(form):
    assert blocks.problems(render_form(form)) == []


async def test_a_press_opens_the_form_that_the_counter_gives(front, slack, client):
    view = await opened(front, slack, client, FORM)

    [wanted] = front.clerk.came
    assert (wanted.team, wanted.person, wanted.form, wanted.about) == (TEAM, "UANA", "connect.key", "w-1")
    assert wanted.card == front.clerk.came[0].card
    assert wanted.card.channel == GENERAL
    assert view.view["callback_id"] == "form:connect.key"
    assert front.queue.works == []


async def test_what_is_filled_in_comes_to_the_counter_and_the_form_closes(front, slack, client):
    view = await opened(front, slack, client, FORM)
    front.clerk.reply = None

    done = await slack.submit("UANA", view.id, typed(f" {SECRET} "))

    assert done.ok
    assert slack.stack("UANA") == ()
    filled = front.clerk.came[-1]
    assert isinstance(filled, Filled)
    assert (filled.person, filled.form, filled.about) == ("UANA", "connect.key", "w-1")
    assert filled.text("key") == SECRET
    assert filled.values["ticks"] == ("o0", "o2")
    assert filled.values["long"] == ("o11",)
    assert filled.values["rooms"] == (GENERAL,)
    assert filled.values["whom"] == ()
    assert filled.text("note") == "what stood there"


async def test_what_stands_in_native_pickers_comes_back_as_it_was_set(front, slack, client):
    view = await opened(front, slack, client, PICKING)
    front.clerk.reply = None

    done = await slack.submit("UANA", view.id, {})

    assert done.ok, done.errors
    filled = front.clerk.came[-1]
    assert (filled.day("day"), filled.day("any_day")) == (date(2026, 7, 15), None)
    assert (filled.clock("clock"), filled.clock("any_clock")) == (time(10, 30), None)
    assert (filled.instant("at"), filled.instant("any_at")) == (AT, None)
    assert (filled.text("minutes"), filled.text("mail"), filled.text("page")) == ("30", "ana@example.com", "")
    assert (filled.all("whom"), filled.all("kind")) == (("e-1",), ())


async def test_what_is_no_number_or_address_is_said_by_slack_before_it_is_sent(front, slack, client):
    view = await opened(front, slack, client, PICKING)
    typed_in = {"minutes": {"value": {"value": "601"}}, "mail": {"value": {"value": "ana"}}}

    done = await slack.submit("UANA", view.id, typed_in)

    assert set(done.errors) == {"minutes", "mail"}
    assert not any(isinstance(one, Filled) for one in front.clerk.came)


async def test_what_is_searched_for_is_offered_and_can_be_chosen(front, slack, client):
    view = await opened(front, slack, client, PICKING)
    front.clerk.reply = None
    front.clerk.found = Found(options=(FormOption(value="k-7", label=LABEL, note=LABEL),), zone="UTC")

    offered = await slack.options("UANA", view.id, block_id="kind", action_id="value", query="int")

    searched = front.clerk.came[-1]
    assert isinstance(searched, Searched)
    assert (searched.person, searched.form, searched.about) == ("UANA", "book.new", "b-1")
    assert (searched.field, searched.typed, searched.team) == ("kind", "int", TEAM)
    assert [one["value"] for one in offered] == ["k-7"]
    await slack.submit("UANA", view.id, {"kind": {"value": {"option": "k-7"}}})
    assert front.clerk.came[-1].text("kind") == "k-7"


async def test_nothing_is_offered_where_nobody_can_tell(front, slack, client):
    view = await opened(front, slack, client, PICKING)
    front.clerk.is_down = True

    assert await slack.options("UANA", view.id, block_id="whom", action_id="value", query="") == ()


async def test_what_is_searched_for_is_not_logged(front, slack, client, caplog):
    caplog.set_level("DEBUG", logger="bot")
    view = await opened(front, slack, client, PICKING)

    await slack.options("UANA", view.id, block_id="whom", action_id="value", query=SECRET)

    searched = front.clerk.came[-1]
    assert searched.typed == SECRET
    assert SECRET not in repr(searched) + str(searched) + caplog.text


async def test_what_is_wrong_is_said_beside_its_field_and_the_form_stays(front, slack, client):
    view = await opened(front, slack, client, FORM)
    front.clerk.reply = Wrong(fields={"key": say("press.slow")})

    done = await slack.submit("UANA", view.id, typed("x"))

    assert not done.ok
    assert "reached me late" in done.errors["key"]
    assert [one.id for one in slack.stack("UANA")] == [view.id]


async def test_another_form_stands_in_the_place_of_the_first(front, slack, client):
    view = await opened(front, slack, client, FORM)
    front.clerk.reply = words(say("press.already_done"))

    await slack.submit("UANA", view.id, typed("x"))

    [now] = slack.stack("UANA")
    assert "done already" in now.view["blocks"][0]["text"]["text"]
    assert "submit" not in now.view or now.view["submit"] is None


async def test_a_card_takes_the_place_of_the_one_that_was_pressed(front, slack, client):
    view = await opened(front, slack, client, Card(lines=(say("press.already_done"),)))

    [message] = slack.messages(GENERAL)
    assert view is None
    assert "done already" in message.text


async def test_where_nothing_is_kept_just_now_that_is_said_in_the_window(front, slack, client):
    view = await opened(front, slack, client, FORM)
    front.clerk.is_down = True

    await slack.submit("UANA", view.id, typed("x"))

    [now] = slack.stack("UANA")
    assert "Please try again" in now.view["blocks"][0]["text"]["text"]


async def test_no_secret_of_a_form_is_shown_or_logged(front, slack, client, caplog):
    caplog.set_level("DEBUG", logger="bot")
    view = await opened(front, slack, client, FORM)

    await slack.submit("UANA", view.id, typed(SECRET))

    filled = front.clerk.came[-1]
    assert SECRET not in repr(filled) + str(filled) + caplog.text


@pytest.mark.parametrize(
    "view",
    [
        {"callback_id": "other"},
        {"callback_id": "form:connect.key", "state": {"values": 7}},
        {"callback_id": "form:connect.key", "state": {"values": {"key": {}}}},
        {"callback_id": "form:connect.key", "private_metadata": "x" * 3001},
    ],
)
async def test_a_form_that_is_none_of_ours_gets_polite_words(front, view):
    body = {"type": "view_submission", "user": {"id": "UANA"}, "team": {"id": TEAM}, "trigger_id": "1.2"}

    answer = await front.interaction({**body, "view": {"type": "modal", **view}})

    assert answer.json()["response_action"] == "update"
    assert front.clerk.came == []


async def test_what_goes_wrong_unforeseen_is_said_in_the_window_with_a_reference(front, slack, client):
    view = await opened(front, slack, client, FORM)
    front.clerk.came = None

    await slack.submit("UANA", view.id, typed("x"))

    [now] = slack.stack("UANA")
    assert "Reference" in now.view["blocks"][0]["text"]["text"]


async def test_a_button_of_the_home_tab_opens_a_form_too(front, slack, client):
    front.clerk.reply = FORM
    text = {"type": "plain_text", "text": "Connect"}
    button = {"type": "button", "text": text, "action_id": "counter:0", "value": "connect.key|w-1"}
    row = {"type": "actions", "block_id": "row", "elements": [button]}
    await client.views_publish(user_id="UANA", view={"type": "home", "blocks": [row]})
    home = slack.home("UANA")

    await slack.act("UANA", home["id"], block_id="row", action_id="counter:0", chosen={})

    assert front.clerk.came[-1].card is None
    assert [one.view["callback_id"] for one in slack.stack("UANA")] == ["form:connect.key"]
