"""Every way in which a calendar can fail has words for people, and ids for operators."""

from datetime import timedelta

import pytest

from bot.conversation.proposals import Proposal
from bot.conversation.wording import phrases
from bot.excuses import EXCUSES
from bot.outcomes import SAYS, failed
from bot.scheduling import errors
from bot.scheduling.commands import CancelBooking, Command, CreateBooking, RescheduleBooking
from bot.scheduling.errors import (
    CalendarError,
    CalendarUnavailable,
    NotBookable,
    NotSupported,
    NotWritten,
    OutcomeUnknown,
)
from bot.scheduling.model import Attendee, Slot
from tests.core.flows import AFTERNOON
from tests.core.house import House
from tests.core.test_unknown import asked, failing, staffed

KINDS = [
    one
    for one in vars(errors).values()
    if isinstance(one, type) and issubclass(one, CalendarError) and one is not CalendarError
]
LOOKED_FOR = (OutcomeUnknown, NotWritten)  # said otherwise, after a look
REFUSALS = [one for one in KINDS if one not in LOOKED_FOR]
BEN = Attendee(email="ben@acme.example")
COMMANDS: list[Command] = [
    CreateBooking(request_id="r", event_type_id=1, start=AFTERNOON, attendee=BEN),
    RescheduleBooking(request_id="r", uid="u", start=AFTERNOON),
    CancelBooking(request_id="r", uid="u", reason="none"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.kind)
@pytest.mark.parametrize("kind", REFUSALS)
def test_why_nothing_was_written_has_words_of_its_own(kind: type[CalendarError], command: Command) -> None:
    slot = Slot(start=AFTERNOON, end=AFTERNOON + timedelta(minutes=30))

    said = failed(kind(), Proposal(id="p", command=command, slot=slot))

    assert kind in SAYS
    assert said.key in phrases("en")


def excuse_for(kind: type[CalendarError]) -> str:
    return next(words for one, words in EXCUSES.items() if issubclass(kind, one))


@pytest.mark.parametrize("kind", KINDS)
def test_why_nothing_could_be_looked_up_has_words(kind: type[CalendarError]) -> None:
    assert excuse_for(kind) in phrases("en")


def test_only_what_may_pass_is_said_to_be_worth_another_try() -> None:
    passing = {kind for kind in KINDS if excuse_for(kind) == "trouble.calendar"}

    assert passing == {CalendarUnavailable, errors.BookingBusy, OutcomeUnknown, NotWritten, errors.SlotTaken}


@pytest.mark.parametrize(
    "error", [NotBookable("booking_limit_reached"), NotSupported("no_such_endpoint")], ids=str
)
async def test_the_operators_line_has_the_code_and_the_requests_id(
    error: CalendarError, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    error.request_id = "b0dd-46fc"
    await asked(house)
    staffed(house, create_booking=failing(error))

    await house.press("Book")
    await house.work()

    line = next(one.getMessage() for one in caplog.records if "not written" in one.getMessage())
    assert f"{type(error).__name__}({error}) request_id=b0dd-46fc" in line
    assert not any(str(error) in text or "b0dd" in text for text in house.texts())


async def test_what_cannot_be_looked_up_is_told_in_words_and_logged_with_ids(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    error = NotSupported("no_such_endpoint")
    error.request_id = "b0dd-46fc"
    staffed(house, open_slots=failing(error), event_types=failing(error))

    await asked(house)

    assert house.texts()[-1] == "The Cal.com I work with cannot do that."
    assert "calendar trouble: NotSupported(no_such_endpoint) request_id=b0dd-46fc" in caplog.text


async def test_an_outcome_that_nobody_knows_is_logged_with_ids_as_well(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    error = OutcomeUnknown("server_error_502")
    error.request_id = "b0dd-46fc"
    await asked(house)
    lost = failing(error)
    staffed(house, create_booking=lost, find_by_request_id=failing(CalendarUnavailable("not_reached")))

    await house.press("Book")
    await house.work()

    assert "outcome unknown" in caplog.text
    assert "b0dd" not in house.texts()[-1]
