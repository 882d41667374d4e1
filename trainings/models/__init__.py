"""When it happens: trainings and their sessions, applications, attendance, certificates."""

from trainings.models.application import Application, Transition
from trainings.models.attendance import Attendance
from trainings.models.certificate import Certificate, CertificateCounter
from trainings.models.hand_over import HandOver
from trainings.models.nomination import Nomination, NominationLetter, NominationStep
from trainings.models.session import Session
from trainings.models.training import Training

__all__ = [
    "Application",
    "Attendance",
    "Certificate",
    "CertificateCounter",
    "HandOver",
    "Nomination",
    "NominationLetter",
    "NominationStep",
    "Session",
    "Training",
    "Transition",
]
