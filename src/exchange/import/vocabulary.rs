//! Which words a field knows beside its machine names, in English and Persian.

use crate::domain::{
    Channel, CustomerKind, Direction, FactKind, Gender, OfferAnswer, PurchaseKind, QueueKind,
    Stage, Term,
};

use super::headings::plain;

/// Words of an enum beside its machine names.
pub trait Words: Sized + Copy + 'static {
    /// All variants with their machine names.
    const NAMES: &'static [(Self, &'static str)];
    /// Other words.
    const WORDS: &'static [(Self, &'static [&'static str])];

    /// The variant a word means.
    fn read(word: &str) -> Option<Self> {
        let same = |name: &str| name.eq_ignore_ascii_case(word);
        if let Some((variant, _)) = Self::NAMES.iter().find(|(_, name)| same(name)) {
            return Some(*variant);
        }
        if let Some((variant, _)) = Self::WORDS.iter().find(|(_, words)| words.contains(&word)) {
            return Some(*variant);
        }
        let wanted = plain(word);
        let by_name = Self::NAMES.iter().find(|(_, name)| plain(name) == wanted);
        by_name.map(|(variant, _)| *variant).or_else(|| {
            let knows = |words: &&[&str]| words.iter().any(|w| plain(w) == wanted);
            Self::WORDS.iter().find(|(_, words)| knows(words)).map(|(variant, _)| *variant)
        })
    }

    /// The machine names, for an error.
    fn expected() -> String {
        Self::NAMES.iter().map(|(_, name)| *name).collect::<Vec<_>>().join(", ")
    }
}

macro_rules! words {
    ($($name:ident { $($variant:ident: [$($word:literal),* $(,)?]),* $(,)? })*) => {$(
        impl Words for $name {
            const NAMES: &'static [(Self, &'static str)] =
                &[$((Self::$variant, Self::$variant.name())),*];
            const WORDS: &'static [(Self, &'static [&'static str])] =
                &[$((Self::$variant, &[$($word),*])),*];
        }
    )*};
}

words! {
    CustomerKind {
        Person: ["individual", "private", "شخص", "حقیقی"],
        Organisation: ["organization", "company", "business", "شرکت", "سازمان", "حقوقی"],
    }
    Gender {
        Female: ["f", "w", "woman", "زن", "خانم", "مونث", "مؤنث"],
        Male: ["m", "man", "مرد", "آقا", "مذکر"],
        Other: ["x", "diverse", "دیگر"],
    }
    Stage {
        Prospect: ["lead", "سرنخ", "بالقوه"],
        FirstTime: ["new", "خرید اول", "جدید"],
        Repeat: ["تکراری"],
        Loyal: ["وفادار"],
        Advocate: ["champion", "حامی"],
        AtRisk: ["در خطر"],
        Lapsed: ["lost", "churned", "از دست رفته"],
        WonBack: ["win back", "بازگشته"],
    }
    PurchaseKind {
        Sale: ["purchase", "order", "invoice", "فروش", "خرید"],
        Return: ["refund", "returned", "مرجوعی", "برگشت", "برگشت از فروش"],
        Credit: ["credit note", "بستانکاری", "اعتبار"],
    }
    Term {
        Week: ["weekly", "هفتگی"],
        Month: ["monthly", "month-to-month", "ماهانه", "ماه"],
        Quarter: ["quarterly", "three months", "سه ماهه"],
        HalfYear: ["half-yearly", "six months", "شش ماهه"],
        Year: ["yearly", "annual", "one year", "سالانه", "یک ساله"],
        TwoYears: ["two year", "two-yearly", "biennial", "دو ساله"],
    }
    Channel {
        Call: ["phone", "telephone", "phone call", "تماس", "تلفن", "تلفنی"],
        Email: ["e-mail", "mail", "ایمیل"],
        Message: ["sms", "chat", "text", "whatsapp", "telegram", "پیامک", "پیام"],
        Visit: ["meeting", "in person", "حضوری", "ملاقات"],
        Web: ["website", "online", "وب", "سایت"],
        Letter: ["post", "fax", "نامه"],
        Note: ["memo", "یادداشت"],
    }
    Direction {
        Outbound: ["out", "outgoing", "خروجی"],
        Inbound: ["in", "incoming", "ورودی"],
    }
    QueueKind {
        Retention: ["retain", "نگهداشت", "حفظ مشتری"],
        WinBack: ["win-back", "بازگرداندن"],
        CrossSell: ["cross-sell", "فروش مکمل"],
        UpSell: ["up-sell", "فروش برتر"],
        Acquisition: ["new customers", "جذب"],
        Callbacks: ["callback", "تماس دوباره"],
    }
    OfferAnswer {
        Accepted: ["yes", "taken", "took it", "پذیرفت", "پذیرفته"],
        Refused: ["no", "rejected", "declined", "نپذیرفت", "رد"],
        Undecided: ["maybe", "thinking", "فکر می کند", "نامشخص"],
    }
    FactKind {
        Need: ["needs", "نیاز"],
        Expectation: ["expectations", "انتظار"],
        Taste: ["tastes", "سلیقه"],
        Interest: ["interests", "علاقه"],
        Attitude: ["attitudes", "نگرش"],
        Biography: ["bio", "زندگی نامه"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_both_languages_are_known() {
        assert_eq!(Gender::read("خانم"), Some(Gender::Female));
        assert_eq!(Gender::read("MALE"), Some(Gender::Male));
        assert_eq!(Stage::read("at risk"), Some(Stage::AtRisk));
        assert_eq!(PurchaseKind::read("refund"), Some(PurchaseKind::Return));
        assert_eq!(Channel::read("carrier pigeon"), None);
        for (a, b) in [("gender", Gender::expected()), ("m", Gender::expected())] {
            assert_ne!(a, b);
        }
    }
}
