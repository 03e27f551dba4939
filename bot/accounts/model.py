"""What is known of connections: a workspace's installation, a person's calendars, a workspace's rules."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from bot.accounts.secrets import Secret
from bot.scheduling.model import Account, Hosts, Value

MOST_ACCOUNTS = 5  # that one person may have connected


class Installation(Value):
    """The bot in one workspace, or (`is_org`) in all of an organisation's. `refresh`: where tokens rotate."""

    team: str | None  # None: of a whole organisation
    enterprise: str | None = None
    is_org: bool = False
    app: str | None = None
    name: str = ""  # of the workspace
    bot_user: str
    bot: str | None = None
    bot_token: Secret
    scopes: tuple[str, ...] = ()
    refresh: Secret | None = None
    expires_at: datetime | None = None
    installed_by: str | None = None
    installed_at: datetime

    @property
    def place(self) -> str:
        """Under which all is kept that belongs to it: the workspace's id, or the organisation's."""
        return self.team or self.enterprise or ""


class LinkedAccount(Value):
    """One Cal.com account of a person's. Either `key`, or `access` and `refresh`."""

    id: str  # opaque, fresh with each connection
    server: str  # base URL of its API
    account: Account
    organization: int | None = None  # at Cal.com
    key: Secret | None = None
    access: Secret | None = None
    refresh: Secret | None = None
    expires_at: datetime | None = None
    connected_at: datetime
    ended: bool = False  # consent was taken back: only connecting again helps


class PersonAccounts(Value):
    """A person's calendars, the one that serves them first. `hosts`: who hosts where both could.

    `is_unreadable`: something is kept and does not open, for it is damaged or somebody else's. Connecting
    again mends that.
    """

    team: str
    person: str
    accounts: tuple[LinkedAccount, ...] = ()
    hosts: Hosts | None = None
    is_unreadable: bool = Field(default=False, exclude=True)

    @property
    def default(self) -> LinkedAccount | None:
        """The one that serves them."""
        return next(iter(self.accounts), None)

    def account(self, account_id: str) -> LinkedAccount | None:
        """The one of this id."""
        return next((one for one in self.accounts if one.id == account_id), None)

    def having(self, account: LinkedAccount) -> "PersonAccounts":
        """A copy with it: in its place, or as the new default. The same account at the same server is one."""
        if self.account(account.id):
            changed = tuple(account if one.id == account.id else one for one in self.accounts)
            return self.model_copy(update={"accounts": changed})
        others = tuple(one for one in self.accounts if not _same(one, account))
        return self.model_copy(update={"accounts": (account, *others)[:MOST_ACCOUNTS]})

    def without(self, account_id: str) -> "PersonAccounts":
        """A copy without it."""
        left = tuple(one for one in self.accounts if one.id != account_id)
        return self.model_copy(update={"accounts": left})

    def serving(self, account_id: str) -> "PersonAccounts":
        """A copy in which that one serves them."""
        first = tuple(one for one in self.accounts if one.id == account_id)
        others = tuple(one for one in self.accounts if one.id != account_id)
        return self.model_copy(update={"accounts": (*first, *others)})


def _same(one: LinkedAccount, other: LinkedAccount) -> bool:
    return one.server == other.server and one.account.id == other.account.id


class Rules(Value):
    """What a workspace's admins allow.

    `calendars`: everybody's is the `shared` one, each has their own, or their own where they have one and
    else the shared one. `guests`: what guests and people of other organisations may do; `channels`: where the
    bot answers (none: everywhere); `event_types`: slug by channel, where none was asked for; `posts`: the
    channel by slug, in which new meetings of that kind are told.
    """

    team: str
    calendars: Literal["either", "shared", "personal"] = "either"
    shared: LinkedAccount | None = None  # the workspace's own; else that of the settings, where there is one
    servers: tuple[str, ...] = ()  # of Cal.com's, beside that of the settings
    guests: Literal["nothing", "public"] = "nothing"
    channels: tuple[str, ...] = ()
    event_types: dict[str, str] = Field(default_factory=dict)
    posts: dict[str, str] = Field(default_factory=dict)
    retention_days: int = 7  # of threads
