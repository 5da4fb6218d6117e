"""Every change to campaigns, vanguards, activities and members' tasks."""
