"""The blueprint that the front page and every view of the calendar hang on."""

from flask import Blueprint

bp = Blueprint("home", __name__)
