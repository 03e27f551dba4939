from base64 import b64encode, urlsafe_b64encode

import pytest

from bot.stores.codec import BadKeys, Codec, UnknownKey, Unreadable
from tests.stores.conftest import FIRST, SECOND

PLACE = "test:v1:{T1:C1:1.0}:state"
SECRET = FIRST.partition(":")[2]


def codec(text=None, **options):
    return Codec.from_setting(text, **options)


@pytest.mark.parametrize("text", [None, "", "  ", FIRST, f"{FIRST},{SECOND}"])
@pytest.mark.parametrize("data", [b"", b"{}", "Müller \x00".encode(), bytes(range(256)) * 50])
def test_what_was_sealed_opens_again(text, data):
    assert codec(text).open(codec(text).seal(data, PLACE), PLACE) == data


def test_nothing_of_the_text_shows_once_sealed():
    assert b"lunch" not in codec(FIRST).seal(b"lunch with Ana", PLACE)
    assert b"lunch" in codec().seal(b"lunch with Ana", PLACE)


def test_the_same_text_never_looks_the_same():
    assert codec(FIRST).seal(b"text", PLACE) != codec(FIRST).seal(b"text", PLACE)


def test_the_nonce_is_what_was_handed_in_and_twelve_bytes_long():
    sealed = codec(FIRST, random_bytes=lambda count: b"n" * count).seal(b"text", PLACE)

    assert sealed.startswith(b"\x01\x05first" + b"n" * 12)
    assert len(sealed) == 2 + 5 + 12 + len(b"text") + 16


def test_plain_values_stay_readable_once_keys_are_set():
    assert codec(FIRST).open(codec().seal(b"text", PLACE), PLACE) == b"text"


def test_rotation_the_first_key_seals_and_all_open():
    old = codec(FIRST).seal(b"text", PLACE)
    rotated = codec(f"{SECOND},{FIRST}")

    assert rotated.open(old, PLACE) == b"text"
    assert codec(SECOND).open(rotated.seal(b"text", PLACE), PLACE) == b"text"
    with pytest.raises(UnknownKey):
        codec(FIRST).open(rotated.seal(b"text", PLACE), PLACE)


def test_sealed_without_keys_is_a_clear_error():
    with pytest.raises(UnknownKey, match="ENCRYPTION_KEYS"):
        codec().open(codec(FIRST).seal(b"text", PLACE), PLACE)


def test_a_value_moved_to_another_place_does_not_open():
    sealed = codec(FIRST).seal(b"text", PLACE)

    with pytest.raises(Unreadable):
        codec(FIRST).open(sealed, "test:v1:{T1:C1:2.0}:state")


def test_a_wrong_key_of_the_same_id_does_not_open():
    other = "first:" + SECOND.partition(":")[2]

    with pytest.raises(Unreadable) as caught:
        codec(other).open(codec(FIRST).seal(b"text", PLACE), PLACE)
    assert not isinstance(caught.value, UnknownKey)


def test_no_bit_can_be_changed_and_no_byte_left_out():
    sealed = codec(FIRST).seal(b"text", PLACE)

    for place in range(1, len(sealed)):  # the first byte says whether it is sealed at all
        for bit in range(8):
            changed = bytearray(sealed)
            changed[place] ^= 1 << bit
            with pytest.raises(Unreadable):
                codec(FIRST).open(bytes(changed), PLACE)
    for length in range(len(sealed)):
        with pytest.raises(Unreadable):
            codec(FIRST).open(sealed[:length], PLACE)
    with pytest.raises(Unreadable):
        codec(FIRST).open(sealed + b"\x00", PLACE)


@pytest.mark.parametrize("data", [b"", b"\x01", b"{}", b"\x02text"])
def test_what_is_not_of_the_layout_is_unreadable(data):
    with pytest.raises(Unreadable):
        codec(FIRST).open(data, PLACE)


def test_keys_may_be_written_either_way_with_spaces_and_line_ends():
    raw = bytes(range(220, 252))
    plain, url = b64encode(raw).decode(), urlsafe_b64encode(raw).decode()
    assert plain != url

    sealed = codec(f"k:{plain}").seal(b"text", PLACE)

    assert codec(f" {FIRST} ,\n k: {url} ,").open(sealed, PLACE) == b"text"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SECRET, "id:base64"),
        (f":{SECRET}", "id:base64"),
        (f"a b:{SECRET}", "id:base64"),
        (f"é:{SECRET}", "id:base64"),
        ("x" * 33 + f":{SECRET}", "id:base64"),
        ("k:", "0 bytes"),
        ("k:c2hvcnQ=", "5 bytes"),
        (f"k:{SECRET}AAAA", "base64"),
        ("k:" + b64encode(bytes(33)).decode(), "33 bytes"),
        ("k:not base64!", "not base64"),
        ("k:ä" + SECRET[1:], "not base64"),
        (f"{FIRST},{FIRST}", "twice"),
        (f"{FIRST},k:short", "key k"),
    ],
)
def test_bad_keys_are_refused_in_words_without_showing_them(text, words):
    with pytest.raises(BadKeys, match=words) as caught:
        codec(text)

    shown = repr(caught.value) + repr(caught.value.__cause__) + repr(caught.value.__context__)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    assert SECRET[:12] not in str(caught.value)
    assert SECRET not in shown


def test_no_secret_shows_when_a_codec_is_printed():
    shown = repr(codec(f"{FIRST},{SECOND}")) + str(codec(FIRST))

    assert "first" in shown
    assert SECRET[:8] not in shown


def test_whether_it_seals_can_be_asked():
    assert codec(FIRST).seals
    assert not codec().seals


# Envelopes: what is kept for long


@pytest.mark.parametrize("data", [b"", b"{}", bytes(range(256)) * 50])
def test_what_was_enclosed_opens_again(data):
    assert codec(FIRST).open(codec(FIRST).enclose(data, PLACE), PLACE) == data
    assert codec().open(codec().enclose(data, PLACE), PLACE) == data


def test_each_envelope_has_a_data_key_of_its_own_that_shows_nowhere():
    keys = iter([b"1" * 32, b"n" * 12, b"2" * 32, b"n" * 12])
    made = codec(FIRST, random_bytes=lambda _: next(keys))
    one, other = made.enclose(b"text", PLACE), made.enclose(b"text", PLACE)

    assert one[-20:] != other[-20:]
    assert b"1111" not in one
    assert len(one) == 2 + 5 + 12 + 48 + len(b"text") + 16


def test_an_envelope_opens_in_its_own_place_alone_and_with_no_bit_changed():
    sealed = codec(FIRST).enclose(b"text", PLACE)

    with pytest.raises(Unreadable):
        codec(FIRST).open(sealed, "test:v1:{T1:C1:2.0}:state")
    for place in range(1, len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(Unreadable):
            codec(FIRST).open(bytes(changed), PLACE)
    for length in range(1, len(sealed)):
        with pytest.raises(Unreadable):
            codec(FIRST).open(sealed[:length], PLACE)


def test_the_halves_of_two_envelopes_do_not_make_a_third():
    mine, theirs = codec(FIRST).enclose(b"mine", PLACE), codec(FIRST).enclose(b"them", "elsewhere")
    end = 2 + 5 + 12 + 48

    with pytest.raises(Unreadable):
        codec(FIRST).open(mine[:end] + theirs[end:], PLACE)


@pytest.mark.parametrize("way", ["seal", "enclose"])
def test_renewed_it_opens_with_the_new_key_alone(way):
    old = getattr(codec(FIRST), way)(b"text", PLACE)

    renewed = codec(f"{SECOND},{FIRST}").renewed(old, PLACE)

    assert codec(SECOND).open(renewed, PLACE) == b"text"
    assert renewed[:1] == old[:1]
    assert codec(f"{SECOND},{FIRST}").renewed(renewed, PLACE) is None
    with pytest.raises(Unreadable):
        codec(SECOND).renewed(old, PLACE)


def test_renewing_an_envelope_leaves_its_contents_as_they_are_sealed():
    old = codec(FIRST).enclose(b"text", PLACE)

    assert codec(f"{SECOND},{FIRST}").renewed(old, PLACE)[-20:] == old[-20:]


def test_renewing_seals_what_was_plain_and_nothing_without_keys():
    plain = codec().seal(b"text", PLACE)

    assert codec(FIRST).open_sealed(codec(FIRST).renewed(plain, PLACE), PLACE) == b"text"
    assert codec().renewed(plain, PLACE) is None


def test_what_must_be_sealed_does_not_open_when_it_is_plain():
    with pytest.raises(Unreadable):
        codec(FIRST).open_sealed(codec().seal(b"text", PLACE), PLACE)


# Keyed hashes


def test_a_hash_is_known_to_who_has_the_key_and_is_of_one_purpose():
    one = codec(FIRST).hashes("ana@acme.example", "email")

    assert one == codec(FIRST).hashes("ana@acme.example", "email")
    assert one != codec(SECOND).hashes("ana@acme.example", "email")
    assert one != codec(FIRST).hashes("ana@acme.example", "other")
    assert codec(f"{SECOND},{FIRST}").hashes("ana@acme.example", "email")[1:] == one
    assert "ana" not in one[0]
