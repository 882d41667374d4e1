"""The desk for trainings: records, the rooms behind each training, and what is open to whom."""

from trainings.admin.bank import BankQuestionAdmin
from trainings.admin.credentials import CredentialAdmin
from trainings.admin.designs import CertificateDesignAdmin
from trainings.admin.outreach import InterpreterAdmin, OfficialLetterAdmin, RollOutAdmin
from trainings.admin.records import ApplicationAdmin, CertificateAdmin
from trainings.admin.sessions import SessionAdmin
from trainings.admin.training import TrainingAdmin

__all__ = [
    "ApplicationAdmin",
    "BankQuestionAdmin",
    "CertificateAdmin",
    "CertificateDesignAdmin",
    "CredentialAdmin",
    "InterpreterAdmin",
    "OfficialLetterAdmin",
    "RollOutAdmin",
    "SessionAdmin",
    "TrainingAdmin",
]
