"""Channels behind one protocol: each is spoken to by one small client over plain HTTP."""
