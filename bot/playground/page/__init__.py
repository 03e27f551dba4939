"""The plain page on which the bot is talked to, and everybody's calendar beside it."""

from bot.playground.page.calendars import CalendarView, Entry
from bot.playground.page.page import Page, build_page

__all__ = ["CalendarView", "Entry", "Page", "build_page"]
