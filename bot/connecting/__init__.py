"""People connect their own Cal.com: by its consent or by a key, checked against who they are in Slack."""
