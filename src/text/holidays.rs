//! Days on which an office is closed: those of the Solar Hijri calendar that are the same every year,
//! and those that move, which people keep in a file of their own.
//!
//! ```text
//!  # holidays.tsv, beside the configuration file: a date, a tab, a name; lines with # are notes
//!  1405/03/06<TAB>عید قربان
//!  2026-12-25<TAB>Christmas
//! ```
//! Lunar holidays move about eleven days a year and follow the sighting of the moon: no table of them
//! would be right for long. Never reads a file or a clock.

use jiff::civil::Date;

use super::date::Calendar;
use super::digits::ascii_digit;
use super::lang::Lang;
use super::safe::SafeText;
use super::words::holidays::FIXED_SOLAR;

/// Holidays that move, by day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holidays {
    moving: Vec<(Date, SafeText)>,
}

impl Holidays {
    /// Reads the lines of a file; the number of the first line that is wrong, from 1.
    pub fn read(text: &str) -> Result<Self, usize> {
        let mut moving = Vec::new();
        for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let read = line.split_once('\t').and_then(|(date, name)| {
                let name = SafeText::clean(name.trim());
                (!name.is_empty()).then_some((day(date.trim())?, name))
            });
            moving.push(read.ok_or(number + 1)?);
        }
        moving.sort();
        Ok(Self { moving })
    }

    /// The name of a day that is one. `country` (ISO 3166) tells whose fixed holidays hold.
    pub fn name(&self, date: Date, country: &str, lang: Lang) -> Option<SafeText> {
        if let Ok(at) = self.moving.binary_search_by_key(&date, |(day, _)| *day) {
            return self.moving.get(at).map(|(_, name)| name.clone());
        }
        if country != "IR" {
            return None;
        }
        let (_, month, day) = Calendar::Jalali.parts(date);
        let fixed = FIXED_SOLAR.iter().find(|(m, d, _)| (*m, *d) == (month, day));
        fixed.map(|(.., name)| name.in_(lang))
    }
}

/// A full date, year first; years below 1700 are of the Solar Hijri calendar.
fn day(text: &str) -> Option<Date> {
    let text: String = text.chars().map(|c| ascii_digit(c).unwrap_or(c)).collect();
    let mut parts = text.split(['/', '-']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    let year: i32 = year.parse().ok()?;
    let calendar = if year < 1700 { Calendar::Jalali } else { Calendar::Gregorian };
    calendar.date(year, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::text::tables;

    #[test]
    fn every_fixed_holiday_of_the_table() {
        let rows = tables::rows("holidays_fixed_solar.tsv");
        assert_eq!(rows.len(), FIXED_SOLAR.len());
        for row in rows {
            let (month, day) = (row[0].parse().unwrap(), row[1].parse().unwrap());
            // 1403 was a leap year: it had a 30 Esfand.
            let on = Calendar::Jalali.date(1403, month, day).unwrap();
            let name = Holidays::default().name(on, "IR", Lang::Fa).unwrap();
            assert!(row[2].starts_with(name.as_str()), "{row:?} {name}");
            assert_eq!(Holidays::default().name(on, "DE", Lang::Fa), None);
        }
        // 21 March 2026 is 1 Farvardin 1405.
        let name = Holidays::default().name(date(2026, 3, 21), "IR", Lang::En);
        assert_eq!(name.unwrap().as_str(), "Nowruz");
    }

    #[test]
    fn moving_ones_are_read_from_lines() {
        let read = Holidays::read(
            "\u{feff}# notes\n\n1405/03/06\tعید قربان\r\n2026-12-25\tChrist\u{202e}mas\n",
        )
        .unwrap();
        // 6 Khordad 1405 is 27 May 2026.
        assert_eq!(read.name(date(2026, 5, 27), "IR", Lang::En).unwrap().as_str(), "عید قربان");
        let name = read.name(date(2026, 12, 25), "", Lang::En).unwrap();
        assert!(!name.as_str().contains('\u{202e}'));
        assert_eq!(read.name(date(2026, 12, 26), "", Lang::En), None);
        assert_eq!(
            Holidays::read("۱۴۰۵/۰۳/۰۶\tx").unwrap().name(date(2026, 5, 27), "", Lang::En).unwrap(),
            "x"
        );
        for (text, line) in [
            ("2026-05-27 Eid", 1),
            ("# x\n2026-05-27\t ", 2),
            ("2026-02-30\tx", 1),
            ("26-05-27\tx", 1),
            ("2026-05-27-1\tx", 1),
            ("tomorrow\tx", 1),
        ] {
            assert_eq!(Holidays::read(text), Err(line), "{text}");
        }
    }
}
