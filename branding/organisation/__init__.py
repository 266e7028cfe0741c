"""Specialområder, afdelinger, faggrupper and profiles."""
