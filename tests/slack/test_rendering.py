"""Cards as Block Kit: what stands where, each reader's own time, and Slack's limits."""

from datetime import UTC, datetime, timedelta
from string import Formatter

import pytest

from bot.conversation.replies import Button, Card, Menu, Moment, Option, People, Phrase, Span, say
from bot.conversation.turns import Approve, Choose, Dismiss
from bot.conversation.wording import DEFAULT_LANGUAGE, phrases
from bot.slack.blocks import render
from bot.slack.buttons import unpack
from bot.slack.text import Reader, label, mrkdwn, spoken
from tests import blocks

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
UNIX = int(AT.timestamp())
BERLIN = Reader(zone="Europe/Berlin")
SPAN = Span(start=AT, end=AT + timedelta(minutes=30))


def button(key="button.dismiss", choice=None, **more):
    return Button(
        label=say(key, **more.pop("values", {})), choice=choice or Dismiss(conversation_id="c1"), **more
    )


def when(value):
    return say("booked.when", span=value)


def test_a_moment_is_in_each_readers_zone_with_words_that_name_one():
    text = mrkdwn(when(Moment(at=AT)), BERLIN)

    assert text == f"<!date^{UNIX}^{{date_long_pretty}} {{time}}|Wed 25 Nov, 10:00 CET>"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (Moment(at=AT), "Wed 25 Nov, 10:00 CET"),
        (Moment(at=AT, style="time"), "10:00 CET"),
        (Moment(at=AT, style="day"), "Wed 25 Nov"),
        (Moment(at=AT, zone="Asia/Tokyo"), "Wed 25 Nov, 18:00 JST"),
        (Moment(at=AT, zone="America/Sao_Paulo", style="time"), "06:00 UTC-03"),
        (Moment(at=AT, zone="Asia/Kolkata", style="time"), "14:30 IST"),
        (Moment(at=AT, zone="No/Such_Zone", style="time"), "09:00 UTC"),
        (Moment(at=AT - timedelta(days=60), style="time"), "11:00 CEST"),
        (Moment(at=AT, zone="Pacific/Auckland"), "Wed 25 Nov, 22:00 NZDT"),
        (Moment(at=AT + timedelta(hours=6), zone="Asia/Tokyo", style="day"), "Thu 26 Nov"),
    ],
)
def test_labels_and_notifications_name_the_zone(moment, words):
    assert label(when(moment), BERLIN) == spoken(when(moment), BERLIN) == words


def test_a_moment_in_a_given_zone_is_that_for_every_reader():
    assert mrkdwn(when(Moment(at=AT, zone="Asia/Tokyo", style="time")), BERLIN) == "18:00 JST"


def test_a_span_names_the_day_once():
    text = mrkdwn(when(SPAN), BERLIN)

    start = f"<!date^{UNIX}^{{date_long_pretty}} {{time}}|Wed 25 Nov, 10:00>"
    assert text == f"{start}–<!date^{UNIX + 1800}^{{time}}|10:30 CET>"  # noqa: RUF001
    assert label(when(SPAN), BERLIN) == "Wed 25 Nov, 10:00–10:30 CET"  # noqa: RUF001


def test_a_span_over_midnight_names_both_days():
    late = Span(start=AT + timedelta(hours=13, minutes=30), end=AT + timedelta(hours=14, minutes=30))

    assert label(when(late), BERLIN) == "Wed 25 Nov, 23:30–Thu 26 Nov, 00:30 CET"  # noqa: RUF001
    assert mrkdwn(when(late), BERLIN).count("{date_long_pretty} {time}") == 2


def test_a_span_over_the_end_of_summer_time_names_the_zone_of_its_end():
    start = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    words = label(when(Span(start=start, end=start + timedelta(hours=1))), BERLIN)

    assert words == "Sun 25 Oct, 02:30–02:30 CET"  # noqa: RUF001


def test_a_card_becomes_lines_notes_and_things_to_press():
    menu = Menu(
        placeholder=say("ask.booking_menu"),
        options=(Option(label=say("button.keep"), choice=Choose(conversation_id="c1", option="7")),),
    )
    card = Card(
        lines=(say("booked.headline", title="R&D"), when(SPAN)),
        notes=(say("offer.checked_yours"),),
        buttons=(
            button("button.book", Approve(proposal_id="p1"), values={"time": Moment(at=AT)}, style="primary"),
            button("button.cancel_it", style="danger", confirm=say("cancel.mails")),
            Button(label=say("booked.join"), url="https://x.example/a"),
        ),
        menu=menu,
        zone="Europe/Berlin",
    )

    rendered = render(card)

    section, context, actions = rendered["blocks"]
    assert section["text"]["text"].startswith("*Booked:* R&amp;D\n<!date^")
    assert context["elements"][0]["text"] == "I checked your calendar."
    book, cancel, join, select = actions["elements"]
    assert unpack(select["action_id"], select["options"][0]["value"]) == menu.options[0].choice
    assert book["text"]["text"] == "Book Wed 25 Nov, 10:00 CET"
    assert unpack(book["action_id"], book["value"]) == Approve(proposal_id="p1")
    assert cancel["confirm"]["confirm"]["text"] == "Cancel it"
    assert cancel["confirm"]["style"] == "danger"
    assert join["url"] == "https://x.example/a"
    assert rendered["text"] == "Booked: R&amp;D\nWed 25 Nov, 10:00–10:30 CET\nI checked your calendar."  # noqa: RUF001
    assert blocks.problems(dict(rendered)) == []


def test_a_link_that_leads_nowhere_has_no_button():
    card = Card(lines=(say("dismissed"),), buttons=(Button(label=say("booked.join"), url="javascript:x"),))

    assert len(render(card)["blocks"]) == 1


def test_a_screen_reader_is_told_which_button_it_is():
    spoken_label = say("button.book_spoken", time=Moment(at=AT))
    card = Card(lines=(say("dismissed"),), buttons=(button("button.more", spoken=spoken_label),))

    (element,) = render(card)["blocks"][-1]["elements"]

    assert element["accessibility_label"] == "Book Wed 25 Nov, 09:00 UTC"


LONG = "Weekly review of the quarterly planning for the year " * 12


@pytest.mark.parametrize(
    "card",
    [
        Card(lines=(say("booked.headline", title=LONG * 20),)),
        Card(lines=tuple(say("booked.headline", title=LONG) for _ in range(300))),
        Card(lines=(say("dismissed"),), notes=tuple(say("cancel.reason", reason=LONG) for _ in range(80))),
        Card(lines=(say("dismissed"),), buttons=tuple(button() for _ in range(60))),
        Card(
            lines=(say("dismissed"),),
            buttons=(
                button("booked.headline", values={"title": LONG}, spoken=say("cancel.reason", reason=LONG)),
                button("booked.headline", values={"title": LONG}, confirm=say("cancel.reason", reason=LONG)),
            ),
        ),
        Card(
            lines=(say("dismissed"),),
            menu=Menu(
                placeholder=say("cancel.reason", reason=LONG),
                options=tuple(
                    Option(
                        label=say("cancel.reason", reason=LONG),
                        choice=Choose(conversation_id="c1", option=str(n)),
                    )
                    for n in range(130)
                ),
            ),
        ),
        Card(
            lines=(say("booked.headline", title=""),), buttons=(button("booked.when", values={"span": ""}),)
        ),
    ],
)
def test_slacks_limits_are_kept(card):
    rendered = render(card)

    assert blocks.problems(dict(rendered)) == []
    assert len(rendered["blocks"]) <= 50


def test_what_a_card_says_is_not_cut_short_silently():
    rendered = render(Card(lines=tuple(say("booked.headline", title=LONG) for _ in range(300))))

    assert rendered["text"].endswith("…")


VALUES = {
    "count": 3,
    "minutes": 30,
    "number": 1,
    "who": People(ids=("UANA",), names=("Eve",)),
    "span": SPAN,
    "time": Moment(at=AT),
}


@pytest.mark.parametrize("key", sorted(phrases(DEFAULT_LANGUAGE)))
def test_every_phrase_renders(key):
    template = phrases(DEFAULT_LANGUAGE)[key]
    words = template if isinstance(template, str) else template["other"]
    fields = [field for _, field, _, _ in Formatter().parse(words) if field]
    phrase = Phrase(key=key, values={field: VALUES.get(field, "R&D <x>") for field in fields})

    rendered = render(Card(lines=(phrase,), zone="Europe/Berlin"))

    assert blocks.problems(dict(rendered)) == []
    assert "{" not in rendered["text"]
    assert not set("*`") & set(rendered["text"])
