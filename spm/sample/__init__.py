"""A made-up company to try the app with, and to test and measure it on."""
