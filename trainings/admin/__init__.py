"""The desk for trainings: records, the selection list, attendance, certificates."""

from trainings.admin.records import ApplicationAdmin, CertificateAdmin
from trainings.admin.training import TrainingAdmin

__all__ = ["ApplicationAdmin", "CertificateAdmin", "TrainingAdmin"]
