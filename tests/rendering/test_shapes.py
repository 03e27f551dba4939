"""Of payloads that would be drawn alike one is kept; whatever Slack refused is not."""

from tests.rendering.payloads import Payloads, shape_of


def section(text: str, **more):
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def heard(*blocks, ok=True, method="chat.postMessage"):
    payloads = Payloads()
    for each in blocks:
        said = each.get("text", {}).get("text", "x")
        sent = {"channel": "C1", "text": said, "blocks": [each]}
        payloads.listening(method=method, payload=sent, answer={"ok": ok})
    return payloads.all()


def test_other_words_are_the_same_shape_and_other_marks_another():
    assert len(heard(section("one"), section("two"))) == 1
    assert len(heard(section("one"), section("*one*"), section("<@U1> one"))) == 3


def test_a_date_is_known_by_its_format():
    first, second, other = "<!date^1^{time}|x>", "<!date^22^{time}|y>", "<!date^1^{date}|x>"

    assert shape_of(first) == shape_of(second)
    assert shape_of(first) != shape_of(other)


def test_another_field_is_another_shape():
    assert len(heard(section("one"), section("one", expand=True))) == 2


def test_what_nobody_reads_makes_no_shape():
    assert len(heard(section("one", block_id="a_b"), section("one", block_id="a*b"))) == 1


def test_what_was_refused_breaks_the_schema_or_is_not_seen_is_not_kept():
    assert heard(section("one"), ok=False) == []
    assert heard({"type": "hologram"}) == []
    assert heard(section("one"), method="users.info") == []


def test_views_are_kept_with_their_surface_and_all_ids():
    payloads = Payloads()
    view = {"type": "home", "blocks": [section("one")]}

    payloads.listening(method="views.publish", payload={"user_id": "U1", "view": view}, answer={"ok": True})

    (kept,) = payloads.all()
    assert (kept.surface, kept.blocks[0]["block_id"]) == ("home", "b-1")


def test_what_one_process_kept_another_one_has(tmp_path):
    here, there = Payloads(), Payloads()
    for words in ("one", "*one*"):
        here.take("chat.postMessage", {"text": words, "blocks": [section(words)]})

    here.hand_on(tmp_path)
    there.take_on(tmp_path)
    there.take_on(tmp_path)

    assert there.all() == here.all()
    assert len(there.all()) == 2


def test_what_is_wrong_is_told_once_answers_and_forms_too():
    payloads = Payloads()
    title = {"type": "plain_text", "text": "A form"}
    view = {"type": "modal", "title": title, "blocks": [section("one")]}

    payloads.listening(method="chat.postMessage", payload={"blocks": [section("one")]}, answer={"ok": True})
    payloads.listening(method="views.open", payload={"view": view}, answer={"ok": True})
    payloads.hearing(status=200, body={"response_action": "errors", "errors": {}})
    payloads.hearing(status=200, body={"options": []})

    message, _, answer = payloads.judged()
    assert "no summary" in message
    assert "a text for each" in answer
    assert payloads.judged() == []
    assert payloads.seen == 4
