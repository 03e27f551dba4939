"""A delivery goes to the workspace that receives it, not to the speaker's."""

from typing import Any

import pytest

from bot.slack.receiving import Receiver, receivers

EVENT = {"type": "event_callback", "event": {"type": "message"}}
PRESS = {"type": "block_actions", "user": {"id": "U1", "team_id": "T2"}, "team": {"id": "T2"}}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (EVENT | {"team_id": "T1"}, ("T1", None)),
        (
            EVENT | {"team_id": "T2", "authorizations": [{"team_id": "T1", "enterprise_id": None}]},
            ("T1", None),
        ),
        (
            EVENT | {"team_id": "T2", "authorizations": [{"team_id": "T1", "enterprise_id": "E1"}]},
            ("T1", "E1"),
        ),
        (
            EVENT
            | {
                "team_id": "T2",
                "context_team_id": "T1",
                "authorizations": [{"team_id": None, "enterprise_id": "E1", "is_enterprise_install": True}],
            },
            ("T1", "E1"),
        ),
        (EVENT | {"team_id": None, "enterprise_id": "E1"}, (None, "E1")),
        (EVENT | {"team_id": "E1"}, (None, "E1")),
        ({"command": "/meet", "team_id": "T1", "enterprise_id": "E1"}, ("T1", "E1")),
        ({"type": "view_submission", "team": {"id": "T1", "enterprise_id": "E1"}}, ("T1", "E1")),
        ({"type": "view_submission", "team": None, "enterprise": {"id": "E1"}}, (None, "E1")),
    ],
)
def test_whose_it_is(body: dict[str, Any], expected: tuple[str | None, str | None]) -> None:
    assert next(receivers(body)) == Receiver(*expected)


def test_a_strangers_press_on_a_card_of_ours_is_ours() -> None:
    press = PRESS | {"message": {"ts": "1.1", "team": "T1"}, "enterprise": {"id": "E2"}}

    assert list(receivers(press)) == [Receiver("T1"), Receiver("T2", "E2")]


def test_a_strangers_form_that_we_opened_is_ours() -> None:
    form = {"type": "view_submission", "view": {"app_installed_team_id": "T1"}, "team": {"id": "T2"}}

    assert next(receivers(form)) == Receiver("T1")


def test_our_workspace_never_comes_with_a_strangers_organisation() -> None:
    press = PRESS | {"message": {"team": "T1"}, "enterprise": {"id": "E2"}}
    told = EVENT | {"enterprise_id": "E2", "authorizations": [{"team_id": "T1", "enterprise_id": None}]}

    assert Receiver("T1", "E2") not in [*receivers(press), *receivers(told)]


@pytest.mark.parametrize(
    "body",
    [
        {},
        EVENT,
        EVENT | {"team_id": ["T1"]},
        EVENT | {"authorizations": "all", "team_id": {}},
        EVENT | {"authorizations": [None]},
        {"type": "block_actions", "team": 1, "user": [], "message": "x", "view": 2},
        {"command": "/meet", "team_id": "T1:x"},
    ],
)
def test_what_makes_no_sense_is_nobodys(body: dict[str, Any]) -> None:
    assert list(receivers(body)) == []
