"""Who is connected: workspaces that installed the bot, people's own calendars, what an admin allows."""
