//! The holidays of Iran that have a fixed day in the Solar Hijri calendar, and what is said of days off.

use crate::text::Phrase;

super::phrases! {
    pub(crate) NOWRUZ: "Nowruz", "نوروز";
    pub(crate) NOWRUZ_DAY: "Nowruz holiday", "عید نوروز";
    pub(crate) REPUBLIC: "Islamic Republic Day", "روز جمهوری اسلامی";
    pub(crate) NATURE: "Nature Day", "روز طبیعت";
    pub(crate) KHOMEINI: "death of Khomeini", "رحلت امام خمینی";
    pub(crate) KHORDAD_15: "15 Khordad uprising", "قیام ۱۵ خرداد";
    pub(crate) REVOLUTION: "victory of the Revolution", "پیروزی انقلاب";
    pub(crate) OIL: "nationalisation of oil", "ملی شدن صنعت نفت";
    pub(crate) LEAP: "leap day", "کبیسه";

    pub(crate) WEEKEND: "weekend", "آخر هفته";
    pub(crate) BAD_LINE: "line {n} of {path}: a date such as 1405/12/29 or 2026-05-27, then a tab, then the name of the holiday", "سطر {n} در {path}: تاریخی مانند ۱۴۰۵/۱۲/۲۹ یا 2026-05-27، سپس Tab و سپس نام تعطیلی";
}

/// Month, day and name. Days of 1405 as ILNA, asriran and harikakhabar list them for the official
/// calendar of Iran; 30 Esfand is there in leap years only.
pub(crate) const FIXED_SOLAR: [(u8, u8, Phrase); 11] = [
    (1, 1, NOWRUZ),
    (1, 2, NOWRUZ_DAY),
    (1, 3, NOWRUZ_DAY),
    (1, 4, NOWRUZ_DAY),
    (1, 12, REPUBLIC),
    (1, 13, NATURE),
    (3, 14, KHOMEINI),
    (3, 15, KHORDAD_15),
    (11, 22, REVOLUTION),
    (12, 29, OIL),
    (12, 30, LEAP),
];
