"""Takes the pictures of README and docs: `python -m tests.screenshots [--into DIRECTORY] [SCENE …]`."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser

from tests.screenshots.scenes import SCENES
from tests.screenshots.studio import THEMES, Addresses, cameras, develop, lit, worlds

IMAGES = Path(__file__).parents[2] / "docs" / "images"


def take(browser: Browser, at: Addresses, name: str, theme: str, into: Path) -> Path:
    """Play a scene in this light and write its picture; the file."""
    file = into / f"{name}-{theme}.png"
    with lit(browser, at, theme, SCENES[name].size) as studio:
        taken = SCENES[name].play(studio)
        studio.rest()
        develop(browser, taken.screenshot(animations="disabled", caret="hide"), file)
    return file


def main(argv: Sequence[str] | None = None) -> None:
    """Take the scenes that were named, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    parser.add_argument("--into", type=Path, default=IMAGES, help="a directory")
    parser.add_argument("scenes", nargs="*", metavar="SCENE", help=", ".join(SCENES))
    args = parser.parse_args(argv)
    if unknown := set(args.scenes) - set(SCENES):
        parser.error(f"no such scene: {', '.join(sorted(unknown))}")
    args.into.mkdir(parents=True, exist_ok=True)
    with worlds() as at, cameras() as browser:
        for name in args.scenes or SCENES:
            for theme in THEMES:
                file = take(browser, at, name, theme, args.into)
                print(f"{file.name} {file.stat().st_size // 1000} kB")  # noqa: T201 - a command of its own


if __name__ == "__main__":
    main()
