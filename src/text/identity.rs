//! The numbers by which people, firms and accounts are known in Iran, checked as they are typed.
//!
//! A problem is a hint beside the field, never a refusal: registers hold numbers that break their own
//! rules. Nothing is looked up anywhere.

use super::digits::with_ascii_digits;
use super::lang::Lang;
use super::phone;
use super::safe::SafeText;
use super::words::{Phrase, identity as words};

/// The kinds of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdKind {
    /// Of a person: ten digits, the last a check digit.
    NationalId,
    /// Of a firm: eleven digits, the last a check digit.
    LegalId,
    /// Of an account: IR and 24 digits (ISO 13616).
    Sheba,
    /// A mobile phone.
    Mobile,
    /// A phone of any country, written with its country.
    Phone,
    /// Of an address: ten digits.
    PostalCode,
}

/// What is wrong with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdProblem {
    #[error("holds characters other than digits")]
    Characters,
    #[error("has the wrong number of digits")]
    Length,
    #[error("its check digits do not fit")]
    CheckDigits,
    #[error("no such number is given out")]
    Pattern,
}

impl IdProblem {
    /// What is wrong, in the agent's language.
    pub fn words(self, lang: Lang) -> SafeText {
        let phrase = match self {
            Self::Characters => words::CHARACTERS,
            Self::Length => words::LENGTH,
            Self::CheckDigits => words::CHECK_DIGITS,
            Self::Pattern => words::PATTERN,
        };
        phrase.in_(lang)
    }
}

/// The number as it is kept: ASCII digits without blanks and hyphens, a national id padded to ten,
/// `IR` in capitals, a mobile in E.164; and what is wrong with it. The value is kept in any case.
pub fn identity(kind: IdKind, input: &str) -> (String, Option<IdProblem>) {
    let mut value: String = with_ascii_digits(input)
        .chars()
        .filter(|c| c.is_ascii_graphic() && !matches!(c, '-' | '/' | '.'))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    match kind {
        IdKind::Mobile => return mobile(input, value),
        IdKind::Phone => {
            let problem = (!phone::is_in_plan(input)).then_some(IdProblem::Pattern);
            return (value, problem);
        }
        _ => {}
    }
    if kind == IdKind::NationalId && (8..10).contains(&value.len()) {
        value.insert_str(0, if value.len() == 8 { "00" } else { "0" });
    }
    let digits = match kind {
        IdKind::Sheba => value.strip_prefix("IR").unwrap_or(&value),
        _ => &value,
    };
    let problem = match numbers(digits) {
        None => Some(IdProblem::Characters),
        Some(d) => match kind {
            IdKind::NationalId => national_id(&d),
            IdKind::LegalId => legal_id(&d),
            IdKind::Sheba => sheba(&d),
            IdKind::PostalCode => postal_code(&d),
            IdKind::Mobile | IdKind::Phone => Ok(()),
        }
        .err(),
    };
    if kind == IdKind::Sheba && !value.starts_with("IR") && problem.is_none() {
        value.insert_str(0, "IR");
    }
    (value, problem)
}

/// The bank that keeps an account, from its Sheba; `None` for a code not in the table. Merged banks
/// are not marked in it.
pub fn bank(sheba: &str) -> Option<Phrase> {
    let code = sheba.strip_prefix("IR")?.get(2..5)?;
    BANKS.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
}

fn numbers(digits: &str) -> Option<Vec<u32>> {
    digits.chars().map(|c| c.to_digit(10)).collect()
}

/// Weighted sum modulo eleven; ten equal digits pass the sum and belong to nobody.
fn national_id(d: &[u32]) -> Result<(), IdProblem> {
    let [first @ .., check] = d else { return Err(IdProblem::Length) };
    if d.len() != 10 {
        return Err(IdProblem::Length);
    }
    if d.iter().all(|digit| digit == check) {
        return Err(IdProblem::Pattern);
    }
    let sum: u32 = first.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    let rest = sum % 11;
    let expected = if rest < 2 { rest } else { 11 - rest };
    if *check == expected { Ok(()) } else { Err(IdProblem::CheckDigits) }
}

/// The tens digit shifts every place; weights repeat every five.
fn legal_id(d: &[u32]) -> Result<(), IdProblem> {
    let [first @ .., tens, check] = d else { return Err(IdProblem::Length) };
    if d.len() != 11 {
        return Err(IdProblem::Length);
    }
    if d.get(3..9).is_some_and(|middle| middle.iter().all(|digit| *digit == 0)) {
        return Err(IdProblem::Pattern);
    }
    let shift = tens + 2;
    let weights = [29, 27, 23, 19, 17].into_iter().cycle();
    let places = first.iter().chain([tens]);
    let sum: u32 = places.zip(weights).map(|(digit, weight)| (digit + shift) * weight).sum();
    let rest = sum % 11;
    let expected = if rest == 10 { 0 } else { rest };
    if *check == expected { Ok(()) } else { Err(IdProblem::CheckDigits) }
}

/// ISO 7064 modulo 97: the account, then `IR` as 18 27, then the check digits, leave one.
fn sheba(d: &[u32]) -> Result<(), IdProblem> {
    let [c1, c2, account @ ..] = d else { return Err(IdProblem::Length) };
    if d.len() != 24 {
        return Err(IdProblem::Length);
    }
    let all = account.iter().chain(&[1, 8, 2, 7]).chain([c1, c2]);
    let rest = all.fold(0, |rest, digit| (rest * 10 + digit) % 97);
    if rest == 1 { Ok(()) } else { Err(IdProblem::CheckDigits) }
}

/// The first five digits hold neither 0 nor 2; there is no check digit.
fn postal_code(d: &[u32]) -> Result<(), IdProblem> {
    if d.len() != 10 {
        return Err(IdProblem::Length);
    }
    let is_given = d.iter().take(5).all(|digit| !matches!(digit, 0 | 2));
    if is_given { Ok(()) } else { Err(IdProblem::Pattern) }
}

fn mobile(input: &str, typed: String) -> (String, Option<IdProblem>) {
    let Ok(number) = phone::e164(input, "IR") else { return (typed, Some(IdProblem::Characters)) };
    let problem = match number.strip_prefix("+98") {
        Some(national) if !national.starts_with('9') => Some(IdProblem::Pattern),
        Some(national) if national.len() != 10 => Some(IdProblem::Length),
        Some(_) => None,
        None => Some(IdProblem::Pattern),
    };
    (number, problem)
}

/// Bank codes of the Sheba. Source: rust-persian-tools 1.1.4 (MIT).
#[rustfmt::skip]
const BANKS: &[(&str, Phrase)] = &[
    ("010", Phrase::new("Central Bank of Iran", "بانک مرکزی جمهوری اسلامی ایران")),
    ("011", Phrase::new("Sanat O Madan Bank", "بانک صنعت و معدن")),
    ("012", Phrase::new("Mellat Bank", "بانک ملت")),
    ("013", Phrase::new("Refah Bank", "بانک رفاه کارگران")),
    ("014", Phrase::new("Maskan Bank", "بانک مسکن")),
    ("015", Phrase::new("Sepah Bank", "بانک سپه")),
    ("016", Phrase::new("Keshavarzi", "بانک کشاورزی")),
    ("017", Phrase::new("Melli", "بانک ملی ایران")),
    ("018", Phrase::new("Tejarat Bank", "بانک تجارت")),
    ("019", Phrase::new("Saderat Bank", "بانک صادرات ایران")),
    ("020", Phrase::new("Tose Saderat Bank", "بانک توسعه صادرات")),
    ("021", Phrase::new("Post Bank", "پست بانک ایران")),
    ("022", Phrase::new("Tosee Taavon Bank", "بانک توسعه تعاون")),
    ("051", Phrase::new("Tosee Bank", "موسسه اعتباری توسعه")),
    ("052", Phrase::new("Ghavamin Bank", "بانک قوامین")),
    ("053", Phrase::new("Karafarin Bank", "بانک کارآفرین")),
    ("054", Phrase::new("Parsian Bank", "بانک پارسیان")),
    ("055", Phrase::new("Eghtesad Novin Bank", "بانک اقتصاد نوین")),
    ("056", Phrase::new("Saman Bank", "بانک سامان")),
    ("057", Phrase::new("Pasargad Bank", "بانک پاسارگاد")),
    ("058", Phrase::new("Sarmayeh Bank", "بانک سرمایه")),
    ("059", Phrase::new("Sina Bank", "بانک سینا")),
    ("060", Phrase::new("Mehr Iran Bank", "بانک مهر ایران")),
    ("061", Phrase::new("City Bank", "بانک شهر")),
    ("062", Phrase::new("Ayandeh Bank", "بانک آینده")),
    ("063", Phrase::new("Ansar Bank", "بانک انصار")),
    ("064", Phrase::new("Gardeshgari Bank", "بانک گردشگری")),
    ("065", Phrase::new("Hekmat Iranian Bank", "بانک حکمت ایرانیان")),
    ("066", Phrase::new("Dey Bank", "بانک دی")),
    ("069", Phrase::new("Iran Zamin Bank", "بانک ایران زمین")),
    ("070", Phrase::new("Resalat Bank", "بانک قرض الحسنه رسالت")),
    ("073", Phrase::new("Kosar Credit Institute", "موسسه اعتباری کوثر")),
    ("075", Phrase::new("Melal Credit Institute", "موسسه اعتباری ملل")),
    ("078", Phrase::new("Middle East Bank", "بانک خاورمیانه")),
    ("080", Phrase::new("Noor Credit Institution", "موسسه اعتباری نور")),
    ("079", Phrase::new("Mehr Eqtesad Bank", "بانک مهر اقتصاد")),
    ("090", Phrase::new("Mehr Iran Bank", "بانک مهر ایران")),
    ("095", Phrase::new("Iran and Venezuela Bank", "بانک ایران و ونزوئلا")),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tables;

    fn kind(name: &str) -> IdKind {
        match name {
            "national_id" => IdKind::NationalId,
            "legal_id" => IdKind::LegalId,
            "sheba" => IdKind::Sheba,
            "mobile" => IdKind::Mobile,
            "postal" => IdKind::PostalCode,
            other => panic!("{other}"),
        }
    }

    #[test]
    fn every_row_of_the_vectors() {
        let rows = tables::rows("id_vectors.tsv");
        assert!(rows.len() > 25, "{}", rows.len());
        for row in rows {
            let (value, problem) = identity(kind(&row[0]), &row[1]);
            assert_eq!(problem.is_none(), row[2] == "yes", "{row:?} {problem:?}");
            assert!(!value.is_empty());
        }
    }

    #[test]
    fn numbers_as_they_are_kept() {
        use IdProblem::{Characters, CheckDigits, Length, Pattern};
        for (kind, input, value, problem) in [
            (IdKind::NationalId, "۰۱۲۳۴۵۶۷۸۹", "0123456789", None),
            (IdKind::NationalId, "012-345678-9", "0123456789", None),
            (IdKind::NationalId, "12345678", "0012345678", Some(CheckDigits)),
            (IdKind::NationalId, "", "", Some(Length)),
            (IdKind::NationalId, "01234567x9", "01234567X9", Some(Characters)),
            (IdKind::LegalId, "14000000007", "14000000007", Some(Pattern)),
            (IdKind::Sheba, "ir05 0170 0000 0012 3456 7890 12", "IR050170000000123456789012", None),
            (IdKind::Sheba, "۰۵۰۱۷۰۰۰۰۰۰۰۱۲۳۴۵۶۷۸۹۰۱۲", "IR050170000000123456789012", None),
            (IdKind::Mobile, "۰۹۱۲ ۱۲۳ ۴۵۶۷", "+989121234567", None),
            (IdKind::Mobile, "02188776655", "+982188776655", Some(Pattern)),
            (IdKind::Mobile, "ask him", "ASKHIM", Some(Characters)),
            (IdKind::PostalCode, "16197-35744", "1619735744", None),
        ] {
            assert_eq!(identity(kind, input), (value.to_string(), problem), "{input}");
        }
    }

    #[test]
    fn banks_by_their_code() {
        for row in tables::rows("sheba_banks.tsv") {
            let name = bank(&format!("IR00{}0000000000000000000", row[0])).unwrap();
            assert_eq!(
                (name.str(Lang::En), name.str(Lang::Fa)),
                (row[1].as_str(), row[2].as_str())
            );
        }
        assert_eq!(bank("IR579990000000000000000042"), None);
        assert_eq!(bank("IR"), None);
        assert_eq!(bank("سلام"), None);
        assert!(!IdProblem::Length.words(Lang::Fa).is_empty());
    }
}
