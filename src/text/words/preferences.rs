//! How an agent likes the screen.

super::phrases! {
    pub(crate) TITLE: "My settings: a letter goes on to the next choice", "تنظیم‌های من: هر حرف به گزینهٔ بعد می‌رود";
    pub(crate) LANGUAGE: "language", "زبان";
    pub(crate) CALENDAR: "calendar", "تقویم";
    pub(crate) COLOURS: "colours", "رنگ‌ها";
    pub(crate) WEEK: "week begins on", "آغاز هفته";
    pub(crate) DAYS_OFF: "days off", "روزهای تعطیل";
    pub(crate) ORDER: "order of right-to-left text", "چینش متن راست‌به‌چپ";

    pub(crate) AS_HERE: "{value} (as on this machine)", "{value} (مانند این دستگاه)";
    pub(crate) AS_BUSINESS: "as the business has them", "همان روزهای کسب‌وکار";
    pub(crate) ENGLISH: "English", "English";
    pub(crate) PERSIAN: "فارسی", "فارسی";
    pub(crate) GREGORIAN: "Gregorian", "میلادی";
    pub(crate) JALALI: "Solar Hijri", "هجری خورشیدی";
    pub(crate) DARK: "dark", "تیره";
    pub(crate) LIGHT: "light", "روشن";
    pub(crate) ANSI: "of the terminal", "رنگ‌های پایانه";
    pub(crate) MONO: "none", "بی‌رنگ";
    pub(crate) SATURDAY_SUNDAY: "Saturday and Sunday", "شنبه و یکشنبه";
    pub(crate) FRIDAY_SATURDAY: "Friday and Saturday", "جمعه و شنبه";
    pub(crate) THURSDAY_FRIDAY: "Thursday and Friday", "پنجشنبه و جمعه";
    pub(crate) FRIDAY: "Friday", "جمعه";
    pub(crate) SUNDAY: "Sunday", "یکشنبه";
    pub(crate) NO_DAYS: "none", "هیچ روز";
    pub(crate) AUTO: "as the terminal needs it", "به نیاز پایانه";
    pub(crate) APP: "by vafa", "با وفا";
    pub(crate) TERMINAL: "by the terminal", "با پایانه";
    pub(crate) OFF: "by nobody", "بی‌چینش";
}
