"""What others reach, as published: each figure with its source and date."""
