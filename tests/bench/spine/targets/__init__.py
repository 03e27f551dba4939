"""Reference programs on the same libraries: an echo, and the smallest honest turn."""
