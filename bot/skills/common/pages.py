"""Booking pages that are named by their links: whose it is, and at which server. Pure."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from bot.scheduling.model import EventType, Value
from intents.frames import Mention

HOSTED = "cal.com"
OWN_PLACES = frozenset({"www", "app", "i"})  # of the hosted service, before its name
NOBODYS = frozenset({"d", "org", "team", "docs", "api", "apps", "auth", "booking", "video", "signup"})


class Page(Value):
    """A page at Cal.com. `site`: the server's name; `slug`: of one kind of meeting."""

    link: str
    site: str
    username: str = ""
    organization: str = ""
    slug: str = ""

    @property
    def is_somebodys(self) -> bool:
        """Whether it is a person's."""
        return bool(self.username) and self.username not in NOBODYS


def page_of(who: Iterable[Mention]) -> Page | None:
    """The first page that was named."""
    return next((read_page(one.value) for one in who if one.kind == "link"), None)


def read_page(link: str) -> Page:
    """What a link says: "cal.com/ana/intro", "acme.cal.com/ana"."""
    parts = urlsplit(f"//{link}")
    names = [one for one in parts.path.split("/") if one]
    site, organization = _site(parts.netloc)
    username, slug = (*names, "", "")[:2]
    return Page(link=link, site=site, organization=organization, username=username, slug=slug)


def is_at_server_of(page: Page, kinds: Iterable[EventType]) -> bool:
    """Whether these kinds of meetings have their pages at the same server."""
    return any(_site(urlsplit(one.url).netloc)[0] == page.site for one in kinds)


def with_page(page: Page, kinds: Iterable[EventType]) -> EventType | None:
    """The one of these whose page it is."""
    return next((one for one in kinds if one.url and _plain(one.url) == page.link), None)


def _plain(url: str) -> str:
    parts = urlsplit(url.lower())
    return f"{parts.netloc}{parts.path}".rstrip("/")


def _site(host: str) -> tuple[str, str]:
    """The server's name, and an organization of the hosted service that stands before it."""
    host = host.lower()
    if host != HOSTED and not host.endswith(f".{HOSTED}"):
        return host, ""
    before = host.removesuffix(HOSTED).rstrip(".")
    return HOSTED, "" if before in OWN_PLACES else before
