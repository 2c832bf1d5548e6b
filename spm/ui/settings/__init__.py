"""The Settings page: company, working days, bands, currencies, backups."""
