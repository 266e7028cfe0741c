"""Forms of the rotation; choices are set by the views."""

from branding.rotation.forms.planning import CopyYearForm, FillForm, ReplanForm, WeekRequestForm, fill_form
from branding.rotation.forms.plans import (
    ConfirmForm,
    CopyForm,
    HolidayForm,
    HolidayNameForm,
    ImportForm,
    NewSlotForm,
    PlanForm,
    SlotForm,
)

__all__ = [
    "ConfirmForm",
    "CopyForm",
    "CopyYearForm",
    "FillForm",
    "HolidayForm",
    "HolidayNameForm",
    "ImportForm",
    "NewSlotForm",
    "PlanForm",
    "ReplanForm",
    "SlotForm",
    "WeekRequestForm",
    "fill_form",
]
