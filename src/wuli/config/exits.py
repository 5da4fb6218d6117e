"""What the exit codes of our commands mean; docs/reference/commands.md says the same for operators.

0 is success and 2 a command line that cannot be read, as everywhere.
"""

FAILED = 1
"""It was tried and did not succeed, or what was examined is not sound."""
NOT_READY = 3
"""Nothing was done, because something has to be put right first; the message says what."""
