"""Cal.com's API v2 behind the scheduling ports: its JSON, versions and errors stay in here."""
