"""What a thread is, remembers and says. Data and ports; it knows neither Slack nor Redis."""
