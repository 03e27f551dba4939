"""Kinds of access: what each sends, what it says of itself, and when a token is renewed."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot.calcom.access.kinds import Access, ApiKey, PlatformClient
from bot.calcom.access.tokens import KeptInMemory, TokenAccess, TokenPair
from bot.calcom.models import read_nothing
from bot.calcom.server import Server
from bot.calcom.transport.client import CalcomClient
from bot.calcom.transport.line import Line
from bot.calcom.transport.pace import Pace
from bot.scheduling.errors import CalendarError, CalendarUnavailable, NotAllowed, NotBookable, ReconnectNeeded
from tests.calcom.means import Naps
from tests.contracts.calcom.recorded import exchange, session

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
EXPIRED = {
    "status": "error",
    "error": {"code": "TokenExpiredException", "message": "ACCESS_TOKEN_IS_EXPIRED"},
}
INVALID = exchange("auth-bearer-without-cal-prefix").answer


class Cal:
    """A server that knows one token. `answer`: what it says to others."""

    def __init__(self, good: str, status: int = 401, answer: object = INVALID) -> None:
        self.good = good
        self.refusal = httpx.Response(status, json=answer)
        self.requests: list[httpx.Request] = []

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0)
        self.requests.append(request)
        if request.headers.get("authorization") == f"Bearer {self.good}":
            return httpx.Response(200, json={"status": "success", "data": {}})
        return self.refusal


class Office:
    """Gives out new pairs: a1, a2, …; counts them."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.used: list[str] = []

    async def __call__(self, pair: TokenPair) -> TokenPair:
        self.used.append(pair.refresh)
        await asyncio.sleep(0)
        if self.errors:
            raise self.errors.pop(0)
        number = int(pair.access[1:]) + 1
        return TokenPair(f"a{number}", f"r{number}", NOW + timedelta(minutes=30))


def pair(minutes: float | None = 30) -> TokenPair:
    """The first pair, which ends in so many minutes; None: nobody said when."""
    return TokenPair("a0", "r0", None if minutes is None else NOW + timedelta(minutes=minutes))


def tokens(office: Office, first: TokenPair, keeper: KeptInMemory | None = None) -> TokenAccess:
    return TokenAccess(keeper or KeptInMemory("ada", first), office, lambda: NOW)


def client(cal: Cal, access: Access) -> CalcomClient:
    http = httpx.AsyncClient(transport=httpx.MockTransport(cal))
    line = Line(http, Server("http://cal", "self_hosted"), Pace(tries=1, sleep=Naps()))
    return CalcomClient(line, access)


@pytest.mark.parametrize(
    ("access", "headers"),
    [
        (ApiKey("cal_secret"), {"Authorization": "Bearer cal_secret"}),
        (PlatformClient("id", "hush"), {"x-cal-client-id": "id", "x-cal-secret-key": "hush"}),
        (tokens(Office(), pair()), {"Authorization": "Bearer a0"}),
    ],
    ids=["key", "platform", "token"],
)
async def test_each_kind_sends_its_own_and_shows_it_nowhere_else(access, headers):
    assert await access.headers() == headers
    assert not [one for one in headers.values() if one in f"{access!r}{access.credential}{pair()!r}"]


async def test_credentials_have_a_name_of_their_own_each():
    names = {ApiKey("a").credential, ApiKey("b").credential, PlatformClient("a", "b").credential}

    assert len(names) == 3
    assert ApiKey("a").credential == ApiKey("a").credential


@pytest.mark.parametrize("access", [ApiKey("x"), PlatformClient("x", "y")], ids=["key", "platform"])
@pytest.mark.parametrize(("status", "answer"), [(401, INVALID), (498, EXPIRED)])
async def test_what_nobody_can_renew_is_refused_after_one_request(access, status, answer):
    cal = Cal("good", status, answer)

    with pytest.raises(NotAllowed):
        await client(cal, access).read("/me", read_nothing)

    assert len(cal.requests) == 1


@pytest.mark.parametrize(("status", "answer"), [(401, INVALID), (498, EXPIRED)])
async def test_a_refused_token_is_renewed_and_the_request_sent_again(status, answer):
    cal, office = Cal("a1", status, answer), Office()
    access = tokens(office, pair(None))

    await client(cal, access).read("/me", read_nothing)

    assert [one.headers["authorization"] for one in cal.requests] == ["Bearer a0", "Bearer a1"]
    assert office.used == ["r0"]


async def test_a_write_that_was_refused_is_sent_again_with_the_new_token():
    cal, office = Cal("a1"), Office()

    await client(cal, tokens(office, pair())).write("POST", "/bookings", read_nothing)

    assert len(cal.requests) == 2


async def test_a_token_refused_again_right_away_is_not_renewed_for_ever():
    cal, office = Cal("another"), Office()

    with pytest.raises(NotAllowed):
        await client(cal, tokens(office, pair())).read("/me", read_nothing)

    assert len(cal.requests) == 2
    assert office.used == ["r0"]


async def test_a_booking_limit_is_no_bad_key_and_renews_nothing():
    limit = exchange("bookings-create-limit-reached")
    cal, office = Cal("good", limit.status, limit.answer), Office()

    with pytest.raises(NotBookable):
        await client(cal, tokens(office, pair())).write("POST", "/bookings", read_nothing)

    assert office.used == []
    assert len(cal.requests) == 1


RECORDED = [one for one in session() if one.status == 401]


@pytest.mark.parametrize("one", RECORDED, ids=str)
async def test_only_a_refusal_of_the_credential_itself_renews_it(one):
    office = Office()

    with pytest.raises(CalendarError):
        await client(Cal("good", 401, one.answer), tokens(office, pair())).write(
            "POST", "/bookings", read_nothing
        )

    assert bool(office.used) == (
        one.name.startswith("auth-") or one.name == "bookings-create-with-invalid-key"
    )


@pytest.mark.parametrize(("left", "renewed"), [(30, []), (2, []), (0.5, ["r0"]), (-5, ["r0"]), (None, [])])
async def test_a_token_is_renewed_shortly_before_its_end(left, renewed):
    office = Office()

    await tokens(office, pair(left)).headers()

    assert office.used == renewed


async def test_many_who_need_a_new_token_at_once_fetch_one_pair():
    cal, office = Cal("a1"), Office()
    reader = client(cal, tokens(office, pair()))

    await asyncio.gather(*(reader.read("/me", read_nothing) for _ in range(50)))

    assert office.used == ["r0"]


async def test_two_who_share_the_keeper_but_not_the_process_fetch_one_pair():
    office, keeper = Office(), KeptInMemory("ada", pair(-1))
    one, other = tokens(office, pair(), keeper), tokens(office, pair(), keeper)

    sent = await asyncio.gather(one.headers(), other.headers())

    assert office.used == ["r0"]
    assert sent[0] == sent[1] == {"Authorization": "Bearer a1"}


async def test_the_new_pair_is_kept_though_whoever_needed_it_has_left():
    office, keeper = Office(), KeptInMemory("ada", pair(-1))
    asking = asyncio.create_task(tokens(office, pair(), keeper).headers())
    while not office.used:  # noqa: ASYNC110 - until it is on its way
        await asyncio.sleep(0)

    asking.cancel()
    while (await keeper.current()).access == "a0":  # noqa: ASYNC110 - until it is there
        await asyncio.sleep(0)

    assert (await keeper.current()).refresh == "r1"


async def test_a_pair_that_another_process_fetched_in_spite_of_the_lock_is_taken():
    keeper = KeptInMemory("ada", pair(-1))

    async def too_late(_: TokenPair) -> TokenPair:
        await keeper.keep(TokenPair("a9", "r9"))
        raise ReconnectNeeded("invalid_grant")

    assert await TokenAccess(keeper, too_late, lambda: NOW).headers() == {"Authorization": "Bearer a9"}


async def test_a_token_that_still_works_is_sent_when_the_next_cannot_be_had_just_now():
    office = Office(CalendarUnavailable("x"), CalendarUnavailable("x"))

    assert await tokens(office, pair(0.5)).headers() == {"Authorization": "Bearer a0"}
    with pytest.raises(CalendarUnavailable):
        await tokens(office, pair(-1)).headers()


async def test_whose_consent_has_ended_is_told_to_connect_again():
    cal, office = Cal("a1"), Office(ReconnectNeeded("invalid_grant"))

    with pytest.raises(ReconnectNeeded):
        await client(cal, tokens(office, pair())).read("/me", read_nothing)
