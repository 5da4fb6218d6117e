"""When meetings are, what is on their agenda, what may be done to them and why not."""
