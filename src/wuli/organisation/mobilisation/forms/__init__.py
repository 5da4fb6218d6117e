"""What organisers and members say."""
