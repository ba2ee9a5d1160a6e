"""The web page: a conversation beside the report it is about, and the API of both."""
