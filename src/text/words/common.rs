//! Units of numbers and spans of time.

super::phrases! {
    pub(crate) MILLION: "{n} m", "{n} میلیون";
    pub(crate) BILLION: "{n} bn", "{n} میلیارد";
    pub(crate) TRILLION: "{n} tn", "{n} تریلیون";

    pub(crate) NOW: "now", "اکنون";
    pub(crate) DAYS: "{n} d", "{n} روز";
    pub(crate) MONTHS: "{n} mo", "{n} ماه";
    pub(crate) YEARS: "{n} y", "{n} سال";
    pub(crate) IN_DAYS: "in {n} d", "{n} روز دیگر";
    pub(crate) IN_WEEKS: "in {n} w", "{n} هفته دیگر";
    pub(crate) IN_MONTHS: "in {n} mo", "{n} ماه دیگر";
    pub(crate) IN_YEARS: "in {n} y", "{n} سال دیگر";
}
