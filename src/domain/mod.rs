//! What the business speaks of: customers, purchases, interactions, tasks, segments.

pub mod agent;
pub mod campaign;
pub mod customer;
pub mod customer_ref;
pub mod day;
pub mod definition;
pub mod expression;
pub mod fact;
pub mod gesture;
pub mod history;
pub mod ids;
pub mod interaction;
pub mod invalid;
pub mod ledger;
pub mod lifecycle;
pub mod merge;
pub mod model;
pub mod money;
pub mod names;
pub mod offer;
pub mod own_field;
pub mod process;
pub mod programme;
pub mod purchase;
pub mod script;
pub mod segment;
pub mod subscription;
pub mod task;

pub use agent::{
    Agent, BidiKind, CalendarKind, Language, Preferences, Role, Settings, ThemeKind, WeekKind,
    Weekend,
};
pub use campaign::{Campaign, CampaignKind, CampaignState};
pub use customer::{
    Consent, ContactKind, ContactPoint, Customer, CustomerKind, DoNotCall, Gender, MOST_TAG, Place,
    Stage, tag_name,
};
pub use customer_ref::CustomerRef;
pub use day::Day;
pub use definition::{Definition, DefinitionKind};
pub use expression::{Attribute, Expression, ExpressionError, ExpressionProblem};
pub use fact::{Fact, FactKind, Relation, RelationKind};
pub use gesture::Gesture;
pub use history::{DayTotal, Folded, History};
pub use ids::{
    AgentId, CampaignId, CaseId, CustomerId, FactId, GestureId, InteractionId, OfferId, OwnFieldId,
    PointsId, ProcessId, ProductId, ProgrammeId, PurchaseId, RelationId, ScriptId, SegmentId,
    StageMoveId, SubscriptionId, TaskId,
};
pub use interaction::{
    Channel, Direction, Interaction, Meaning, Outcome, WrapUp, default_outcomes,
};
pub use invalid::{Field, Invalid, Problem};
pub use ledger::{Contacts, Ledger};
pub use lifecycle::{StageMove, WinBack, WinBackState};
pub use merge::{Difference, MergeField, Side};
pub use model::{Calibration, FittedModel, Scoring};
pub use money::{AmountError, Currency, MoneyUnit, parse_amount};
pub use offer::{Offer, OfferAnswer, Proposed};
pub use own_field::{OwnField, OwnFieldKind};
pub use process::{Case, CaseState, Passage, Process, Roll, Start, Step};
pub use programme::{Balance, Points, Programme, Tier};
pub use purchase::{Line, Product, Purchase, PurchaseKind};
pub use script::{Piece, Script, ScriptLine, ScriptPlace};
pub use segment::{Membership, Segment};
pub use subscription::{Subscription, Term};
pub use task::{Draft, Mark, QueueKind, Task, TaskKind, TaskState};
