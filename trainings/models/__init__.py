"""When it happens: trainings and their sessions, applications, attendance, certificates."""

from trainings.models.alumni import AlumniProfile, Call, CallAnswer, RelayLetter
from trainings.models.application import Application, Transition
from trainings.models.attendance import Attendance
from trainings.models.bank import BankChoice, BankQuestion
from trainings.models.cascade import Mentorship, ReachedGroup, RollOut
from trainings.models.certificate import Certificate, CertificateCounter
from trainings.models.certificate_trail import CertificateRendering, CertificateStep
from trainings.models.completion import CompletionOverride, CompletionRule, TrainingReport
from trainings.models.credential import ArchiveCopy, Credential
from trainings.models.design import (
    CertificateDesign,
    DesignLogo,
    DesignPicture,
    DesignSignatory,
    DesignTier,
    DesignVersion,
)
from trainings.models.draft import ApplicationDraft, DraftFile
from trainings.models.guardian import GuardianConsent
from trainings.models.hand_over import HandOver
from trainings.models.interpretation import Booking, Interpreter, LanguagePair
from trainings.models.invitation import Invitation
from trainings.models.nomination import Nomination, NominationLetter
from trainings.models.nomination_step import NominationStep
from trainings.models.official import LetterCounter, OfficialLetter
from trainings.models.paper import Paper
from trainings.models.programme import ProgrammeItem, SessionMaterial
from trainings.models.question import Answer, Choice, Question
from trainings.models.quota import Place, Quota, place_of
from trainings.models.review import ReviewNote
from trainings.models.session import RemovedEvent, Session
from trainings.models.steps import TrainingStep
from trainings.models.surveys import (
    SupervisorAnswer,
    Survey,
    SurveyAnswer,
    SurveyGuest,
    SurveyQuestion,
)
from trainings.models.testing import Attempt, Test, TestQuestion
from trainings.models.training import Training
from trainings.models.travel import CalendarFeed, TravelSheet

__all__ = [
    "AlumniProfile",
    "Answer",
    "Application",
    "ApplicationDraft",
    "ArchiveCopy",
    "Attempt",
    "Attendance",
    "BankChoice",
    "BankQuestion",
    "Booking",
    "CalendarFeed",
    "Call",
    "CallAnswer",
    "Certificate",
    "CertificateCounter",
    "CertificateDesign",
    "CertificateRendering",
    "CertificateStep",
    "Choice",
    "CompletionOverride",
    "CompletionRule",
    "Credential",
    "DesignLogo",
    "DesignPicture",
    "DesignSignatory",
    "DesignTier",
    "DesignVersion",
    "DraftFile",
    "GuardianConsent",
    "HandOver",
    "Interpreter",
    "Invitation",
    "LanguagePair",
    "LetterCounter",
    "Mentorship",
    "Nomination",
    "NominationLetter",
    "NominationStep",
    "OfficialLetter",
    "Paper",
    "Place",
    "ProgrammeItem",
    "Question",
    "Quota",
    "ReachedGroup",
    "RelayLetter",
    "RemovedEvent",
    "ReviewNote",
    "RollOut",
    "Session",
    "SessionMaterial",
    "SupervisorAnswer",
    "Survey",
    "SurveyAnswer",
    "SurveyGuest",
    "SurveyQuestion",
    "Test",
    "TestQuestion",
    "Training",
    "TrainingReport",
    "TrainingStep",
    "Transition",
    "TravelSheet",
    "place_of",
]
