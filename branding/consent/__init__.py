"""Consent: who may be shown where, with which proof, and the gate that everything published must pass."""
