"""How fast it is, as ratios against the raw engine or the empty view in the same run: `make bench`."""
