"""Forms about meetings: with which something is approved, and in which a meeting is asked for."""
