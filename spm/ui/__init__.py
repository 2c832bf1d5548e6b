"""The web skin: the frame around the pages, asking the domains, and drawing what they answer."""
