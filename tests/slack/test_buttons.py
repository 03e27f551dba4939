import pytest

from bot.conversation.turns import Approve, AtCounter, Change, Choose, Dismiss, ShowMore, Snooze, Tick
from bot.slack.buttons import MENU_ID, UnreadableButton, pack, pack_link, pack_option, unpack

CHOICES = [
    Approve(proposal_id="p-1"),
    Dismiss(conversation_id="c-1"),
    ShowMore(conversation_id="c-1"),
    Tick(poll_id="p-1", option="t-1"),
    Choose(conversation_id="c-1", option="a|b|c"),
    Choose(conversation_id="c-1", option=""),
    Approve(proposal_id="p-1", meeting="m-1"),
    Snooze(meeting="m-1"),
    Change(proposal_id="p-1", what="reschedule"),
    Change(what="reschedule", meeting="m-1"),
    Change(proposal_id="p-1", what="cancel"),
    Change(proposal_id="p-1", what="add_people"),
    Change(what="late", meeting="m-1"),
    AtCounter(form="connect.key", about="a|b"),
    AtCounter(form="connect.key"),
]


@pytest.mark.parametrize("choice", CHOICES)
def test_what_a_button_carries_is_read_back(choice):
    assert unpack(*pack(choice, 7)) == choice


@pytest.mark.parametrize("choice", CHOICES)
def test_what_an_option_carries_is_read_back(choice):
    assert unpack(MENU_ID, pack_option(choice)) == choice


def test_buttons_of_one_message_have_different_ids():
    assert pack(CHOICES[0], 0)[0] != pack(CHOICES[0], 1)[0]


def test_the_limits_of_slack_are_kept():
    assert len(pack(Approve(proposal_id="x" * 2000), 0)[1]) == 2000
    with pytest.raises(ValueError):
        pack(Approve(proposal_id="x" * 2001), 0)
    with pytest.raises(ValueError):
        pack_option(Choose(conversation_id="c", option="x" * 150))
    with pytest.raises(ValueError):
        pack(Approve(proposal_id=""), 0)
    with pytest.raises(ValueError):
        pack(Choose(conversation_id="a|b", option="c"), 0)


@pytest.mark.parametrize("action_id", [pack_link(0), "", ":", "approve:", "nothing:0", "constructor:0"])
def test_what_is_no_choice_is_not_read_as_one(action_id):
    with pytest.raises(UnreadableButton):
        unpack(action_id, "p-1")
