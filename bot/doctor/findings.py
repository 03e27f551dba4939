"""What a check found, and how it is shown."""

from typing import Literal, NamedTuple

Verdict = Literal["ok", "wrong", "note"]


class Finding(NamedTuple):
    """What one check found. `mend` says what to do; a note is worth knowing and nothing is wrong."""

    verdict: Verdict
    about: str
    said: str
    mend: str = ""


def render(findings: list[Finding]) -> str:
    """One line a finding, how to mend it below."""
    lines = []
    for one in findings:
        lines.append(f"{one.verdict:5}  {one.about}: {one.said}")
        lines += [f"       to mend it: {one.mend}"] if one.mend else []
    wrong = sum(one.verdict == "wrong" for one in findings)
    return "\n".join([*lines, "", "Nothing is wrong." if not wrong else f"Wrong: {wrong}."])
