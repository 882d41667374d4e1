"""When it happens: trainings and their sessions, applications, attendance, certificates."""

from trainings.models.alumni import AlumniProfile, Call, CallAnswer, RelayLetter
from trainings.models.application import Application, Transition
from trainings.models.attendance import Attendance
from trainings.models.cascade import Mentorship, ReachedGroup, RollOut
from trainings.models.certificate import Certificate, CertificateCounter
from trainings.models.hand_over import HandOver
from trainings.models.interpretation import Booking, Interpreter, LanguagePair
from trainings.models.nomination import Nomination, NominationLetter, NominationStep
from trainings.models.official import LetterCounter, OfficialLetter
from trainings.models.session import Session
from trainings.models.training import Training

__all__ = [
    "AlumniProfile",
    "Application",
    "Attendance",
    "Booking",
    "Call",
    "CallAnswer",
    "Certificate",
    "CertificateCounter",
    "HandOver",
    "Interpreter",
    "LanguagePair",
    "LetterCounter",
    "Mentorship",
    "Nomination",
    "NominationLetter",
    "NominationStep",
    "OfficialLetter",
    "ReachedGroup",
    "RelayLetter",
    "RollOut",
    "Session",
    "Training",
    "Transition",
]
