"""Blank workbooks for a company without a CRM."""
