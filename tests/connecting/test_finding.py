"""People are known by the address of the account that they connected, too; nobody takes a colleague's."""

import pytest

from bot.accounts.finding import FindingDirectory
from bot.conversation.ports import StoreUnavailable
from bot.scheduling.errors import DirectoryUnavailable, UnknownPerson
from bot.scheduling.model import Person

ANA = Person(id="UANA", name="Ana", email="ana@acme.example")
BEN = Person(id="UBEN", name="Ben", email="ben@acme.example")


class Slack:
    """A directory of these two."""

    async def by_email(self, email):
        return {one.email: one for one in (ANA, BEN)}.get(email)

    async def person(self, person_id):
        found = {one.id: one for one in (ANA, BEN)}.get(person_id)
        if found is None:
            raise UnknownPerson(person_id)
        return found


class Connected:
    """`Accounts`: address -> who has connected it."""

    refusal = None

    def __init__(self, **who):
        self.who = {name.replace("_", "@"): one for name, one in who.items()}

    async def by_email(self, team, email):
        if email in self.who and self.who[email] is None:
            raise StoreUnavailable
        return self.who.get(email)


async def found(email, **who):
    person = await FindingDirectory(Slack(), Connected(**who), "T1").by_email(email)
    return person and person.id


async def test_an_account_of_another_address_is_its_owners():
    assert await found("ana@private", ana_private="UANA") == "UANA"
    assert await found("nobody@private", ana_private="UANA") is None


async def test_an_address_of_slack_is_whose_it_is_there():
    who = {"ana@acme.example": "UBEN"}
    accounts = Connected()
    accounts.who = who

    person = await FindingDirectory(Slack(), accounts, "T1").by_email("ana@acme.example")
    assert person == ANA


async def test_somebody_who_is_gone_is_nobody():
    assert await found("old@private", old_private="UOLD") is None


async def test_where_nobody_can_look_that_is_said():
    with pytest.raises(DirectoryUnavailable):
        await found("ana@private", ana_private=None)
