"""Turns what a person types into what Slack sends: mentions, links, and `& < >` escaped."""

import re
from collections.abc import Mapping

from bot.playground.world import World

_CODE = r"<(?:@[UWB]\w+|\#C\w+|!subteam\^S\w+)(?:\|[^<>|]*)?>"
_URL = r"https?://[^\s<>|]*[^\s<>|.,;:!?)\]'\"]"
_EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_EVERYONE = {"@channel": "<!channel>", "@here": "<!here>", "@everyone": "<!everyone>"}


def escaped(text: str) -> str:
    """Escape the three characters that Slack escapes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def names_of(world: World, groups: Mapping[str, str]) -> dict[str, str]:
    """What can be typed after an `@`, in lower case, with the code it becomes. `groups`: handle to id."""
    people = {name.lower(): f"<@{one.id}>" for one in world.person for name in (one.handle, one.name)}
    teams = {handle.lower(): f"<!subteam^{group}>" for handle, group in groups.items()}
    mentions = people | teams | {world.bot.name.lower(): f"<@{world.bot.user}>"}
    return {f"@{name}": code for name, code in mentions.items()} | _EVERYONE


def as_message(typed: str, names: Mapping[str, str]) -> str:
    """A message's text. `<@U…>`, `<#C…>`, `<!subteam^S…>` pass as they are, for tests' sake."""
    return _read(typed, names, links=True)


def as_command(typed: str, names: Mapping[str, str], handles: Mapping[str, str]) -> str:
    """A slash command's text with `should_escape` on: mentions are `<@U…|handle>`, addresses stay plain."""
    text = _read(typed, names, links=False)
    return re.sub(r"<@(\w+)>", lambda found: f"<@{found[1]}|{handles.get(found[1], found[1].lower())}>", text)


def _read(typed: str, names: Mapping[str, str], *, links: bool) -> str:
    pattern = _pattern(names)
    parts, at = [], 0
    for found in pattern.finditer(typed):
        parts += [escaped(typed[at : found.start()]), _code(found, names, links)]
        at = found.end()
    return "".join((*parts, escaped(typed[at:])))


def _pattern(names: Mapping[str, str]) -> re.Pattern[str]:
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    mention = rf"(?<!\w)(?:{longest_first})(?!\w)"
    return re.compile(
        rf"(?P<code>{_CODE})|(?P<url>{_URL})|(?P<email>{_EMAIL})|(?P<mention>{mention})", re.IGNORECASE
    )


def _code(found: re.Match[str], names: Mapping[str, str], links: bool) -> str:
    whole = found[0]
    if found["mention"]:
        return names[whole.lower()]
    if found["code"]:
        return whole
    if not links:
        return escaped(whole)
    return f"<{escaped(whole)}>" if found["url"] else f"<mailto:{whole}|{whole}>"
