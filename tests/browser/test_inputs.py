"""What is typed or picked: days, times and texts, told when Slack tells them, and kept for the submission."""

import pytest
from playwright.sync_api import Locator, expect


@pytest.mark.parametrize(
    ("label", "value", "action_id", "chosen"),
    [
        ("A day", "2026-10-25", "day", {"date": "2026-10-25"}),
        ("A time", "14:45", "time", {"time": "14:45"}),
        ("Date and time", "2026-10-25T12:30", "moment", {"date_time": 1792927800}),
    ],
)
def test_a_picker_tells_the_day_and_time(hall, label, value, action_id, chosen):
    field = hall.sample("pickers").get_by_label(label, exact=True)

    field.fill(value)
    field.blur()

    hall.expect_told("pickers", action_id, chosen)


def test_a_day_typed_digit_by_digit_is_told_once(hall):
    field = hall.sample("pickers").get_by_label("From", exact=True)
    heard = hall.page.evaluate_handle("""() => {
        const heard = [];
        const said = document.querySelector("#pickers code.said");
        new MutationObserver(() => heard.push(said.textContent)).observe(said, { childList: true });
        return heard;
    }""")
    field.focus()
    field.press_sequentially(
        "17082026" if field.evaluate("() => navigator.language === 'en-GB'") else "08172026"
    )
    field.press("Enter")

    expect(hall.told("pickers")).to_contain_text('"date":"2026-')
    hall.page.wait_for_timeout(900)
    assert len(heard.json_value()) == 1


def test_a_time_shows_its_zone_and_a_moment_that_of_the_reader(hall):
    sample = hall.sample("pickers")

    expect(sample.get_by_label("A time")).to_have_accessible_description("America/New_York")
    expect(sample.get_by_label("Date and time")).to_have_value("2026-07-15T12:00")
    expect(sample.get_by_label("Date and time")).to_have_accessible_description("Europe/Berlin")


def _typed(sample: Locator) -> None:
    sample.get_by_label("Title").fill("Intro")
    sample.get_by_label("E-mail").fill("ben@acme.example")
    sample.get_by_label("Minutes").fill("forty")
    sample.get_by_label("Agenda").fill("Talk:\n- plan\n1. first\n> so\n```\ncode\n```")
    files = [{"name": f"{n}.pdf", "mimeType": "application/pdf", "buffer": b"x"} for n in range(3)]
    sample.get_by_label("Papers").set_input_files(files)  # type: ignore[arg-type]


def test_what_is_typed_is_kept_for_the_submission(hall):
    _typed(hall.sample("inputs"))

    state = hall.state("inputs")
    assert state["title"] == {"value": "Intro"}
    assert state["notes"] == {"value": "First line\nSecond line"}
    assert state["email"] == {"value": "ben@acme.example"}
    assert state["url"] == {"value": "https://example.org/room"}
    assert state["minutes"] == {"value": "forty"}  # Slack says at submission that this is no number
    assert state["papers"] == {"files": ["0.pdf", "1.pdf"]}
    assert hall.told("inputs").text_content() == ""


def test_a_text_area_gives_rich_text(hall):
    _typed(hall.sample("inputs"))

    elements = hall.state("inputs")["agenda"]["rich_text"]["elements"]
    kinds = [(one["type"], one.get("style")) for one in elements]
    assert kinds == [
        ("rich_text_section", None),
        ("rich_text_list", "bullet"),
        ("rich_text_list", "ordered"),
        ("rich_text_quote", None),
        ("rich_text_preformatted", None),
    ]
    assert elements[-1]["elements"] == [{"type": "text", "text": "code"}]


def test_an_input_has_its_label_hint_and_error(hall):
    sample = hall.sample("inputs")

    expect(sample.get_by_label("Notes (optional)")).to_have_accessible_description(
        "Everybody who comes will see them"
    )
    wrong = sample.get_by_label("E-mail")
    expect(wrong).to_have_accessible_description("This is no e-mail address.")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    assert sample.locator("[aria-invalid]").count() == 1


def test_a_press_on_a_label_goes_to_its_control(hall):
    hall.sample("selects_many").get_by_text("Who comes").click()

    expect(hall.sample("selects_many").get_by_role("combobox", name="Who comes")).to_be_focused()


def test_a_length_is_counted_and_too_much_is_said(hall):
    title = hall.sample("inputs").get_by_label("Title")

    title.fill("ab")
    expect(title).to_have_accessible_description("1 more to go")
    title.fill("x" * 42)
    expect(title).to_have_accessible_description("-2 left")


def test_typing_is_told_at_once_or_with_enter_as_the_app_wishes(hall):
    hall.sample("inputs").get_by_label("Find a name").fill("be")
    hall.expect_told("inputs", "live", {"value": "be"})

    field = hall.sample("inputs").get_by_label("Look up a code")
    field.fill("x1")
    hall.expect_told("inputs", "live", {"value": "be"})
    field.press("Enter")
    hall.expect_told("inputs", "entered", {"value": "x1"})
