"""What comes in through the pages."""
