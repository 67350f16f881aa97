//! A time of day in words and figures.

use jiff::civil::Time;

use super::DateError;

/// A time of day: `10`, `14:30`, `3pm`, `3 pm`, `ساعت 10 صبح`.
pub(super) fn read_time(words: &[&str]) -> Result<Time, DateError> {
    let text = words.join(" ");
    let wrong = || DateError::NoSuchTime(text.clone());
    let words = match words {
        ["at" | "ساعت", rest @ ..] => rest,
        all => all,
    };
    let (clock, half) = match words {
        [clock] => match (clock.strip_suffix("am"), clock.strip_suffix("pm")) {
            (Some(clock), _) => (clock, Some(0)),
            (_, Some(clock)) => (clock, Some(12)),
            _ => (*clock, None),
        },
        [clock, "am" | "صبح"] => (*clock, Some(0)),
        [clock, "pm" | "عصر" | "شب" | "بعدازظهر" | "ظهر"] | [clock, "بعد", "از", "ظهر"] => {
            (*clock, Some(12))
        }
        _ => return Err(wrong()),
    };
    let (hour, minute) = clock.split_once(':').unwrap_or((clock, "0"));
    let is_number = |s: &str| (1..=2).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    if !is_number(hour) || !is_number(minute) {
        return Err(wrong());
    }
    let hour: i8 = hour.parse().map_err(|_| wrong())?;
    let minute: i8 = minute.parse().map_err(|_| wrong())?;
    let hour = match half {
        None => hour,
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return Err(wrong()),
    };
    Time::new(hour, minute, 0, 0).map_err(|_| wrong())
}
