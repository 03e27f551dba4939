"""One turn asks the store once for what each person has connected; the next turn asks again."""

from collections.abc import Mapping, Sequence

from bot.accounts.model import LinkedAccount, PersonAccounts
from bot.accounts.nobody import NoAccounts
from bot.accounts.remembered import RememberedAccounts
from bot.scheduling.model import Account
from tests.works import NOW

ANAS = LinkedAccount(
    id="a",
    server="https://cal",
    account=Account(id=1, username="ana", email="a@x", name="Ana"),
    connected_at=NOW,
)
ANA = PersonAccounts(team="T", person="ANA", accounts=(ANAS,))


class Counted(NoAccounts):
    """Ana has an account, and every question is counted."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Sequence[str]] = []

    async def of(self, team: str, person: str) -> PersonAccounts:
        self.asked.append([person])
        return ANA if person == "ANA" else PersonAccounts(team=team, person=person)

    async def several(self, team: str, people: Sequence[str]) -> Mapping[str, PersonAccounts]:
        self.asked.append(list(people))
        return {one: ANA for one in people if one == "ANA"}


async def test_each_person_is_asked_for_once_a_turn():
    counted = Counted()
    remembered = RememberedAccounts(counted)

    assert await remembered.of("T", "ANA") == ANA
    assert await remembered.several("T", ["ANA", "BEN"]) == {"ANA": ANA}
    assert await remembered.several("T", ["ANA", "BEN"]) == {"ANA": ANA}
    assert await remembered.of("T", "ANA") == ANA

    assert counted.asked == [["ANA"], ["BEN"]]


async def test_what_was_forgotten_is_asked_for_anew():
    counted = Counted()
    remembered = RememberedAccounts(counted)
    await remembered.of("T", "ANA")

    await remembered.forget("T", "ANA")
    await remembered.of("T", "ANA")

    assert counted.asked == [["ANA"], ["ANA"]]
