"""The blueprint that every page of takeovers hangs on."""

from flask import Blueprint

bp = Blueprint("takeovers", __name__)
