"""From a text as it was typed to the tokens that are read: without decoration."""

from datetime import tzinfo

from intents.lexicon import Lexicon
from intents.slack_text import plain_text
from intents.tokens import Token, tokenize


def typed_tokens(text: str, words: Lexicon, zone: tzinfo) -> list[Token]:
    """The tokens of a text in this language. `zone`: where the speaker is."""
    return tokenize(plain_text(text, zone), words.elided)
