"""The heart of the bot under crashes, thieves of locks, and people who press what is not theirs."""
