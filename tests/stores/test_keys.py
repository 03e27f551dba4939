import re

import pytest
from redis.cluster import key_slot

from bot.stores.keys import Keys, lane_in

LANE = "T1:C1:1720000000.000100"
OF_A_LANE = ("state", "aside", "lock", "inbox", "tries", "dead", "why")


def names(lane):
    return [getattr(Keys("slotwise"), kind)(lane) for kind in OF_A_LANE]


def test_the_layout_is_the_documented_one():
    assert Keys("slotwise").state(LANE) == "slotwise:v1:{T1:C1:1720000000.000100}:state"
    assert Keys("slotwise").lanes() == "slotwise:v1:lanes"


@pytest.mark.parametrize("lane", [LANE, "booking:1", "a}b", "{", "}", "}{", "{}x", "%7B", "a{b}c{d}"])
def test_all_keys_of_a_lane_share_a_slot_whatever_its_name(lane):
    found = names(lane)

    assert len({key_slot(name.encode()) for name in found}) == 1
    assert len(set(found)) == len(OF_A_LANE)
    assert {lane_in(name) for name in found} == {lane}
    assert all(re.fullmatch(r"slotwise:v1:\{[^{}]+\}:\w+", name) for name in found)


def test_all_keys_of_works_for_later_share_a_slot_and_none_is_a_lanes():
    keys = Keys("slotwise")
    later = {keys.later_due(), keys.later_works(), keys.later_lock()}

    assert len({key_slot(name.encode()) for name in later}) == 1
    assert not later & set(names("later"))


def test_different_lanes_have_different_keys():
    lanes = ["a}b", "a%7Db", "a%257Db", "a{b", "ab"]

    assert len({Keys("p").state(lane) for lane in lanes}) == len(lanes)


def test_different_prefixes_have_different_keys():
    one, other = Keys("one"), Keys("other")

    assert one.state(LANE) != other.state(LANE)
    assert one.ledger("uid") != other.ledger("uid")
    assert one.ledger("uid").rpartition(":")[2] != other.ledger("uid").rpartition(":")[2]


def test_a_reference_does_not_stand_in_its_key():
    assert "uid-that-cancels" not in Keys("p").ledger("uid-that-cancels")


@pytest.mark.parametrize("prefix", ["", "{a}", "a}", "{"])
def test_a_prefix_that_would_break_the_tag_is_refused(prefix):
    with pytest.raises(ValueError, match="prefix"):
        Keys(prefix)


def test_an_empty_lane_is_refused():
    with pytest.raises(ValueError, match="empty"):
        Keys("p").state("")
