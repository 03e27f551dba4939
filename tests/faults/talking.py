"""Talks with a real bot on a machine that may stand still: who gets an excuse asks again."""

from bot.playground.small_slack import Message
from bot.playground.talks import words
from tests.faults.outside import Outside
from tests.faults.test_processes import CHANNEL, answers, until

PATIENT = 40.0  # seconds for an answer
TRIES = 6
ASKS = "<@U0BOT> 30 min with <@UBEN> next week"


async def a_card(around: Outside, text: str = ASKS) -> Message:
    """Somebody asks, and is shown something to press."""
    for _ in range(TRIES):
        before = len(answers(around.slack))
        await around.slack.say("UANA", CHANNEL, text)
        await until(lambda seen=before: len(answers(around.slack)) > seen, PATIENT, f"an answer to {text}")
        card = answers(around.slack)[-1]
        if card.labels:
            return card
    raise AssertionError(f"no card: {words(card)}")


async def presses(around: Outside, card: Message, says: str) -> None:
    """Press the first button, and again while it is there, until the card says this."""
    for _ in range(TRIES):
        shown = around.slack.message(CHANNEL, card.ts)
        if says in words(shown):
            return
        if shown.labels:
            await around.slack.press("UANA", shown, label=shown.labels[0])
        await until(
            lambda seen=shown: words(around.slack.message(CHANNEL, card.ts)) != words(seen), PATIENT, says
        )
    await until(lambda: says in words(around.slack.message(CHANNEL, card.ts)), PATIENT, says)
