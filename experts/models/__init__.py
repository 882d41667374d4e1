from experts.models.experts import Decision, Expert, is_network_member
from experts.models.parts import Availability, ExpertArea, ExpertLanguage
from experts.models.visibility import DEFAULT_VISIBILITY, Visibility

__all__ = [
    "DEFAULT_VISIBILITY",
    "Availability",
    "Decision",
    "Expert",
    "ExpertArea",
    "ExpertLanguage",
    "Visibility",
    "is_network_member",
]
