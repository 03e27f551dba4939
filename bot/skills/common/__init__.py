"""What several skills need: the desk they work at, people, event types, the search for times, cards."""
