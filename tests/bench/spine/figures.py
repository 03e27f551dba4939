"""A figure of the table: what was measured, what it should be, and whether it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

HEAD = ("figure", "measured", "goal", "met")


@dataclass(frozen=True)
class Figure:
    """One line. `met` is None where nothing is asked for; `value` is what a test compares."""

    name: str
    measured: str
    goal: str = ""
    met: bool | None = None
    value: float = 0.0

    def __str__(self) -> str:
        goal = f" (goal: {self.goal})" if self.goal else ""
        return f"{self.name}: {self.measured}{goal}"

    def and_also(self, is_well: bool) -> "Figure":
        """The same, met only if this is so, too."""
        return replace(self, met=bool(self.met and is_well))


def at_most(name: str, value: float, goal: float, measured: str, unit: str = "") -> Figure:
    """A figure that should not be larger than this."""
    return Figure(name, measured, f"≤ {goal:g}{unit}", value <= goal, value)


def at_least(name: str, value: float, goal: float, measured: str, unit: str = "") -> Figure:
    """A figure that should not be smaller than this."""
    return Figure(name, measured, f"≥ {goal:g}{unit}", value >= goal, value)


def quantile(values: Sequence[float], part: float) -> float:
    """The value below which this part of them lies."""
    return sorted(values)[round(part * (len(values) - 1))]


def table(figures: Sequence[Figure]) -> str:
    """All of them in Markdown."""
    rows = [HEAD, ("---",) * len(HEAD), *(_cells(one) for one in figures)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cells(one: Figure) -> tuple[str, str, str, str]:
    met = {True: "yes", False: "NO", None: ""}[one.met]
    return one.name, one.measured, one.goal, met
