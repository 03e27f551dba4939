"""What people are told of their meetings: one card for each meeting and person, true as it changes."""
