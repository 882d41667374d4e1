from rtcm.jobs.models.job import GiveUp, Job, LeaseLost, owe, owe_many, written_once
from rtcm.jobs.models.message import Message
from rtcm.jobs.models.numbers import figures
from rtcm.jobs.models.template import LetterTemplate

__all__ = [
    "GiveUp",
    "Job",
    "LeaseLost",
    "LetterTemplate",
    "Message",
    "figures",
    "owe",
    "owe_many",
    "written_once",
]
