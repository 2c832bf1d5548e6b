"""What a sheet says by way of other sheets and of the store: ids, shares, currencies, histories, counts."""
