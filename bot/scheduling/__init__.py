"""The service layer: what a calendar holds, the writes as data, and the one door through which they go."""
