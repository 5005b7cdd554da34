"""NOUNS: every table of the house in building order; a table stands below those it refers to."""

from schema.appointments import Appointment, AppointmentType, Chair, ProviderHours
from schema.audit import AuditChange, AuditEntry, ReadEntry
from schema.automation_runs import AutomationRun
from schema.automations import Automation
from schema.bench import BenchAct, MachineRun, MachineRunWork
from schema.billing import Invoice, InvoiceLine, Payment
from schema.boxes import WorkBox
from schema.bridges import ExternalRecord, ExternalSystem, Merge
from schema.cards import Card, CardStep, Note, Tick
from schema.claims import Claim, ClaimLine, ClaimReview
from schema.clock import JobRun, WorkerTick
from schema.components import Component, ComponentKind
from schema.consents import Consent
from schema.contacts import Contact, ContactOutcome
from schema.custody import ComponentIncident, Handover
from schema.custom import CustomField, CustomValue
from schema.decisions import Approval, DecisionMaker, Presentation, PresentationAttendance
from schema.device_statements import DeviceStatement
from schema.followups import Followup
from schema.holds import Hold
from schema.hours import Absence, Holiday, OpeningHours
from schema.insurance import InsuranceProvider
from schema.lab import Material, RemakeCause, Shade, Subcontractor, WorkType, WorkTypeMaterial
from schema.leads import InquiryReason, InquirySource, Lead, LossReason, Referrer
from schema.loans import ToolLoan
from schema.lots import LotUse, MaterialLot
from schema.messages import Delivery, Message, Wording
from schema.movements import ComponentMovement
from schema.orders import LabOrder, OrderVisit
from schema.outside import Outsourcing
from schema.papers import PaperCheck, PaperFinding, PaperPrint
from schema.patients import Guardian, InsurancePolicy, Patient, PatientTag
from schema.photos import Photo, Shot, ShotRequirement
from schema.pipelines import ControlPoint, Pipeline, Stage, StageStep
from schema.preferences import DentistPreference
from schema.protocols import ProcedureType, Protocol, ProtocolProcedure, ProtocolStage
from schema.publications import Publication
from schema.queue_marks import QueueMark
from schema.recall import Recall, RecallAttempt, RecallRule, RecallTrigger
from schema.remakes import Remake
from schema.rights import FieldGrant, Grant
from schema.sessions import PasswordLink, SignIn, SignInAttempt
from schema.skills import Skill, StageCapacity
from schema.snapshots import KpiSnapshot
from schema.staff import Clinic, Location, Role, Staff, StaffRole
from schema.stage_roles import StageRole
from schema.system_keys import SystemKey
from schema.tablets import SharedDevice, StaffPin
from schema.teeth import OrderConnector, OrderTooth
from schema.tickets import TicketCounter
from schema.tracks import Assignment, Track, TrackTooth
from schema.treatment import PlanStage, Procedure, TreatmentPlan
from schema.views import SavedView, SavedViewRole, ViewChoice

TABLES = (
    Clinic,
    Location,
    Staff,
    Role,
    StaffRole,
    Grant,
    FieldGrant,
    OpeningHours,
    Holiday,
    Absence,
    SharedDevice,
    StaffPin,
    SignIn,
    SignInAttempt,
    PasswordLink,
    Skill,
    StageCapacity,
    InsuranceProvider,
    Patient,
    PatientTag,
    Guardian,
    InsurancePolicy,
    Consent,
    Pipeline,
    Stage,
    StageStep,
    ControlPoint,
    StageRole,
    Card,
    CardStep,
    Tick,
    Note,
    Automation,
    AutomationRun,
    CustomField,
    CustomValue,
    ExternalSystem,
    ExternalRecord,
    SystemKey,
    Merge,
    InquirySource,
    InquiryReason,
    LossReason,
    Referrer,
    Lead,
    ContactOutcome,
    Contact,
    Chair,
    AppointmentType,
    Appointment,
    ProviderHours,
    ProcedureType,
    Protocol,
    ProtocolStage,
    ProtocolProcedure,
    TreatmentPlan,
    PlanStage,
    Procedure,
    DecisionMaker,
    Presentation,
    PresentationAttendance,
    Approval,
    Claim,
    ClaimLine,
    ClaimReview,
    Invoice,
    InvoiceLine,
    Payment,
    WorkType,
    Material,
    WorkTypeMaterial,
    DentistPreference,
    Shade,
    RemakeCause,
    Subcontractor,
    TicketCounter,
    WorkBox,
    LabOrder,
    OrderVisit,
    OrderTooth,
    OrderConnector,
    Remake,
    Track,
    TrackTooth,
    Assignment,
    QueueMark,
    BenchAct,
    MachineRun,
    MachineRunWork,
    Hold,
    Outsourcing,
    MaterialLot,
    LotUse,
    ComponentKind,
    Component,
    Handover,
    ComponentIncident,
    ComponentMovement,
    Shot,
    ShotRequirement,
    Photo,
    Publication,
    DeviceStatement,
    PaperPrint,
    PaperCheck,
    PaperFinding,
    RecallRule,
    RecallTrigger,
    Recall,
    RecallAttempt,
    Followup,
    ToolLoan,
    Wording,
    Message,
    Delivery,
    AuditEntry,
    AuditChange,
    ReadEntry,
    KpiSnapshot,
    SavedView,
    SavedViewRole,
    ViewChoice,
    WorkerTick,
    JobRun,
)
