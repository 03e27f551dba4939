"""Connections to try the stores with."""

from datetime import UTC, datetime

from pydantic import SecretStr

from bot.accounts.model import Installation, LinkedAccount, PersonAccounts
from bot.scheduling.model import Account

NOW = datetime(2026, 7, 14, 7, 0, tzinfo=UTC)
JWT = "eyJhbGciOiJIUzI1NiJ9."


def linked(
    account_id="a1", *, number=7, email="ana@acme.example", key=None, access="access", refresh="refresh"
):
    """An account of somebody's: by OAuth, or with a key."""
    secrets = {"key": SecretStr(key)} if key else {"access": SecretStr(access), "refresh": SecretStr(refresh)}
    return LinkedAccount(
        id=account_id,
        server="https://api.cal.com/v2",
        account=Account(id=number, username=f"u{number}", email=email, name="Ana"),
        connected_at=NOW,
        **secrets,
    )


def connected(team="T1", person="U1", *accounts):
    """What this person has connected: one account, unless more are given."""
    return PersonAccounts(team=team, person=person, accounts=accounts or (linked(),))


def installed(team="T1", enterprise=None, token="xoxb-of-the-bot"):
    """The bot in a workspace; without one, in an organisation."""
    return Installation(
        team=team,
        enterprise=enterprise,
        is_org=team is None,
        bot_user="UBOT",
        bot_token=SecretStr(token),
        refresh=SecretStr("xoxe-1-refresh"),
        installed_at=NOW,
    )
