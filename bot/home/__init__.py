"""The bot's own page (App Home): my calendars, what I did lately; for admins the rules and what is kept."""
