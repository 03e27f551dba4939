"""A document comes out as it went in, takes a fraction of the room, and never breaks its reader."""

import json

import pytest

from bot.stores import packing
from bot.stores.codec import Unreadable
from bot.stores.packing import packed, unpacked

DOCUMENT = json.dumps(
    {"conversations": [{"id": f"{number}", "guests": [], "hold": None} for number in range(40)]}
).encode()


@pytest.mark.parametrize("data", [b"{}", DOCUMENT, "Zoë, 会議".encode(), b"z", b""])
def test_what_is_packed_comes_out_as_it_went_in(data):
    assert unpacked(packed(data)) == data


def test_a_document_takes_less_than_half_the_room():
    assert len(packed(DOCUMENT)) < len(DOCUMENT) / 2


def test_what_was_stored_before_packing_stays_readable():
    assert unpacked(DOCUMENT) == DOCUMENT


@pytest.mark.parametrize("broken", [b"z", b"zoo", packed(DOCUMENT)[:-3], b"z\xff\xff\xff"])
def test_what_is_broken_is_called_unreadable(broken):
    with pytest.raises(Unreadable):
        unpacked(broken)


def test_what_would_unpack_without_end_is_called_unreadable(monkeypatch):
    monkeypatch.setattr(packing, "LONGEST", 1000)

    with pytest.raises(Unreadable):
        unpacked(packed(b"0" * 100_000))
