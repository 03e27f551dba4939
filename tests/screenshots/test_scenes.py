"""The pictures of the documents can be taken again, and all that are shown are there."""

import re
import struct
from pathlib import Path

import pytest

from tests.screenshots.__main__ import IMAGES, main
from tests.screenshots.scenes import SCENES
from tests.screenshots.studio import SHARP, THEMES, WIDE

ROOT = Path(__file__).parents[2]
LARGEST, ALL_OF_THEM = 250_000, 3_000_000  # bytes
TAKEN = {f"{name}-{theme}.png" for name in SCENES for theme in THEMES}


def size(file: Path) -> tuple[int, ...]:
    """Width and height of a PNG, from its header."""
    return struct.unpack(">II", file.read_bytes()[16:24])


@pytest.mark.chromium
def test_a_scene_is_played_and_taken_light_and_dark(tmp_path, capsys):
    main(["--into", str(tmp_path), "playground"])

    files = sorted(tmp_path.iterdir())
    assert [one.name for one in files] == ["playground-dark.png", "playground-light.png"]
    assert {size(one) for one in files} == {(int(WIDE[0] * SHARP), int(WIDE[1] * SHARP))}
    assert all(30_000 < one.stat().st_size <= LARGEST for one in files)
    assert files[0].read_bytes() != files[1].read_bytes()
    assert capsys.readouterr().out.count(" kB") == len(files)


def test_an_unknown_scene_is_refused(tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(["--into", str(tmp_path), "sunset"])

    assert "no such scene: sunset" in capsys.readouterr().err


def test_every_scene_has_its_pictures_and_there_are_no_others():
    files = list(IMAGES.iterdir())

    assert {one.name for one in files} == TAKEN
    assert max(one.stat().st_size for one in files) <= LARGEST
    assert sum(one.stat().st_size for one in files) <= ALL_OF_THEM


def test_documents_show_every_picture_in_both_lights_and_say_in_words_what_it_shows():
    documents = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    shown: set[str] = set()
    for document in documents:
        text = document.read_text("utf-8")
        for dark, light, words in re.findall(
            r'<picture><source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)">'
            r'<img src="([^"]+)"[^>]* alt="([^"]+)"[^>]*></picture>',
            text,
        ):
            assert (document.parent / dark).exists(), dark
            assert dark.replace("-dark.", "-light.") == light
            assert len(words) > 20, f"{light}: {words}"
            shown |= {Path(dark).name, Path(light).name}
        assert text.count("<picture") == text.count("</picture>")

    assert shown == TAKEN
