"""What deserves a look: what moved, who needs one and why, who has truly improved, what waits for a decision."""
