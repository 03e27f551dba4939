"""Pages for people's browsers: one sheet each, in plain words; no script, nothing from elsewhere."""

from bot.web.sheets.sheet import Action, Sheet, language_of, shown

__all__ = ["Action", "Sheet", "language_of", "shown"]
