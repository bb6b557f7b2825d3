"""What must be right before a dataset leaves the house, and how it goes to the Hub."""
