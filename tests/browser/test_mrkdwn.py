"""What Slack's markup becomes on the page: elements where it means something, plain text everywhere else."""

import pytest

SHOW = """async ([text, zone]) => {
    const { mrkdwn } = await import("/page/common/mrkdwn.js");
    const names = { UANA: "Ana Weber", S1: "designers" };
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
        ("*_both_ and* more", "<strong><em>both</em> and</strong> more"),
        (
            "see https://x.example/a_b_c. And `https://x.example`",
            'see <a href="https://x.example/a_b_c">https://x.example/a_b_c</a>. And <code>https://x.example</code>',
        ),
        ("<!subteam^S1>", "<span>@designers</span>"),
        (":+1: :spiral_calendar_pad: :flag-eu:", "\U0001f44d \U0001f5d3\ufe0f \U0001f1ea\U0001f1fa"),
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


MARKDOWN = """async (text) => {
    const { Form } = await import("/page/blocks/form.js");
    const { blocksOf } = await import("/page/blocks/index.js");
    const names = { nameOf: () => "Ana Weber", roomName: () => "general" };
    const ctx = { form: new Form(), zone: "UTC", now: 0, ...names };
    const [box] = blocksOf([{ type: "markdown", text }], ctx);
    return box.innerHTML.replaceAll(/ (class|target|rel|tabindex|role|aria-label|scope)="[^"]*"/g, "");
}"""


@pytest.fixture(scope="module")
def written(browser, echo_url):
    tab = browser.new_page()
    tab.goto(echo_url)
    yield lambda text: tab.evaluate(MARKDOWN, text)
    tab.close()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "**bold** *em* _em_ ~~no~~ `a*b*`",
            "<p><strong>bold</strong> <em>em</em> <em>em</em> <s>no</s> <code>a*b*</code></p>",
        ),
        (
            "***both*** **with *em* inside**",
            "<p><strong><em>both</em></strong> <strong>with <em>em</em> inside</strong></p>",
        ),
        ("2 * 3 * 4 and snake_case_name", "<p>2 * 3 * 4 and snake_case_name</p>"),
        (r"\*not em\*", "<p>*not em*</p>"),
        ("# One\n### Three", "<h3>One</h3><h5>Three</h5>"),
        ("one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>"),
        ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("1. a\n\n2. b\n\nend", "<ol><li>a</li><li>b</li></ol><p>end</p>"),
        ("> a\n> - b", "<blockquote><p>a</p><ul><li>b</li></ul></blockquote>"),
        ("```js\n**x**\n```", "<pre>**x**</pre>"),
        ("```\nnever closed", "<pre>never closed</pre>"),
        ("a\n\n---\n\nb", "<p>a</p><hr><p>b</p>"),
        ("[go *there*](https://x.example/)", '<p><a href="https://x.example/">go <em>there</em></a></p>'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
        ("<@UANA> in <#C1>", "<p><span>@Ana Weber</span> in <span>#general</span></p>"),
        (
            "| a | b |\n|---|--:|\n| *1* | 2 |",
            "<div><table><thead><tr><th>a</th><th>b</th></tr></thead>"
            "<tbody><tr><td><em>1</em></td><td>2</td></tr></tbody></table></div>",
        ),
    ],
)
def test_standard_markdown(written, text, html):
    assert written(text) == html


@pytest.mark.parametrize(
    "text", ["> " * 6000, "**a " * 3000, "- " * 6000, "[" * 12000, "`" * 11999 + "a", "| " * 6000]
)
def test_markdown_made_to_be_slow_is_drawn_all_the_same(written, text):
    assert written(text)


INSTANT = """async ([wall, zone]) => {
    const { instantOf } = await import("/page/common/dates.js");
    return new Date(instantOf(wall, zone)).toISOString().slice(0, 16);
}"""


@pytest.mark.parametrize(
    ("wall", "zone", "instant"),
    [
        ("2026-07-15T10:00", "Asia/Kolkata", "2026-07-15T04:30"),
        ("2026-03-29T01:30", "Europe/Berlin", "2026-03-29T00:30"),
        ("2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30"),  # left out by the change: an hour later
        ("2026-03-29T03:30", "Europe/Berlin", "2026-03-29T01:30"),
        ("2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30"),  # there twice: the first
        ("2026-11-01T01:30", "America/New_York", "2026-11-01T05:30"),
    ],
)
def test_a_wall_clock_is_one_instant(browser, echo_url, wall, zone, instant):
    tab = browser.new_page()
    tab.goto(f"{echo_url}/gallery")

    assert tab.evaluate(INSTANT, [wall, zone]) == instant
    tab.close()
