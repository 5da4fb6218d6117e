"""What can be done with a response, its groups, its rosters; what is missing; in which words it is told. No I/O."""
