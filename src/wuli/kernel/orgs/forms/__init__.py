"""The shape of what comes in. Whether it may be done is for the rules."""
