"""A browser in a talk: a button's link is followed, to the page on which one says yes or no, and back."""

from html.parser import HTMLParser

import httpx


class Visitor:
    """Each person has a browser of their own, with its cookies. `seen`: the words of their last page."""

    def __init__(self) -> None:
        self.seen: dict[str, str] = {}
        self.browsers: dict[str, httpx.AsyncClient] = {}

    async def follow(self, person: str, url: str, decision: str, account: str) -> bool:
        """Go where the link leads; on a page that asks, decide, as this account. Whether it asked.

        Raises httpx.HTTPError.
        """
        browser = self.browsers.setdefault(person, httpx.AsyncClient(follow_redirects=True, trust_env=False))
        answer = await browser.get(url)
        page = Page(answer.text)
        asks = page.asks
        if asks:
            form = page.hidden | {"decision": decision, "account": account}
            page = Page((await browser.post(str(answer.url), data=form)).text)
        self.seen[person] = page.words
        return asks

    async def close(self) -> None:
        """Close the browsers."""
        for one in self.browsers.values():
            await one.aclose()
        self.browsers.clear()


class Page(HTMLParser):
    """What matters of a page: its words, its hidden fields, and whether it asks for a decision."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.asks = False
        self._texts: list[str] = []
        self._silent = 0  # how deep in what is not read out
        self.feed(html)

    @property
    def words(self) -> str:
        """What stands on it."""
        return " ".join(self._texts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Part of the parser's contract."""
        given = dict(attrs)
        self._silent += tag in ("style", "script")
        self.asks |= tag == "button" and given.get("name") == "decision"
        if tag == "input" and given.get("type") == "hidden":
            self.hidden[given.get("name") or ""] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        """Part of the parser's contract."""
        self._silent -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        """Part of the parser's contract."""
        if not self._silent and data.strip():
            self._texts.append(" ".join(data.split()))
