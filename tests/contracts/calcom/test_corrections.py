"""Holds recorded answers against Cal.com's own document, and its corrections to the recordings."""

import pytest

from tests.contracts.calcom.document import FILES, as_json_schema, corrections, document, violations
from tests.contracts.calcom.recorded import Exchange, exchange, session

OTHER_VERSIONS = ("no-version-header", "unknown-version", "version-2026-02-25")  # described nowhere
UNDESCRIBED = ("health", "timezones-list")
DESCRIBED = [
    one
    for one in session()
    if one.status < 300 and one.name not in UNDESCRIBED and not one.name.endswith(OTHER_VERSIONS)
]


@pytest.fixture(scope="module")
def corrected() -> dict:
    return as_json_schema(document())


@pytest.mark.parametrize("one", DESCRIBED, ids=str)
def test_a_recorded_answer_is_as_the_corrected_document_says(corrected: dict, one: Exchange):
    assert violations(corrected, one) == []


@pytest.mark.parametrize(
    "one", [one for one in corrections() if "recording" in one], ids=lambda one: one["where"]
)
def test_a_correction_is_needed(one: dict):
    assert violations(as_json_schema(document(without=one)), exchange(one["recording"]))


@pytest.mark.parametrize("one", corrections(), ids=lambda one: one["where"])
def test_a_correction_is_of_a_document(one: dict):
    assert any(document(profile) != document(profile, without=one) for profile in FILES)
