"""Who: units in two lines, people on the roll, the duties they hold, and what each may see and do."""
