"""Tables of the rotation, by subject in the modules beside."""

from branding.rotation.models.planning import PlanProposal, WeekRequest
from branding.rotation.models.plans import HolidayWeek, Plan, Slot, SlotEdit, SlotMove
from branding.rotation.models.swaps import SlotSwap, SwapLink

__all__ = [
    "HolidayWeek",
    "Plan",
    "PlanProposal",
    "Slot",
    "SlotEdit",
    "SlotMove",
    "SlotSwap",
    "SwapLink",
    "WeekRequest",
]
