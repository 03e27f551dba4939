"""What a line of a card says of people elsewhere."""

from bot.conversation.replies import Phrase
from bot.scheduling.model import Person
from bot.skills.common.cards import as_people, elsewhere
from bot.slack.text import Reader, label
from tests.skills.calendars import BERLIN, person, slot

CHIKA, BEN = person("Chika", "Asia/Tokyo"), person("Ben", "America/New_York")


def said(start: str, *people: Person, zone: str = BERLIN) -> str | None:
    local = elsewhere(slot(start, zone=zone), people, zone)
    return label(local, Reader(zone=zone)) if isinstance(local, Phrase) else None


def test_the_time_of_day_where_the_date_is_the_same() -> None:
    assert said("07-15 16:00", BEN, CHIKA) == "10:00 EDT for @UBEN, 23:00 JST for @UCHIKA"


def test_people_with_the_same_clock_share_a_time() -> None:
    people = (BEN, CHIKA, person("Nia", "America/Toronto"))

    assert said("07-15 16:00", *people) == "10:00 EDT for @UBEN, @UNIA, 23:00 JST for @UCHIKA"


def test_the_day_too_where_it_is_another_one() -> None:
    assert said("07-15 17:30", CHIKA) == "Thu 16 Jul, 00:30 JST for @UCHIKA"
    assert said("07-16 00:30", BEN, zone="Asia/Tokyo") == "Wed 15 Jul, 11:30 EDT for @UBEN"


def test_nothing_for_people_with_the_same_clock() -> None:
    assert said("07-15 10:00", person("Eva"), person("Pia", "Europe/Paris")) is None


def test_somebody_who_is_not_to_be_called_is_named() -> None:
    host = Person(id="", name="Ana Weber", zone=BERLIN)

    assert as_people((host, BEN)).names == ("Ana Weber",)
    assert as_people((host, BEN)).ids == ("UBEN",)
