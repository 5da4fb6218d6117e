"""What may be done to cells, what a chain of responsibility says, what boards tell; no reading, no writing."""
