"""Who is a member where, who took part in what, and who may see it."""
