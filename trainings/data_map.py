"""The columns of trainings, classified; the fact of a certificate outlives everything else."""

from rtcm.data_map import Field, each
from trainings.form_data_map import FORM_DATA_MAP
from trainings.seats_data_map import SEATS
from trainings.testing_data_map import TESTING

SELECTION = Field(
    personal=True,
    purpose="to decide who gets a seat and to show later why",
    retention="five years after the training",
    export=True,
    erase="blank",
)
ACCOUNT = Field(
    personal=True,
    purpose="to show who decided",
    retention="as long as the application is kept",
    erase="keep",
)
PART_TAKEN = Field(
    personal=True,
    purpose="to know who took part, and for statistics without names",
    retention="as long as the training is kept",
    export=True,
    erase="keep",
)
SUPERVISOR = Field(
    personal=True,
    purpose="to ask six months later how the training helped",
    retention="one year after the training",
    export=True,
    erase="blank",
)
NOMINATION = Field(
    personal=True,
    purpose="to invite the nominee and to show later who was nominated by whom",
    retention="five years after the training",
    export=True,
    erase="blank",
)
LINK = Field(
    personal=True,
    purpose="the link in a letter",
    retention="thirty days",
    erase="blank",
)
TRAVEL = Field(
    personal=True,
    purpose="to receive people who travel to a residential training",
    retention="thirty days after the training",
    export=True,
    erase="delete",
)
FEED = Field(  # a secret: it is shown on its own page, not exported
    personal=True,
    purpose="the secret address of one's own calendar",
    retention="until the person stops it",
    erase="delete",
)
SPEAKER = Field(
    personal=True,
    purpose="to say in the programme who speaks",
    retention="as long as the training is kept",
    erase="keep",
)
PROOF = Field(
    personal=True,
    purpose="to show anybody that a certificate is genuine",
    retention="as long as certificates are checked",
    export=True,
    erase="keep",
)
SIGNATORY = Field(
    personal=True,
    purpose="to print who signs certificates",
    retention="as long as certificates are checked",
    erase="keep",
)
PAPER = Field(
    personal=True,
    purpose="to print sign-in sheets, badges, letters, transcripts and certificates together",
    retention="30 days at most; letters as long as the outgoing register",
    erase="keep",
)

DATA_MAP: dict[str, dict[str, Field]] = {
    **TESTING,
    "trainings.Training": each(
        "id slug title summary description kind level mode status starts_on ends_on "
        "date_precision time_zone country city venue working_languages interpretation_languages "
        "route capacity opens_at closes_at offer_days modules extra_objectives trainers "
        "participating_countries certificate_hours reported_persons note is_historic is_demo "
        "search_text created_at updated_at target_groups minimum_age is_residential needs_passport "
        "women_target rolled_out_from revision hours_kind certificate_design certificate_languages"
    ),
    "trainings.Session": each(
        "id training title on starts ends room holds_room online_link channels trainers modules"
    ),
    "trainings.RemovedEvent": each("id training uid title on starts ends at"),
    "trainings.TravelSheet": {
        **each("id"),
        **each("application updated_at", TRAVEL),
        **each("arrives_on arrives_at arrival_by departs_on departs_at departure_by", TRAVEL),
        **each("needs_hotel needs_visa diet access emergency_name emergency_phone", TRAVEL),
        **each("passport_name passport_number passport_country passport_until", TRAVEL),
    },
    "trainings.CalendarFeed": {**each("id"), **each("person token created_at", FEED)},
    "trainings.ProgrammeItem": {
        **each("id session kind title starts ends"),
        **each("speakers", SPEAKER),
    },
    "trainings.SessionMaterial": each("id session item visibility"),
    "trainings.TrainingStep": {
        **each("id training deed facts revision at reason"),
        **each("by", ACCOUNT),
    },
    "trainings.Application": {
        **each("id token updated_at"),
        **each("training person state seat_number offered_until created_at", PART_TAKEN),
        **each(
            "language certificate_languages understands motivation institution_name post", SELECTION
        ),
        **each("country institution", PART_TAKEN),
        **each("supervisor_name supervisor_email", SUPERVISOR),
    },
    "trainings.Transition": {
        **each("id"),
        **each("application from_state to_state at", PART_TAKEN),
        **each("reason", SELECTION),
        **each("by", ACCOUNT),
    },
    "trainings.Attendance": {
        **each("id at tap"),
        **each("application session presence minutes by_self", PART_TAKEN),
        **each("marked_by", ACCOUNT),
    },
    **FORM_DATA_MAP,
    "trainings.Paper": {
        **each("id code digest language training path sha256 renderer rendered_at"),
        **each("kind key facts application person ordered_at", PAPER),
        **each("ordered_by", ACCOUNT),
    },
    **SEATS,
    "trainings.CertificateDesign": each("id name created_at"),
    "trainings.DesignTier": each("id design tier is_default"),
    "trainings.DesignPicture": each("id sha256 kind content added_at"),
    "trainings.DesignVersion": {
        **each("id design number texts background has_frame made_at"),
        **each("made_by", ACCOUNT),
    },
    "trainings.DesignSignatory": {
        **each("id version position"),
        **each("names posts signature", SIGNATORY),
    },
    "trainings.DesignLogo": each("id version position names picture"),
    "trainings.CertificateCounter": each("year last"),
    "trainings.Certificate": {
        **each("id path sha256 renderer rendered_at supersedes design_version"),
        **each(
            "number code application tier state language languages holder texts starts_on ends_on "
            "hours hours_kind objectives issued_on expires_on revoked_at revoked_for "
            "revoked_reason",
            PROOF,
        ),
        **each("issued_by revoked_by", ACCOUNT),
    },
    "trainings.CertificateStep": {
        **each("id"),
        **each("certificate deed kind reason expires_on at", PROOF),
        **each("by", ACCOUNT),
    },
    "trainings.Credential": {
        **each("id status_list status_index key_id signed_at"),
        **each("certificate jwt", PROOF),
    },
    "trainings.ArchiveCopy": {
        **each("id credential path sha256 renderer rendered_at"),
        **each("certificate", PROOF),
    },
    "trainings.CertificateRendering": each("id certificate why renderer sha256 size at"),
    "trainings.CompletionRule": each(
        "id training tier percent minutes needs_post_test needs_evaluation needs_report "
        "or_participation trainer_months"
    ),
    "trainings.CompletionOverride": {
        **each("id"),
        **each("application given at", PART_TAKEN),
        **each("reason", SELECTION),
        **each("by", ACCOUNT),
    },
    "trainings.TrainingReport": {
        **each("id training course results difficulties recommendations filed_at updated_at"),
        **each("filed_by", ACCOUNT),
    },
    "trainings.Nomination": {
        **each("id updated_at"),
        **each("training country institution person rank state application created_at", PART_TAKEN),
        **each("full_name email post sex understands note reason on_paper", NOMINATION),
        **each("letter replaced_by focal_point", ACCOUNT),
        **each("link_key link_until", LINK),
    },
    "trainings.NominationLetter": {
        **each("id training at"),
        **each("focal_point file name added_by", ACCOUNT),
    },
    "trainings.NominationStep": {
        **each("id"),
        **each("nomination verb from_state to_state at", PART_TAKEN),
        **each("reason", NOMINATION),
        **each("by", ACCOUNT),
    },
    "trainings.HandOver": {
        **each("id at state"),
        **each("focal_point successor", ACCOUNT),
        **each("name email", NOMINATION),
        **each("link_key link_until", LINK),
    },
}
