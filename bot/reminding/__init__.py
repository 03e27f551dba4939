"""What comes by itself: a word before each meeting, and the agenda of a day or a week."""
