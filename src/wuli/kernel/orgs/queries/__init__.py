"""Every read that needs scope, joins or sums."""
