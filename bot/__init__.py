"""Slotwise: a scheduling assistant that lives in Slack and works on Cal.com."""
