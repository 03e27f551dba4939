"""One intent, one file: look at frame and conversation, read what is needed, decide what to say."""
