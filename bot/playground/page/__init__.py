"""The page on which the bot is talked to, with everybody's calendar beside it."""

from bot.playground.page.guard import Guard
from bot.playground.page.page import Page, build_page

__all__ = ["Guard", "Page", "build_page"]
