"""The blueprint of indicators."""

from flask import Blueprint

from branding.indicators.values.numbers import number

bp = Blueprint("indicators", __name__)
bp.add_app_template_filter(number, "decimal")
