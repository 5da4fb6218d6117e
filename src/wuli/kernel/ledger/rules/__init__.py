"""Events in words, who lets see what, how much may be taken away as a file."""
