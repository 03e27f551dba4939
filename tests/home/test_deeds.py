"""What somebody did lately is told in words, whatever stands in the audit log."""

from datetime import UTC, datetime
from typing import get_args

import pytest

from bot.accounts.model import Rules
from bot.conversation.auditing import AuditEntry, DeedStep, Step, deed
from bot.conversation.state import Plan
from bot.home.deeds import lately, line
from bot.scheduling.commands import Command
from bot.slack.text import Reader, mrkdwn

NOW = datetime(2026, 7, 14, 9, 0, tzinfo=UTC)
KINDS = [one.model_fields["kind"].default for one in get_args(get_args(Command)[0])]
PLANS = sorted({one.model_fields["kind"].default for one in get_args(get_args(Plan)[0])})


def written(step: str, write: str) -> AuditEntry:
    return AuditEntry(
        step=step,
        at=NOW,
        team="T1",
        person="UANA",
        write=write,
        proposal="p1",
        approved_by="1a2b3c4d",
        approved_at=NOW,
        reference="r",
        work="w",
    )


def did(step: str, **told: object):
    return deed(step, team="T1", person="UANA", at=NOW, **told)


@pytest.mark.parametrize("write", KINDS)
@pytest.mark.parametrize("step", get_args(Step))
def test_every_write_has_words_when_it_is_over(step: str, write: str) -> None:
    told = line(written(step, write))

    assert (told is None) == step.startswith("begun")
    assert told is None or mrkdwn(told, Reader())


@pytest.mark.parametrize("what", PLANS)
def test_every_plan_has_words(what: str) -> None:
    assert mrkdwn(line(did("asked", what=what, proposals=("p1",))), Reader())
    assert line(did("asked", what=what)) is None


@pytest.mark.parametrize("why", ["channel", "not_yours", "stale", "not_admin", "something new", None])
def test_every_refusal_has_words(why: str | None) -> None:
    assert mrkdwn(line(did("refused", why=why)), Reader())


@pytest.mark.parametrize("what", set(Rules.model_fields) - {"team"})
def test_every_rule_has_words(what: str) -> None:
    assert mrkdwn(line(did("setting", what=what)), Reader())


@pytest.mark.parametrize("step", get_args(DeedStep))
def test_no_deed_keeps_the_page_from_being_shown(step: str) -> None:
    told = line(did(step, what="of another version", why="of another version", proposals=("p1",)))

    assert told is None or mrkdwn(told, Reader())


def test_a_few_are_told_the_newest_first_and_those_that_only_lead_up_to_others_are_not_counted() -> None:
    entries = [one for _ in range(20) for one in (written("done", "create"), written("begun", "create"))]

    assert len(lately(entries)) == 8
