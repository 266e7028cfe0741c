"""The blueprint that every page of publishing belongs to."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("publishing", __name__)
