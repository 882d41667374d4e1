from curriculum.models.compact import Objective, Principle, RoundTable
from curriculum.models.modules import Edition, LearningOutcome, Module, Topic

__all__ = [
    "Edition",
    "LearningOutcome",
    "Module",
    "Objective",
    "Principle",
    "RoundTable",
    "Topic",
]
