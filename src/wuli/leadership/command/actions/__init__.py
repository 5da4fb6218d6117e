"""Every write of responses, leading groups, duty rosters and presence; each checks, locks, writes, records."""
