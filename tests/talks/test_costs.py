"""What README says that a task costs is what its talk takes, and each talk that counts stands there."""

import re
from pathlib import Path

from tests.talks.staging import talks

README = Path(__file__).parents[2] / "README.md"
ROW = re.compile(r"^\| (?P<task>[^|]+) \| (?P<actions>\d+)\b[^|]*\|$", re.M)
NOT_A_TALK = {"from *Add to Slack* to the first booked meeting"}  # docs/connecting.md counts them


def table() -> dict[str, int]:
    """The rows of README's table: tasks, and how many actions they take."""
    _, _, costs = README.read_text("utf-8").partition("\n## What it costs you\n")
    found = {row["task"]: int(row["actions"]) for row in ROW.finditer(costs.partition("\n## ")[0])}
    return {task: actions for task, actions in found.items() if task not in NOT_A_TALK}


def test_each_task_costs_in_the_readme_what_its_talk_takes():
    assert table() == {one.task: one.cost for one in talks().values() if one.cost is not None}


def test_what_is_counted_has_a_name_of_its_own_and_begins_within_the_talk():
    counted = [one for one in talks().values() if one.cost is not None]

    assert len({one.task for one in counted}) == len(counted)
    assert all(one.task and one.before < len(one.step) for one in counted)
