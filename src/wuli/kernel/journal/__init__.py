"""What happened: events, written once by actions, sealed into a chain that can be checked.

The journal lies under everything else in the kernel and names its subjects by type and number,
without foreign keys, so that an event outlives what it tells of.
"""
