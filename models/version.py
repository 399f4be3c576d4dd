"""What the app is called and which version it is."""

NAME = "Aboutface"
VERSION = "0.1.0"
