"""The page on which the bot is talked to, with everybody's calendar beside it."""

from bot.playground.page.doors import Door
from bot.playground.page.guard import Behind, Guard
from bot.playground.page.page import Page, build_page

__all__ = ["Behind", "Door", "Guard", "Page", "build_page"]
