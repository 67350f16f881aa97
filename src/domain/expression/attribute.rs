//! The table of what can be asked about a customer: names in English and Persian, and what each takes.

use crate::domain::names::named_enum;

named_enum! {
    /// What can be asked about a customer.
    pub enum Attribute {
        Name = "name", City = "city", Region = "region", Country = "country", Stage = "stage",
        Tag = "tag", CustomerKind = "kind", Gender = "gender", Language = "language",
        Source = "source", Owner = "owner", Email = "email", Phone = "phone",
        ExternalId = "external_id", Id = "id", Age = "age", Birth = "birth",
        Birthday = "birthday", Joined = "joined", Last = "last", First = "first",
        Contact = "contact", Spent = "spent", Purchases = "purchases", Returned = "returned",
        Value = "value", Risk = "risk", Alive = "alive", Saves = "saves", Leave = "leave",
        Rfm = "rfm", Need = "need", Expectation = "expectation", Taste = "taste",
        Interest = "interest", Attitude = "attitude", Biography = "biography",
        DoNotCall = "dnc", Marketing = "marketing", Segment = "segment", Verdict = "verdict",
        Own = "field", WinBack = "winback", Bought = "bought",
        BoughtIn = "bought_in",
    }
}

/// What an attribute is, and so what it can be compared with.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A text: `:` contains, `=` the whole.
    Text,
    /// A short text compared whole, without regard to case.
    Label,
    /// A phone: any run of its digits.
    Phone,
    /// An agent by name, or `me`.
    Agent,
    /// One of these words.
    Words(&'static [WordRow]),
    /// A count.
    Number,
    /// Money in major units.
    Money,
    /// A share from 0 to 1; `60%` is .6.
    Share,
    /// Whole years since a day.
    Years,
    /// A day: a date, or a length of time ago.
    Past,
    /// A day to come: a date, or a length of time from now.
    Coming,
    /// Days within which something happened: a date, a month, or two dates with `..` between.
    Within,
    /// Days until a day that comes every year.
    Yearly,
    /// Three scores from 1 to 5; `*` is any, and what is left out at the end is any.
    Rfm,
    /// A saved segment by name.
    Segment,
    /// A field of the organisation's own: text, or a number with `<` and the like.
    Own,
}

/// A word an attribute knows, and other spellings.
#[derive(Clone, Copy, Debug)]
pub struct WordRow {
    /// The machine name.
    pub name: &'static str,
    /// Other spellings.
    pub also: &'static [&'static str],
}

const fn word(name: &'static str, also: &'static [&'static str]) -> WordRow {
    WordRow { name, also }
}

/// In the order of the codes of `Stage`.
const STAGES: &[WordRow] = &[
    word("prospect", &["lead", "مشتری احتمالی", "سرنخ"]),
    word("first_time", &["first", "خرید اول", "بار اول"]),
    word("repeat", &["تکراری", "دوباره"]),
    word("loyal", &["وفادار"]),
    word("advocate", &["حامی", "مروج"]),
    word("at_risk", &["risk", "در خطر", "در معرض خطر"]),
    word("lapsed", &["lost", "رفته", "از دست رفته"]),
    word("won_back", &["بازگشته"]),
];

/// In the order of the codes of `CustomerKind`.
const KINDS: &[WordRow] = &[
    word("person", &["شخص", "فرد", "حقیقی"]),
    word("organisation", &["organization", "company", "org", "سازمان", "شرکت", "حقوقی"]),
];

/// In the order of the codes of `Gender`.
const GENDERS: &[WordRow] = &[
    word("female", &["f", "woman", "زن", "خانم"]),
    word("male", &["m", "man", "مرد", "آقا"]),
    word("other", &["دیگر"]),
];

/// 0 is no, 1 is yes.
const YES_NO: &[WordRow] =
    &[word("no", &["false", "0", "نه", "خیر"]), word("yes", &["true", "1", "بله", "آری"])];

/// Whether a call is worth it, in the order of the directory's verdicts.
const VERDICTS: &[WordRow] = &[
    word("unknown", &["نامعلوم"]),
    word("call", &["تماس"]),
    word("stays_anyway", &["stays", "میماند"]),
    word("gone", &["رفته"]),
    word("costs_more", &["costs", "نمیارزد"]),
];

/// How far it is with having somebody back, in the order of the codes of `WinBackState`.
const WIN_BACKS: &[WordRow] = &[
    word("left", &["رفته"]),
    word("contacted", &["called", "تماس گرفته", "تماس گرفته شده"]),
    word("returned", &["back", "بازگشته"]),
    word("closed", &["given_up", "پایان یافته", "بسته"]),
];

impl Attribute {
    /// What it is.
    pub const fn kind(self) -> Kind {
        use Attribute as A;
        match self {
            A::Name | A::City | A::Region | A::Source | A::Email => Kind::Text,
            A::Need | A::Expectation | A::Taste | A::Interest | A::Attitude | A::Biography => {
                Kind::Text
            }
            A::Country | A::Language | A::Tag | A::ExternalId | A::Bought => Kind::Label,
            A::Phone => Kind::Phone,
            A::Owner => Kind::Agent,
            A::Stage => Kind::Words(STAGES),
            A::CustomerKind => Kind::Words(KINDS),
            A::Gender => Kind::Words(GENDERS),
            A::DoNotCall | A::Marketing => Kind::Words(YES_NO),
            A::Verdict => Kind::Words(VERDICTS),
            A::WinBack => Kind::Words(WIN_BACKS),
            A::Id | A::Purchases => Kind::Number,
            A::Spent | A::Returned | A::Value | A::Saves => Kind::Money,
            A::Risk | A::Alive => Kind::Share,
            A::Age => Kind::Years,
            A::Birth | A::Joined | A::Last | A::First | A::Contact => Kind::Past,
            A::Leave => Kind::Coming,
            A::BoughtIn => Kind::Within,
            A::Birthday => Kind::Yearly,
            A::Rfm => Kind::Rfm,
            A::Segment => Kind::Segment,
            A::Own => Kind::Own,
        }
    }

    /// Other names it is known by.
    pub const fn aliases(self) -> &'static [&'static str] {
        use Attribute as A;
        match self {
            A::Name => &["نام"],
            A::City => &["town", "شهر"],
            A::Region => &["province", "state", "استان"],
            A::Country => &["کشور"],
            A::Stage => &["مرحله"],
            A::Tag => &["tags", "برچسب"],
            A::CustomerKind => &["نوع"],
            A::Gender => &["sex", "جنسیت"],
            A::Language => &["lang", "زبان"],
            A::Source => &["channel", "منبع", "آشنایی"],
            A::Owner => &["agent", "مسئول", "کارشناس"],
            A::Email => &["mail", "ایمیل", "رایانامه"],
            A::Phone => &["tel", "mobile", "تلفن", "موبایل", "همراه"],
            A::ExternalId => &["ext", "code", "کد", "شناسه بیرونی"],
            A::Id => &["شناسه"],
            A::Age => &["سن"],
            A::Birth => &["birth_date", "born", "تولد", "تاریخ تولد"],
            A::Birthday => &["زادروز", "روز تولد"],
            A::Joined => &["since", "عضویت", "پیوستن"],
            A::Last => &["last_purchase", "آخرین", "آخرین خرید"],
            A::First => &["first_purchase", "اولین", "اولین خرید"],
            A::Contact => &["last_contact", "called", "آخرین تماس"],
            A::Spent => &["revenue", "خرج", "مبلغ"],
            A::Purchases => &["orders", "خرید", "خریدها"],
            A::Returned => &["returns", "مرجوعی", "برگشتی"],
            A::Value => &["clv", "ارزش"],
            A::Risk => &["ریسک", "خطر"],
            A::Alive => &["p_alive", "زنده"],
            A::Saves => &["saved", "صرفه"],
            A::Leave => &["leaves", "leave_date", "ترک"],
            A::Rfm => &["آراف‌ام"],
            A::Need => &["needs", "نیاز"],
            A::Expectation => &["expectations", "انتظار"],
            A::Taste => &["tastes", "سلیقه"],
            A::Interest => &["interests", "علاقه"],
            A::Attitude => &["attitudes", "نگرش"],
            A::Biography => &["bio", "زندگینامه"],
            A::DoNotCall => &["do_not_call", "تماس ممنوع"],
            A::Marketing => &["consent", "تبلیغات"],
            A::Segment => &["گروه", "بخش"],
            A::Verdict => &["حکم"],
            A::Bought => &["خریده"],
            A::BoughtIn => &["خریده در"],
            A::Own => &["own", "فیلد"],
            A::WinBack => &["بازگرداندن"],
        }
    }

    /// The operators it takes, as they are shown.
    pub const fn takes(self) -> &'static str {
        match self.kind() {
            Kind::Text | Kind::Label | Kind::Phone | Kind::Agent => ": =",
            Kind::Words(_) | Kind::Rfm | Kind::Segment | Kind::Within => ": =",
            Kind::Own => ": = < <= > >=",
            _ => "= < <= > >=",
        }
    }

    /// Finds an attribute by its name or another name; case, spaces, hyphens and the Arabic forms of
    /// Persian letters do not matter.
    pub fn find(text: &str) -> Option<Self> {
        let wanted = plain(text);
        Self::ALL.iter().copied().find(|a| a.names().any(|name| plain(name) == wanted))
    }

    /// Its name and all other names.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name()).chain(self.aliases().iter().copied())
    }

    /// The words it knows, when it has a table of them.
    pub fn words(self) -> &'static [WordRow] {
        match self.kind() {
            Kind::Words(rows) => rows,
            _ => &[],
        }
    }
}

/// A name without what does not matter in it.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, ' ' | '_' | '-' | '\u{200c}'))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'ي' | 'ى' => 'ی',
            'ك' => 'ک',
            'آ' | 'أ' | 'إ' => 'ا',
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CustomerKind, Gender, Stage, WinBackState};

    #[test]
    fn no_name_means_two_attributes() {
        let mut seen = std::collections::BTreeMap::new();
        for a in Attribute::ALL {
            for name in a.names() {
                assert_eq!(seen.insert(plain(name), a), None, "{name}");
                assert_eq!(Attribute::find(&name.to_uppercase()), Some(*a));
            }
        }
    }

    #[test]
    fn words_have_the_codes_of_their_enums() {
        fn check(a: Attribute, names: &[&str]) {
            let words: Vec<_> = a.words().iter().map(|w| w.name).collect();
            assert_eq!(words, names);
        }
        check(Attribute::Stage, &Stage::ALL.iter().map(|s| s.name()).collect::<Vec<_>>());
        check(Attribute::Gender, &Gender::ALL.iter().map(|s| s.name()).collect::<Vec<_>>());
        let kinds: Vec<_> = CustomerKind::ALL.iter().map(|s| s.name()).collect();
        check(Attribute::CustomerKind, &kinds);
        let states: Vec<_> = WinBackState::ALL.iter().map(|s| s.name()).collect();
        check(Attribute::WinBack, &states);
    }
}
