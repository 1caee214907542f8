"""The quality report of one upload: its document, how it is composed, and its page."""
