//! Names of days and months, and what is wrong with a date.

use crate::text::Phrase;

super::phrases! {
    pub(crate) MONDAY: "Monday", "دوشنبه";
    pub(crate) TUESDAY: "Tuesday", "سه‌شنبه";
    pub(crate) WEDNESDAY: "Wednesday", "چهارشنبه";
    pub(crate) THURSDAY: "Thursday", "پنجشنبه";
    pub(crate) FRIDAY: "Friday", "جمعه";
    pub(crate) SATURDAY: "Saturday", "شنبه";
    pub(crate) SUNDAY: "Sunday", "یکشنبه";

    pub(crate) JANUARY: "Jan", "ژانویه";
    pub(crate) FEBRUARY: "Feb", "فوریه";
    pub(crate) MARCH: "Mar", "مارس";
    pub(crate) APRIL: "Apr", "آوریل";
    pub(crate) MAY: "May", "مه";
    pub(crate) JUNE: "Jun", "ژوئن";
    pub(crate) JULY: "Jul", "ژوئیه";
    pub(crate) AUGUST: "Aug", "اوت";
    pub(crate) SEPTEMBER: "Sep", "سپتامبر";
    pub(crate) OCTOBER: "Oct", "اکتبر";
    pub(crate) NOVEMBER: "Nov", "نوامبر";
    pub(crate) DECEMBER: "Dec", "دسامبر";

    pub(crate) FARVARDIN: "Farvardin", "فروردین";
    pub(crate) ORDIBEHESHT: "Ordibehesht", "اردیبهشت";
    pub(crate) KHORDAD: "Khordad", "خرداد";
    pub(crate) TIR: "Tir", "تیر";
    pub(crate) MORDAD: "Mordad", "مرداد";
    pub(crate) SHAHRIVAR: "Shahrivar", "شهریور";
    pub(crate) MEHR: "Mehr", "مهر";
    pub(crate) ABAN: "Aban", "آبان";
    pub(crate) AZAR: "Azar", "آذر";
    pub(crate) DEY: "Dey", "دی";
    pub(crate) BAHMAN: "Bahman", "بهمن";
    pub(crate) ESFAND: "Esfand", "اسفند";

    pub(crate) NO_DATE: "no date was written", "تاریخی نوشته نشده است";
    pub(crate) NOT_A_DATE: "“{text}” is not a date; write {sample} or “tomorrow 10”", "«{text}» تاریخ نیست؛ مثلاً {sample} یا «فردا ۱۰» بنویسید";
    pub(crate) NO_SUCH_DAY: "there is no day {text} in the calendar", "روز {text} در تقویم نیست";
    pub(crate) TWO_READINGS: "“{text}” can be read in two ways; write the year first, as in {sample}", "«{text}» را دو جور می‌توان خواند؛ سال را اول بنویسید، مانند {sample}";
    pub(crate) NO_SUCH_TIME: "“{text}” is not a time of day; write 14:30", "«{text}» ساعت نیست؛ مثلاً ۱۴:۳۰ بنویسید";
    pub(crate) PAST: "{text} has already passed", "{text} گذشته است";
}

/// The days of the week from Monday.
pub(crate) const WEEKDAYS: [Phrase; 7] =
    [MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY];

/// The Gregorian months.
pub(crate) const GREGORIAN: [Phrase; 12] = [
    JANUARY, FEBRUARY, MARCH, APRIL, MAY, JUNE, JULY, AUGUST, SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER,
];

/// The months of the Solar Hijri calendar.
pub(crate) const JALALI: [Phrase; 12] = [
    FARVARDIN, ORDIBEHESHT, KHORDAD, TIR, MORDAD, SHAHRIVAR, MEHR, ABAN, AZAR, DEY, BAHMAN, ESFAND,
];
