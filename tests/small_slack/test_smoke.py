async def test_a_mention_is_told_twice(bench):
    await bench.slack.say("UANA", "C0GENERAL", "@slotwise 30 min with @ben & co")

    assert [one["type"] for one in bench.events] == ["app_mention", "message"]
    assert bench.events[0]["text"] == "<@U0BOT> 30 min with <@UBEN> &amp; co"
    assert bench.events[0]["ts"] == bench.events[1]["ts"]
    answer = await bench.client.chat_postMessage(channel="UANA", text="hello")
    assert answer["channel"] == "D0ANA"
    await bench.slack.settled()
    assert bench.events[-1]["bot_id"] == "B0BOT"
    assert (await bench.slack.command("UANA", "C0GENERAL", "/meet", "@ben tomorrow")).status == 200
    assert bench.slack.whispers("UANA")[0].text == "on it"
