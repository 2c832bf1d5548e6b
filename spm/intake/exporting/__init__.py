"""What the store holds, as sheets that can be brought in again without a change."""
