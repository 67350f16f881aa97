//! Which headings mean which field, in English and Persian.

use crate::domain::Field;
use crate::text;

use super::Kind;

impl Kind {
    /// The fields rows of this kind have, the required ones first.
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Customers => &[
                Field::Name,
                Field::ExternalId,
                Field::Kind,
                Field::Other,
                Field::OtherIds,
                Field::Phone,
                Field::Email,
                Field::Web,
                Field::BirthDate,
                Field::Gender,
                Field::City,
                Field::Region,
                Field::Country,
                Field::Address,
                Field::PostalCode,
                Field::TimeZone,
                Field::Language,
                Field::Source,
                Field::Owner,
                Field::Stage,
                Field::Tags,
                Field::Joined,
                Field::DoNotCall,
                Field::Marketing,
            ],
            Self::Purchases => &[
                Field::Customer,
                Field::Date,
                Field::Amount,
                Field::ExternalId,
                Field::Kind,
                Field::Product,
                Field::Quantity,
                Field::UnitPrice,
                Field::UnitCost,
                Field::Currency,
            ],
            Self::Interactions => &[
                Field::Customer,
                Field::Time,
                Field::Channel,
                Field::Direction,
                Field::Outcome,
                Field::Seconds,
                Field::Agent,
                Field::Note,
                Field::ExternalId,
                Field::Offer,
                Field::Answer,
                Field::Reason,
                Field::Satisfaction,
                Field::Recommend,
                Field::Queue,
                Field::Campaign,
                Field::Checked,
                Field::Despite,
            ],
            Self::Products => {
                &[Field::Sku, Field::Name, Field::Category, Field::Price, Field::UnitCost]
            }
            Self::Subscriptions => &[
                Field::Customer,
                Field::Product,
                Field::Start,
                Field::End,
                Field::Term,
                Field::Amount,
                Field::AutoRenew,
                Field::ExternalId,
            ],
        }
    }
}

/// What a heading says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// A field.
    Field(Field),
    /// The first part of a name.
    Given,
    /// The last part of a name.
    Family,
}

/// Reads a heading; case, spaces, underscores and hyphens do not matter.
pub fn heading(kind: Kind, title: &str) -> Option<Heading> {
    let wanted = plain(title);
    if wanted.is_empty() {
        return None;
    }
    if kind == Kind::Customers {
        if GIVEN.iter().any(|n| plain(n) == wanted) {
            return Some(Heading::Given);
        }
        if FAMILY.iter().any(|n| plain(n) == wanted) {
            return Some(Heading::Family);
        }
    }
    field(kind, title).map(Heading::Field)
}

/// The field of rows of this kind that a title names.
pub fn field(kind: Kind, title: &str) -> Option<Field> {
    let wanted = plain(title);
    let names = |f: &Field| {
        plain(f.name()) == wanted || titles(kind, *f).iter().any(|n| plain(n) == wanted)
    };
    kind.fields().iter().copied().find(names)
}

/// A title without all that does not matter.
pub fn plain(title: &str) -> String {
    text::fold(title).chars().filter(|c| c.is_alphanumeric()).collect()
}

const GIVEN: &[&str] = &["first name", "given name", "forename", "نام کوچک"];
const FAMILY: &[&str] = &["last name", "family name", "surname", "نام خانوادگی", "فامیل"];

/// Titles a field goes by beside its own name.
fn titles(kind: Kind, field: Field) -> &'static [&'static str] {
    match (kind, field) {
        (Kind::Customers, Field::ExternalId) => &[
            "id",
            "customer",
            "customer id",
            "customer code",
            "code",
            "شناسه",
            "کد",
            "کد مشتری",
            "شماره مشتری",
        ],
        (Kind::Customers, Field::Name) => &[
            "full name",
            "customer name",
            "contact name",
            "company",
            "company name",
            "نام",
            "نام مشتری",
            "نام و نام خانوادگی",
            "نام کامل",
            "نام شرکت",
        ],
        (Kind::Customers, Field::Kind) => {
            &["type", "customer kind", "customer type", "نوع", "نوع مشتری"]
        }
        (_, Field::OtherIds) => &["other id", "former ids", "شناسه های دیگر"],
        (_, Field::Other) => {
            &["other name", "alias", "aliases", "nickname", "نام دیگر", "نام های دیگر"]
        }
        (_, Field::Phone) => &[
            "phones",
            "phone number",
            "telephone",
            "tel",
            "mobile",
            "mobile phone",
            "cell",
            "cell phone",
            "تلفن",
            "شماره تلفن",
            "موبایل",
            "همراه",
            "تلفن همراه",
            "شماره همراه",
            "شماره تماس",
        ],
        (_, Field::Email) => {
            &["e-mail", "mail", "email address", "ایمیل", "رایانامه", "پست الکترونیک"]
        }
        (_, Field::Web) => &["website", "url", "homepage", "وب سایت", "وبگاه", "سایت"],
        (_, Field::BirthDate) => {
            &["birthday", "date of birth", "dob", "birth", "born", "تاریخ تولد", "تولد"]
        }
        (_, Field::Gender) => &["sex", "جنسیت"],
        (_, Field::City) => &["town", "شهر"],
        (_, Field::Region) => &["province", "state", "county", "استان"],
        (_, Field::Country) => &["country code", "کشور"],
        (_, Field::Address) => &["street", "street address", "نشانی", "آدرس"],
        (_, Field::PostalCode) => &["zip", "zip code", "postcode", "کد پستی", "کدپستی"],
        (_, Field::TimeZone) => &["tz", "منطقه زمانی"],
        (_, Field::Language) => &["lang", "زبان"],
        (_, Field::Source) => &["lead source", "channel", "منبع", "نحوه آشنایی"],
        (_, Field::Owner) => &["account manager", "مسئول", "کارشناس"],
        (_, Field::Stage) => &["lifecycle stage", "lifecycle", "مرحله"],
        (_, Field::Tags) => &["tag", "labels", "برچسب", "برچسب ها"],
        (_, Field::Joined) => &[
            "joined on",
            "customer since",
            "since",
            "created",
            "created at",
            "signup date",
            "registration date",
            "تاریخ عضویت",
            "تاریخ ثبت",
            "عضویت",
        ],
        (_, Field::DoNotCall) => &["dnc", "تماس ممنوع"],
        (_, Field::Marketing) => &["marketing consent", "opt in", "رضایت تبلیغات"],
        (_, Field::Customer) => &[
            "customer id",
            "customer code",
            "client",
            "client id",
            "customer external id",
            "مشتری",
            "کد مشتری",
            "شناسه مشتری",
            "شماره مشتری",
        ],
        (Kind::Purchases, Field::Date) => &[
            "day",
            "purchase date",
            "order date",
            "invoice date",
            "time",
            "تاریخ",
            "تاریخ خرید",
            "تاریخ فاکتور",
        ],
        (Kind::Purchases, Field::Amount) => {
            &["total", "sum", "value", "revenue", "price total", "مبلغ", "مبلغ کل", "جمع", "جمع کل"]
        }
        (Kind::Purchases, Field::ExternalId) => &[
            "id",
            "purchase",
            "purchase id",
            "order",
            "order id",
            "invoice",
            "invoice id",
            "invoice number",
            "شناسه",
            "شماره فاکتور",
            "فاکتور",
            "شماره سفارش",
        ],
        (Kind::Subscriptions, Field::ExternalId) => {
            &["id", "contract id", "subscription", "subscription id", "شماره قرارداد", "شناسه"]
        }
        (Kind::Subscriptions, Field::Amount) => &["charge", "fee", "charges", "مبلغ", "هزینه"],
        (_, Field::Offer) => &["offered", "offer name", "پیشنهاد"],
        (_, Field::Answer) => &["offer answer", "response", "پاسخ", "پاسخ پیشنهاد"],
        (_, Field::Reason) => &["why", "offer reason", "دلیل"],
        (_, Field::Queue) => &["صف"],
        (_, Field::Campaign) => &["campaign name", "کارزار", "کمپین"],
        (_, Field::Checked) => &["script steps", "گام های گفتگو"],
        (_, Field::Despite) => &["override", "override reason", "دلیل استثنا"],
        (_, Field::Satisfaction) => &["satisfied", "csat", "رضایت"],
        (_, Field::Recommend) => &["nps", "recommends", "likelihood to recommend", "احتمال معرفی"],
        (_, Field::Start) => &["started", "start date", "since", "شروع", "تاریخ شروع", "آغاز"],
        (_, Field::End) => &["ended", "end date", "cancelled", "پایان", "تاریخ پایان"],
        (_, Field::Term) => &["term", "billing period", "contract", "دوره", "دوره پرداخت"],
        (_, Field::AutoRenew) => &["renews", "automatic renewal", "تمدید خودکار", "تمدید"],
        (Kind::Purchases, Field::Kind) => &["type", "purchase kind", "نوع", "نوع فاکتور"],
        (_, Field::Product) => {
            &["sku", "item", "product id", "product code", "کالا", "محصول", "کد کالا"]
        }
        (_, Field::Quantity) => &["qty", "count", "units", "تعداد", "مقدار"],
        (_, Field::UnitPrice) => &["price", "price each", "قیمت", "قیمت واحد", "فی"],
        (_, Field::UnitCost) => &["cost", "cost each", "بهای تمام شده", "هزینه واحد"],
        (_, Field::Currency) => &["ارز", "واحد پول"],
        (_, Field::Time) => &[
            "at",
            "date",
            "date time",
            "datetime",
            "timestamp",
            "when",
            "زمان",
            "تاریخ",
            "تاریخ و زمان",
        ],
        (_, Field::Channel) => &["type", "medium", "کانال", "نوع تماس", "روش"],
        (_, Field::Direction) => &["جهت"],
        (_, Field::Outcome) => &["result", "disposition", "نتیجه"],
        (_, Field::Seconds) => &["duration", "length", "duration seconds", "مدت", "ثانیه"],
        (_, Field::Agent) => &["user", "operator", "کارشناس", "اپراتور"],
        (_, Field::Note) => &["notes", "comment", "comments", "text", "یادداشت", "توضیحات", "شرح"],
        (Kind::Interactions, Field::ExternalId) => &["id", "call id", "interaction id", "شناسه"],
        (_, Field::Sku) => {
            &["id", "code", "product", "product id", "product code", "کد", "کد کالا", "شناسه"]
        }
        (Kind::Products, Field::Name) => &["title", "product name", "نام", "نام کالا", "نام محصول"],
        (_, Field::Category) => &["group", "product group", "دسته", "گروه", "گروه کالا"],
        (_, Field::Price) => &["unit price", "list price", "قیمت", "قیمت فروش"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_many_names() {
        for (kind, title, want) in [
            (Kind::Customers, "External_ID", Some(Heading::Field(Field::ExternalId))),
            (Kind::Customers, " birth DATE ", Some(Heading::Field(Field::BirthDate))),
            (Kind::Customers, "تلفن همراه", Some(Heading::Field(Field::Phone))),
            (Kind::Customers, "تلفن‌همراه", Some(Heading::Field(Field::Phone))),
            (Kind::Customers, "نام خانوادگي", Some(Heading::Family)), // Arabic yeh
            (Kind::Customers, "first-name", Some(Heading::Given)),
            (Kind::Customers, "amount", None),
            (Kind::Customers, "", None),
            (Kind::Customers, "---", None),
            (Kind::Purchases, "مبلغ", Some(Heading::Field(Field::Amount))),
            (Kind::Purchases, "price", Some(Heading::Field(Field::UnitPrice))),
            (Kind::Products, "price", Some(Heading::Field(Field::Price))),
            (Kind::Interactions, "Duration", Some(Heading::Field(Field::Seconds))),
        ] {
            assert_eq!(heading(kind, title), want, "{title}");
        }
    }

    #[test]
    fn no_title_means_two_fields() {
        for kind in Kind::ALL {
            let mut seen = std::collections::HashMap::new();
            for f in kind.fields() {
                for title in titles(*kind, *f).iter().chain([&f.name()]) {
                    let before = seen.insert(plain(title), *f);
                    assert!(before.is_none_or(|b| b == *f), "{kind:?} {title}: {before:?} {f}");
                }
            }
        }
    }
}
