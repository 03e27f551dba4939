"""What Slack's markup becomes on the page: elements where it means something, plain text everywhere else."""

import pytest

SHOW = """async ([text, zone]) => {
    const { mrkdwn } = await import("/page/mrkdwn.js");
    const names = { UANA: "Ana Weber" };
    const ctx = { zone, now: Date.UTC(2026, 6, 14, 9), nameOf: (id) => names[id], roomName: () => "general" };
    const box = document.createElement("div");
    box.append(mrkdwn(text, ctx));
    return box.innerHTML.replaceAll(/ (class|target|rel|title|datetime)="[^"]*"/g, "");
}"""
WEDNESDAY_10 = 1784109600  # 2026-07-15T10:00Z


@pytest.fixture(scope="module")
def shown(browser, echo_url):
    tab = browser.new_page()
    tab.goto(echo_url)
    yield lambda text, zone="UTC": tab.evaluate(SHOW, [text, zone])
    tab.close()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* and _em_ and ~no~", "<strong>bold</strong> and <em>em</em> and <s>no</s>"),
        ("2*3*4 snake_case_name a * b * c", "2*3*4 snake_case_name a * b * c"),
        ("*with <@UANA>*", "<strong>with <span>@Ana Weber</span></strong>"),
        ("`a *b*`", "<code>a *b*</code>"),
        ("```x\n*y*```", "<pre>x\n*y*</pre>"),
        ("one\ntwo", "one<br>two"),
        ("&gt; said", "<blockquote>said</blockquote>"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        (
            "<https://x.example/?a=1&amp;b=2|go *there*>",
            '<a href="https://x.example/?a=1&amp;b=2">go *there*</a>',
        ),
        ("<mailto:a@b.example|a@b.example>", '<a href="mailto:a@b.example">a@b.example</a>'),
        ("<javascript:alert(1)|click>", "&lt;javascript:alert(1)|click&gt;"),
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
        (
            "<#C0GENERAL> <!subteam^S1|@design> <!here>",
            "<span>#general</span> <span>@design</span> <span>@here</span>",
        ),
        (":wave: :no_such_emoji:", "👋 :no_such_emoji:"),
    ],
)
def test_markup(shown, text, html):
    assert shown(text) == html


@pytest.mark.parametrize(
    ("zone", "words"),
    [("UTC", "tomorrow 10:00"), ("Asia/Tokyo", "tomorrow 19:00"), ("America/New_York", "tomorrow 06:00")],
)
def test_dates_are_the_readers(shown, zone, words):
    token = f"<!date^{WEDNESDAY_10}^{{date_short_pretty}} {{time}}|Wed 15 Jul, 10:00 UTC>"

    assert shown(token, zone) == f"<time>{words}</time>"


def test_a_day_further_off_is_named(shown):
    token = f"<!date^{WEDNESDAY_10 + 86400}^{{date_long_pretty}}|x>"

    assert shown(token) == "<time>Thursday, 16 July 2026</time>"


def test_a_date_that_is_none_falls_back(shown):
    assert shown("<!date^soon^{time}|some day>") == "<time>some day</time>"
