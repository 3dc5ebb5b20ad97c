"""What each legal document must say, before any of it is drawn. Pure: no Django, no fonts, no files."""

from onedoor.documents.rules.amounts import Amount, amount, capitals, yuan
from onedoor.documents.rules.checks import check
from onedoor.documents.rules.data import EDITION, chinese_date, chinese_moment, to_data, wording
from onedoor.documents.rules.decisions import (
    DeliveryReceipt,
    DenialDecision,
    GrantDecision,
    LicenceFace,
)
from onedoor.documents.rules.endings import EndingDecision, RectificationNotice
from onedoor.documents.rules.forms import FormChoice, FormRow, FormSection, PaperForm
from onedoor.documents.rules.hearings import (
    HearingAnnouncement,
    HearingNotice,
    HearingRecordSheet,
    HearingRightNotice,
)
from onedoor.documents.rules.letters import (
    AcceptanceNotice,
    ApplicationReceipt,
    ExtensionNotice,
    IntakeReceipt,
    NotCompetentNotice,
    NotRequiredNotice,
    OverlookedNotice,
    SpecialProcedureNotice,
    SupplementNotice,
)
from onedoor.documents.rules.parts import Deadline, Defect, Field, Head, MaterialLine, Remedies
from onedoor.documents.rules.payments import PaymentNotice
from onedoor.documents.rules.promises import OwedLine, PromiseLetter, ToleranceNotice
from onedoor.documents.rules.relays import RelayList, RelayReceipt, RelayReturn
from onedoor.documents.rules.text import Gaps, MissingGlyph, clean, missing, note_gaps, strings
from onedoor.documents.rules.upward import UpwardReport
from onedoor.documents.rules.visits import JointVisitRecord, VisitCrew
from onedoor.documents.rules.window import FeeLine, FeeNotice, VisitLine, VisitReceipt

Document = (
    ApplicationReceipt
    | IntakeReceipt
    | AcceptanceNotice
    | NotRequiredNotice
    | NotCompetentNotice
    | SupplementNotice
    | OverlookedNotice
    | ExtensionNotice
    | SpecialProcedureNotice
    | HearingRightNotice
    | HearingAnnouncement
    | HearingNotice
    | HearingRecordSheet
    | GrantDecision
    | DenialDecision
    | DeliveryReceipt
    | LicenceFace
    | PromiseLetter
    | RectificationNotice
    | EndingDecision
    | ToleranceNotice
    | VisitReceipt
    | FeeNotice
    | PaymentNotice
    | PaperForm
    | JointVisitRecord
    | UpwardReport
    | RelayReceipt
    | RelayList
    | RelayReturn
)

DOCUMENTS: dict[str, type[Document]] = {
    kind.template: kind
    for kind in (
        ApplicationReceipt,
        IntakeReceipt,
        AcceptanceNotice,
        NotRequiredNotice,
        NotCompetentNotice,
        SupplementNotice,
        OverlookedNotice,
        ExtensionNotice,
        SpecialProcedureNotice,
        HearingRightNotice,
        HearingAnnouncement,
        HearingNotice,
        HearingRecordSheet,
        GrantDecision,
        DenialDecision,
        DeliveryReceipt,
        LicenceFace,
        PromiseLetter,
        RectificationNotice,
        EndingDecision,
        ToleranceNotice,
        VisitReceipt,
        FeeNotice,
        PaymentNotice,
        PaperForm,
        JointVisitRecord,
        UpwardReport,
        RelayReceipt,
        RelayList,
        RelayReturn,
    )
}

__all__ = [
    "DOCUMENTS",
    "EDITION",
    "AcceptanceNotice",
    "Amount",
    "ApplicationReceipt",
    "Deadline",
    "Defect",
    "DeliveryReceipt",
    "DenialDecision",
    "Document",
    "EndingDecision",
    "ExtensionNotice",
    "FeeLine",
    "FeeNotice",
    "Field",
    "FormChoice",
    "FormRow",
    "FormSection",
    "Gaps",
    "GrantDecision",
    "Head",
    "HearingAnnouncement",
    "HearingNotice",
    "HearingRecordSheet",
    "HearingRightNotice",
    "IntakeReceipt",
    "JointVisitRecord",
    "LicenceFace",
    "MaterialLine",
    "MissingGlyph",
    "NotCompetentNotice",
    "NotRequiredNotice",
    "OverlookedNotice",
    "OwedLine",
    "PaperForm",
    "PaymentNotice",
    "PromiseLetter",
    "RectificationNotice",
    "RelayList",
    "RelayReceipt",
    "RelayReturn",
    "Remedies",
    "SpecialProcedureNotice",
    "SupplementNotice",
    "ToleranceNotice",
    "UpwardReport",
    "VisitCrew",
    "VisitLine",
    "VisitReceipt",
    "amount",
    "capitals",
    "check",
    "chinese_date",
    "chinese_moment",
    "clean",
    "missing",
    "note_gaps",
    "strings",
    "to_data",
    "wording",
    "yuan",
]
