"""The manifest passes Slack's own schema and asks for no more than is used."""

import json
from pathlib import Path

import jsonschema
import pytest

from bot.__main__ import main
from bot.manifest import EVENTS, OPTIONAL_SCOPES, REDIRECT_PATH, SCOPES, manifest
from bot.slack import leaving, oauth

SCHEMA = json.loads((Path(__file__).parent.parent / "samples/slack/manifest.schema.2.0.0.json").read_text())

# docs.slack.dev: what an event needs before Slack sends it.
EVENT_NEEDS = {
    "agent_session_stopped": None,
    "app_home_opened": None,
    "app_uninstalled": None,
    "tokens_revoked": None,
    "app_mention": "app_mentions:read",
    "link_shared": "links:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
}


def printed(capsys, *words):
    assert main(["manifest", *words]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    "words",
    [
        ["--url", "https://meet.example.com"],
        ["--url", "https://example.com/slotwise/", "--command", "/book", "--name", "Büro-Termine"],
        ["--url", "https://meet.example.com", "--several"],
        ["--socket"],
    ],
)
def test_what_is_printed_passes_slacks_schema(capsys, words):
    jsonschema.Draft7Validator(SCHEMA).validate(printed(capsys, *words))


def test_the_schema_can_refuse():
    wrong = manifest(url="https://x.example") | {"unknown": 1}

    assert list(jsonschema.Draft7Validator(SCHEMA).iter_errors(wrong)) != []


def test_everything_of_slack_goes_to_one_address(capsys):
    made = printed(capsys, "--url", "https://meet.example.com/", "--command", "book")

    urls = {
        made["settings"]["event_subscriptions"]["request_url"],
        made["settings"]["interactivity"]["request_url"],
        made["settings"]["interactivity"]["message_menu_options_url"],
        made["features"]["slash_commands"][0]["url"],
    }
    assert urls == {"https://meet.example.com/slack/events"}
    assert made["features"]["slash_commands"][0]["command"] == "/book"
    assert made["settings"]["socket_mode_enabled"] is False


def test_socket_mode_needs_no_address(capsys):
    made = printed(capsys, "--socket")

    assert "http" not in json.dumps(made)
    assert made["settings"]["socket_mode_enabled"] is True


def test_the_address_may_come_from_the_environment(capsys, monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "https://meet.example.com")

    made = printed(capsys)

    assert made["settings"]["interactivity"]["request_url"] == "https://meet.example.com/slack/events"


@pytest.mark.parametrize(
    "words", [[], ["--url", "meet.example.com"], ["--url", "https://a b"], ["--url", "http://x"]]
)
def test_an_unusable_address_is_said_in_words(capsys, monkeypatch, words):
    monkeypatch.delenv("PUBLIC_URL", raising=False)

    assert main(["manifest", *words]) == 2

    assert "--url" in capsys.readouterr().err


def test_history_of_channels_can_be_refused():
    assert [scope for scope in SCOPES if scope.endswith(":history")] == ["im:history"]
    links = {"links:read", "links:write"}
    assert set(OPTIONAL_SCOPES) == {"channels:history", "groups:history", "mpim:history"} | links


def test_every_event_has_its_scope():
    assert {EVENT_NEEDS[event] for event in EVENTS} <= {*SCOPES, *OPTIONAL_SCOPES, None}


def test_an_app_for_several_workspaces_is_installed_by_link(capsys):
    one = printed(capsys, "--url", "https://meet.example.com/")
    several = printed(capsys, "--url", "https://meet.example.com/", "--several")

    assert "redirect_urls" not in one["oauth_config"]
    assert several["oauth_config"]["redirect_urls"] == ["https://meet.example.com/slack/oauth_redirect"]
    switches = ("org_deploy_enabled", "token_rotation_enabled")
    assert [one["settings"][name] for name in switches] == [False, False]
    assert [several["settings"][name] for name in switches] == [True, True]


def test_an_app_for_several_workspaces_needs_an_address(capsys):
    assert main(["manifest", "--several", "--socket"]) == 2
    assert "--several" in capsys.readouterr().err


def test_the_bot_hears_that_it_was_taken_out():
    assert {"app_uninstalled", "tokens_revoked", "app_home_opened"} <= set(EVENTS)


def test_what_the_manifest_says_is_what_the_bot_serves():
    assert REDIRECT_PATH == oauth.REDIRECT_PATH
    assert set(leaving.LEAVING) <= set(EVENTS)
