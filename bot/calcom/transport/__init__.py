"""How a call reaches Cal.com: in its turn, in time, again where that is safe, and once for all who ask."""
