"""WebSub: the words of the protocol, for both ends."""
