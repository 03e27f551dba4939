"""The page on which a person lets an app in: plain HTML without scripts, for both small servers."""

import secrets
from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:30rem;margin:12vh auto;padding:0 1.2rem}
h1{font-size:1.4rem;margin:0 0 .4rem}
label{display:block;margin:1rem 0 .3rem;font-weight:600}
select{font:inherit;width:100%;padding:.5rem}
ul{padding-left:1.2rem}
button{font:inherit;padding:.55rem 1.4rem;margin:1.4rem .6rem 0 0;border-radius:6px;border:1px solid}
button[value=allow]{background:#1f5c56;border-color:#1f5c56;color:#fff}
small{opacity:.8}
"""
BUTTONS = (
    '<button name="decision" value="allow">Allow</button>'
    '<button name="decision" value="refuse">Cancel</button>'
)
META = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'


class Choice(NamedTuple):
    """Something to choose before saying yes: its field's name, its label, and values with their words.

    `likely`: the value to begin with.
    """

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    likely: str = ""


def consent(
    title: str, words: str, *, wants: Sequence[str], choices: Sequence[Choice], asked: Mapping[str, str]
) -> Response:
    """Ask. The form is posted to the same address with `decision`, the choices, and what was `asked`."""
    hidden = "".join(
        f'<input type="hidden" name="{escape(k)}" value="{escape(v)}">' for k, v in asked.items()
    )
    listed = "".join(f"<li>{escape(one)}</li>" for one in wants)
    chosen = "".join(map(_choice, choices))
    form = f'<form method="post" action="?">{hidden}{chosen}{BUTTONS}</form>'
    small = "<p><small>This page belongs to the playground's invented world.</small></p>"
    return _page(title, f"<p>{escape(words)}</p><ul>{listed}</ul>{form}{small}", 200)


def viewer_of(request: Request) -> str:
    """Who looks at the playground in this browser: its page says so in a cookie."""
    return request.cookies.get("playground_viewer", "")


def refused(title: str, words: str) -> Response:
    """Say that nothing can be allowed here, and why."""
    return _page(title, f"<p>{escape(words)}</p>", 400)


def _choice(one: Choice) -> str:
    options = "".join(
        f'<option value="{escape(value)}"{" selected" * (value == one.likely)}>{escape(said)}</option>'
        for value, said in one.options
    )
    name = escape(one.name)
    return (
        f'<label for="{name}">{escape(one.label)}</label><select id="{name}" name="{name}">{options}</select>'
    )


def _page(title: str, body: str, status: int) -> Response:
    nonce = secrets.token_urlsafe(12)
    head = f"{META}<title>{escape(title)}</title>"
    style = f'<style nonce="{nonce}">{STYLE}</style>'
    html = f'<!doctype html><html lang="en">{head}{style}<h1>{escape(title)}</h1>{body}</html>'
    rules = f"default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none'; frame-ancestors 'none'"
    headers = {
        "content-security-policy": rules,
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
    }
    return HTMLResponse(html, status, headers)
