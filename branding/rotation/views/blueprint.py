"""The blueprint that every page of the rotation hangs on."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("rotation", __name__)
