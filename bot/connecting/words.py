"""What is asked and said in Slack about an account that is about to be connected."""

from bot.accounts.model import LinkedAccount
from bot.connecting.offers import host_of
from bot.conversation.replies import Button, Phrase, say
from bot.conversation.turns import AtCounter
from bot.scheduling.model import Person


def whose(account: LinkedAccount, person: Person) -> tuple[Phrase, ...]:
    """Whose account it is; and plainly, where that is not the person's own address."""
    email, server = account.account.email, host_of(account.server)
    line = say("connect.found", email=email, name=account.account.name, server=server)
    if person.email and person.email.casefold() == email.casefold():
        return (line,)
    return line, say("connect.differs", email=email, own=person.email or "?")


def to_confirm(
    account: LinkedAccount, person: Person, name: str
) -> tuple[tuple[Phrase, ...], tuple[Button, ...]]:
    """The question, and what to press. `name`: of the note that the answer takes."""
    yes = AtCounter(form="connect.confirm", about=name)
    no = AtCounter(form="connect.drop", about=name)
    lines = (*whose(account, person), say("connect.sure"))
    return lines, (
        Button(label=say("connect.confirm"), choice=yes, style="primary"),
        Button(label=say("connect.drop"), choice=no),
    )


def connected(account: LinkedAccount, *, goes_on: bool) -> tuple[Phrase, ...]:
    """It is done."""
    line = say("connect.done", email=account.account.email, server=host_of(account.server))
    return (line, say("connect.going_on")) if goes_on else (line,)
