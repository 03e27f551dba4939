"""What the page learns from the bot's manifest."""

import pytest
from pydantic import ValidationError

from bot.manifest import manifest
from bot.playground.features import AppFeatures, Shortcut, features_of


def test_our_own_manifest_says_what_the_page_offers():
    told = manifest(url="https://bot.example", command="/plan")

    features = features_of(told)

    assert [one.command for one in features.commands] == ["/plan"]
    assert features.commands[0].usage_hint
    assert features.description == told["display_information"]["description"]
    assert all(one.title and one.message for one in features.prompts)
    assert features.prompts
    assert features.home == told["features"]["app_home"]["home_tab_enabled"]


def test_shortcuts_and_the_home_tab_are_read_where_there_are_some():
    one = {"type": "message", "callback_id": "book", "name": "Book", "description": "Book it"}

    features = features_of({"features": {"shortcuts": [one], "app_home": {"home_tab_enabled": True}}})

    assert features.shortcuts == (Shortcut(**one),)
    assert features.home


def test_a_manifest_without_features_promises_nothing():
    assert features_of({}) == AppFeatures()


def test_what_slack_would_not_take_is_not_taken():
    with pytest.raises(ValidationError):
        features_of({"features": {"shortcuts": [{"type": "elsewhere", "callback_id": "x", "name": "X"}]}})
