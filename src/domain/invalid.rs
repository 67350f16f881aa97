//! Why a record is not kept: the field and what is wrong with it. The screens find the words.

use super::names::named_enum;

named_enum! {
    /// A field a person or a file can fill in.
    pub enum Field {
        Name = "name", Kind = "kind", ExternalId = "external_id", Phone = "phone", Email = "email",
        Web = "web", BirthDate = "birth_date", Gender = "gender", City = "city", Region = "region",
        Country = "country", Address = "address", PostalCode = "postal_code",
        TimeZone = "time_zone", Language = "language", Source = "source", Owner = "owner",
        Stage = "stage", Tags = "tags", Joined = "joined", Own = "own", Note = "note",
        Outcome = "outcome", Channel = "channel", Direction = "direction", Seconds = "seconds",
        Due = "due", Date = "date", Amount = "amount", Quantity = "quantity",
        UnitPrice = "unit_price", UnitCost = "unit_cost", Currency = "currency",
        Product = "product", Sku = "sku", Category = "category", Price = "price",
        Customer = "customer", Agent = "agent", Time = "time", Expression = "expression",
        Text = "text", Strength = "strength", Other = "other_names", Key = "key",
        DoNotCall = "do_not_call", Marketing = "marketing", Start = "start", End = "end", Term = "period",
        AutoRenew = "auto_renew", OtherIds = "other_ids", Cost = "cost", Margin = "margin", Active = "active",
        SpendPerPoint = "spend_per_point", PointValue = "point_value",
        ExpiresDays = "expires_days", Tiers = "tiers", Threshold = "threshold",
        Discount = "discount", Points = "points", Steps = "steps", Team = "team", Hours = "hours",
        Starts = "starts", Offer = "offer", Script = "script", Attempts = "attempts",
        Delays = "delays", Budget = "budget", State = "state", Lines = "lines",
        Choices = "choices", Satisfaction = "satisfaction", Recommend = "recommend",
        Reason = "reason", Answer = "answer",
        Campaign = "campaign", Queue = "queue", Checked = "checked", Despite = "despite",
    }
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Nothing was given and something is needed.
    Empty,
    /// More than this many characters.
    TooLong { most: usize },
    /// More than this many items.
    TooMany { most: usize },
    /// Not of the field's form.
    Malformed,
    /// Later than today.
    InTheFuture,
    /// A day, where only today can be told of.
    OnlyToday,
    /// Earlier than now, where it must be later.
    InThePast,
    /// No such date.
    NoSuchDate,
    /// No time zone of that name.
    UnknownZone,
    /// Not one of the words the field knows; the nearest, if any.
    UnknownWord { nearest: Option<String> },
    /// The same as what it is to be joined with or told from.
    TheSame,
    /// Another record has it already.
    Taken,
    /// Outside `from..=to`.
    OutOfRange { from: i64, to: i64 },
    /// Later than so many days from now.
    TooFarAhead { days: i64 },
    /// More digits after the point than the currency has.
    TooPrecise { decimals: u8 },
    /// Another currency than the store's.
    OtherCurrency { expected: String },
    /// Names something that is not in the store.
    NotFound,
    /// Not larger than the one before.
    OutOfOrder,
    /// Not a number.
    NotANumber,
    /// Not a date, as dates are kept.
    NotADate,
    /// Not one of these.
    NotAChoice { known: String },
}

/// A field and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem:?}")]
pub struct Invalid {
    /// The field.
    pub field: Field,
    /// What is wrong.
    pub problem: Problem,
}
