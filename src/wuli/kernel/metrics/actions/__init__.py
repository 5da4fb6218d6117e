"""Every write of this app: readings taken, and looks and exports noted."""
