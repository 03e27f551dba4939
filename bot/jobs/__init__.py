"""Does what waits: lane by lane, in order, again when it failed, and says so when it cannot be done."""
