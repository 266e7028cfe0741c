"""The blueprint that every page of drafts hangs on."""

from flask import Blueprint

bp = Blueprint("drafts", __name__)
