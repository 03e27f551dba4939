"""Reads what people want around the booking of a meeting; one file for each family of wishes."""
