"""Keeps the house: who may import whom, each library's one home, no hidden clock, no write past its door.

docs/architecture.md shows the same table to people."""

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.rooms import EDGES, FETCHED, LIBRARIES, ONE_FILE, ROOMS, WRITES

ROOT = Path(__file__).parent.parent

Sources = Mapping[str, str]  # module -> its text


def sources(root: Path = ROOT) -> dict[str, str]:
    """Every module of ours."""
    found = {}
    for file in sorted([*root.glob("bot/**/*.py"), *root.glob("intents/**/*.py")]):
        parts = file.relative_to(root).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = file.read_text("utf-8")
    return found


def is_in(module: str, places: tuple[str, ...]) -> bool:
    return any(module == place or module.startswith(f"{place}.") for place in places)


def room_of(module: str) -> str | None:
    rooms = [room for room in ROOMS if is_in(module, (room,)) and (room != "bot" or module == "bot")]
    return max(rooms, key=len, default=None)


@cache
def parsed(text: str) -> tuple[ast.AST, ...]:
    """All parts of a module, the whole of it first."""
    return tuple(ast.walk(ast.parse(text)))


def imported(module: str, text: str, packages: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """Each (local name, full name) that a module imports, wherever it stands in it."""
    for node in parsed(text):
        if isinstance(node, ast.Import):
            for one in node.names:
                yield one.asname or one.name.partition(".")[0], one.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = module.split(".")[: None if module in packages else -1]
                above = above[: len(above) - node.level + 1]
                base = ".".join([*above, *([node.module] if node.module else [])])
            for one in node.names:
                yield one.asname or one.name, f"{base}.{one.name}"


def packages_of(texts: Sources) -> frozenset[str]:
    return frozenset(name.rpartition(".")[0] for name in texts)


def edges(texts: Sources) -> dict[str, set[str]]:
    """Module -> modules of ours that it imports."""
    packages = packages_of(texts)
    return {
        name: {found for _, full in imported(name, text, packages) if (found := owner(full, texts))}
        for name, text in texts.items()
    }


def owner(full: str, texts: Sources) -> str | None:
    """The module of ours that an imported name lies in."""
    while full and full not in texts:
        full = full.rpartition(".")[0]
    return full or None


def allowed(room: str, target: str) -> bool:
    own = () if room == "bot" else (room,)
    return is_in(target, (*own, *ROOMS[room]))


def wrong_imports(texts: Sources) -> list[str]:
    """Imports that the table does not allow."""
    wrong = []
    for name, targets in edges(texts).items():
        room = room_of(name)
        if room is None:
            wrong.append(f"{name} stands in no room")
            continue
        wrong += [f"{name} imports {target}" for target in sorted(targets) if not allowed(room, target)]
    return wrong


def wrong_skills(texts: Sources) -> list[str]:
    """Skills that import one another; `common` is theirs together, the package itself may name them all."""
    return [
        f"{name} imports {target}"
        for name, targets in edges(texts).items()
        if name.startswith("bot.skills.")
        for target in sorted(targets)
        if target.startswith("bot.skills") and not is_in(target, ("bot.skills.common", name))
    ]


def circles(texts: Sources) -> list[str]:
    """A circle of files, if there is one."""
    try:
        TopologicalSorter({name: targets - {name} for name, targets in edges(texts).items()}).prepare()
    except CycleError as error:
        return [" -> ".join(error.args[1])]
    return []


def wrong_libraries(texts: Sources) -> list[str]:
    """Libraries of others outside their home."""
    wrong, packages = [], packages_of(texts)
    for name, text in texts.items():
        tops = {full.partition(".")[0] for _, full in imported(name, text, packages)}
        for top in sorted(tops - sys.stdlib_module_names - {"bot", "intents"}):
            if not is_in(name, LIBRARIES.get(top, ())):
                wrong.append(f"{name} uses {top}")
    for library in ONE_FILE:
        users = [
            name
            for name, text in texts.items()
            if any(is_in(full, (library,)) for _, full in imported(name, text))
        ]
        wrong += [f"{library} is used by {', '.join(users)}"] if len(users) > 1 else []
    return wrong


def used(module: str, text: str, *, as_default: bool = True) -> Iterator[str]:
    """Full names of the imported things that a module's code touches; those in defaults, if asked for."""
    local = bound(module, text)
    nodes = parsed(text)
    left_out = (
        set() if as_default else {id(part) for default in defaults(nodes) for part in ast.walk(default)}
    )
    for node in nodes:
        if isinstance(node, ast.Name | ast.Attribute) and id(node) not in left_out:
            yield dotted(node, local) or ""


def defaults(nodes: Iterable[ast.AST]) -> Iterator[ast.expr]:
    """What parameters are when nobody hands anything in; a dataclass's fields are its parameters."""
    for node in nodes:
        if isinstance(node, ast.arguments):
            yield from (one for one in (*node.defaults, *node.kw_defaults) if one is not None)
        elif isinstance(node, ast.ClassDef):
            yield from (one.value for one in node.body if isinstance(one, ast.AnnAssign) and one.value)


def bound(module: str, text: str) -> dict[str, str]:
    """Local name -> what it stands for; `import os.path` binds `os`."""
    imports = [node for node in parsed(text) if isinstance(node, ast.Import)]
    plain = {one.name for node in imports for one in node.names if one.asname is None}
    return {name: name if full in plain else full for name, full in imported(module, text)}


def dotted(node: ast.expr, local: Mapping[str, str]) -> str | None:
    if isinstance(node, ast.Attribute):
        base = dotted(node.value, local)
        return f"{base}.{node.attr}" if base else None
    if isinstance(node, ast.Name):
        return local.get(node.id, "builtins.__import__" if node.id == "__import__" else None)
    return None


def wrong_fetching(texts: Sources) -> list[str]:
    """Clocks, chance and the environment read where they should be handed in."""
    return [
        f"{name} fetches {full}"
        for name, text in texts.items()
        for full in sorted(set(used(name, text, as_default=not is_in(name, EDGES))))
        for forbidden, homes in FETCHED.items()
        if is_in(full, forbidden) and not is_in(name, homes) and not full.endswith("compare_digest")
    ]


def held(module: str, text: str) -> Iterator[str]:
    """What a module imports or touches, even if only in an annotation."""
    yield from (full for _, full in imported(module, text))
    yield from used(module, text)


def wrong_writes(texts: Sources) -> list[str]:
    """Hands on the door of writes that do not belong there."""
    return [
        f"{name} holds {full}"
        for name, text in texts.items()
        for full in sorted(set(held(name, text)))
        if full in WRITES and not is_in(name, WRITES[full])
    ]


RULES = (wrong_imports, wrong_skills, circles, wrong_libraries, wrong_fetching, wrong_writes)


@pytest.mark.parametrize("rule", RULES)
def test_the_house_keeps_its_rules(rule):
    found = rule(sources())

    assert not found, "\n".join(found)


BREACHES = [
    (
        wrong_imports,
        {
            "bot.scheduling.model": "from bot.conversation import turns",
            "bot.conversation": "",
            "bot.conversation.turns": "",
        },
    ),
    (
        wrong_imports,
        {"bot.skills.book": "def f():\n    from bot.slack.app import build_app", "bot.slack.app": ""},
    ),
    (
        wrong_imports,
        {
            "bot.calcom.client": "import typing\nif typing.TYPE_CHECKING:\n    import bot.stores.keys",
            "bot.stores.keys": "",
        },
    ),
    (wrong_imports, {"bot.conversation.state": "from intents import understand", "intents": ""}),
    (wrong_imports, {"bot.slack.app": "from ..stores import keys", "bot.stores": "", "bot.stores.keys": ""}),
    (wrong_imports, {"bot.web": "from bot.wiring import run", "bot.wiring": ""}),
    (wrong_imports, {"bot.helpers": ""}),
    (wrong_skills, {"bot.skills.book": "from bot.skills.cancel import x", "bot.skills.cancel": ""}),
    (
        wrong_skills,
        {"bot.skills.common.when": "from bot.skills import book", "bot.skills": "", "bot.skills.book": ""},
    ),
    (
        circles,
        {"bot.slack.a": "import bot.slack.b", "bot.slack.b": "def f():\n    from bot.slack.a import g"},
    ),
    (circles, {"bot.slack": "from bot.slack.a import f", "bot.slack.a": "from bot.slack import g"}),
    (wrong_libraries, {"bot.skills.book": "import httpx"}),
    (wrong_libraries, {"bot.jobs.saq_queue": "from redis.asyncio import Redis"}),
    (wrong_libraries, {"bot.slack.app": "import requests"}),
    (
        wrong_libraries,
        {"intents.a": "import dateparser", "intents.b": "from dateparser.search import search_dates"},
    ),
    (wrong_fetching, {"intents.times": "from datetime import datetime as d\nd.now()"}),
    (wrong_fetching, {"bot.calcom.tokens": "from datetime import datetime\ndef f(): return datetime.now()"}),
    (wrong_fetching, {"bot.skills.book": "from time import time\ntime()"}),
    (wrong_fetching, {"bot.skills.book": "import datetime\nx = datetime.datetime.utcnow"}),
    (wrong_fetching, {"bot.jobs.embedded": "import time\ntime.time()"}),
    (wrong_fetching, {"bot.assistant": "from uuid import uuid4\nuuid4()"}),
    (wrong_fetching, {"bot.assistant": "from uuid import uuid4\ndef f(new_id=uuid4): ..."}),
    (wrong_fetching, {"bot.stores.inbox": "from uuid import uuid4\ndef f(n): uuid4()"}),
    (wrong_fetching, {"bot.slack.socket": "import os\nos.environ['X']"}),
    (wrong_fetching, {"bot.slack.app": "import random\nrandom.choice([])"}),
    (wrong_fetching, {"bot.web": "import importlib\nimportlib.import_module('bot.wiring')"}),
    (wrong_fetching, {"bot.web": "__import__('bot.wiring')"}),
    (wrong_writes, {"bot.skills.book": "from bot.scheduling.ports import Calendar"}),
    (wrong_writes, {"bot.skills.book": "from bot.scheduling import ports\ndef f(c: ports.Calendar): ..."}),
    (wrong_writes, {"bot.petitions": "from bot.scheduling.carrying import carry_out"}),
    (wrong_writes, {"bot.playground.page": "from bot.scheduling import carrying\ncarrying.carry_out"}),
]


@pytest.mark.parametrize(("rule", "texts"), BREACHES)
def test_each_rule_sees_its_breach(rule, texts):
    assert rule(texts) != []


LAWFUL = {
    "bot": "",
    "bot.scheduling.ports": "",
    "bot.scheduling.carrying": "",
    "bot.conversation": "",
    "bot.conversation.turns": "from bot.scheduling.ports import CalendarReader",
    "bot.skills": "from bot.skills import book",
    "bot.skills.common": "import time\ntime.monotonic()",
    "bot.skills.book": "from bot.scheduling.ports import CalendarReader\nfrom bot.skills.common import x",
    "bot.assistant": "from bot.approvals import f\nfrom bot.skills import book",
    "bot.approvals": "from bot.scheduling.carrying import carry_out",
    "bot.calcom.webhooks": "from datetime import datetime\ndatetime.fromisoformat('')",
    "bot.stores.inbox": "from secrets import token_hex\ndef f(*, new_id=token_hex): ...",
    "bot.wiring": "from datetime import datetime\nimport bot.assistant\ndatetime.now()",
    "bot.__main__": "import os\nfrom bot.wiring import run\nos.environ",
}


@pytest.mark.parametrize("rule", RULES)
def test_no_rule_sees_a_breach_where_there_is_none(rule):
    assert rule(LAWFUL) == []


def test_the_plan_for_people_names_every_room():
    plan = (ROOT / "docs" / "architecture.md").read_text("utf-8")

    missing = [room for room in ROOMS if f"`{room.removeprefix('bot.')}`" not in plan and room != "bot"]

    assert missing == []
