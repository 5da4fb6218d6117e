"""Reading notices, by those whom they were told and those who told them."""
