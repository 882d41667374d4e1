from curriculum.models.compact import Objective, Principle, RoundTable
from curriculum.models.modules import Edition, LearningOutcome, Module, Topic
from curriculum.models.target_groups import TargetGroup

__all__ = [
    "Edition",
    "LearningOutcome",
    "Module",
    "Objective",
    "Principle",
    "RoundTable",
    "TargetGroup",
    "Topic",
]
