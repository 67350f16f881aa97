//! The frame of every screen: tabs, head, toasts, help, what is empty, loading or wrong.

super::phrases! {
    pub(crate) TODAY: "Today", "امروز";
    pub(crate) CUSTOMERS: "Customers", "مشتریان";
    pub(crate) QUEUES: "Queues", "صف‌ها";
    pub(crate) SEGMENTS: "Segments", "بخش‌ها";
    pub(crate) MANAGE: "Manage", "مدیریت";
    pub(crate) INSIGHT: "Insight", "بینش";

    pub(crate) WORK: "Work", "کارها";

    pub(crate) TODAY_DAY: "today", "امروز";
    pub(crate) TOMORROW: "tomorrow", "فردا";
    pub(crate) YESTERDAY: "yesterday", "دیروز";

    pub(crate) STARTING: "starting", "آغاز کار";
    pub(crate) OPENING: "opening the store", "باز کردن انبار داده";
    pub(crate) RECOVERING: "putting right what was left half done", "درست کردن کارهای نیمه‌تمام";
    pub(crate) FITTING: "fitting", "برازش مدل";
    pub(crate) LOADING: "loading {share}", "بارگذاری {share}";
    pub(crate) WAITING: "loading", "در حال بارگذاری";
    pub(crate) READ_ONLY: "Read only, nothing is saved: {why}. Restart vafa; if it stays, run vafa check.", "فقط خواندنی، چیزی ذخیره نمی‌شود: {why}. وفا را دوباره اجرا کنید؛ اگر ماند، vafa check را اجرا کنید.";
    pub(crate) UNDO_KEY: "u undo", "u برگردان";
    pub(crate) COPIED: "Copied: {what}", "رونوشت شد: {what}";
    pub(crate) NOTHING_TO_REPEAT: "nothing to repeat yet", "هنوز چیزی برای تکرار نیست";
    pub(crate) NO_CUSTOMER: "no customer under the cursor", "مشتری‌ای زیر مکان‌نما نیست";
    pub(crate) NO_PHONE: "no phone or e-mail to copy", "تلفن یا ایمیلی برای رونوشت نیست";
    pub(crate) NOTES_MISSED: "Many things happened at once; what is shown was asked for again.", "رویدادها بسیار بود؛ آنچه می‌بینید دوباره پرسیده شد.";

    pub(crate) HELP_TITLE: "Keys here; type to search, Enter runs", "کلیدهای اینجا؛ برای جستجو بنویسید، Enter اجرا می‌کند";
    pub(crate) PALETTE_TITLE: "Commands; type to search, Enter runs", "فرمان‌ها؛ برای جستجو بنویسید، Enter اجرا می‌کند";
    pub(crate) MESSAGES_TITLE: "Messages, newest first", "پیام‌ها، تازه‌ترین اول";
    pub(crate) NO_MESSAGES: "Nothing has happened yet; what you do is told here.", "هنوز رویدادی نیست؛ کارهای شما اینجا گفته می‌شود.";
    pub(crate) NO_MATCH: "nothing matches", "چیزی یافت نشد";

    pub(crate) TAG_TITLE: "Tag {who}", "برچسب برای {who}";
    pub(crate) UNTAG_TITLE: "Take a tag off {who}", "برداشتن برچسب از {who}";
    pub(crate) TAG_EMPTY: "type a new tag and press Enter", "برچسب تازه را بنویسید و Enter بزنید";
    pub(crate) TAG_NEW: "{tag} (new)", "{tag} (تازه)";
    pub(crate) CALL_BACK_TITLE: "Call {who} back", "تماس دوباره با {who}";
    pub(crate) CALL_BACK_HINT: "tomorrow 10, +3d, friday 14:30", "فردا ۱۰، +3d، جمعه ۱۴:۳۰";
    pub(crate) MANY: "{n} {n|customer|customers}", "{n} مشتری";
    pub(crate) WHEN: "when", "زمان";
    pub(crate) ONE_AT_A_TIME: "one customer at a time: take the marks off with Esc", "یکی‌یکی: با Esc نشان‌ها را بردارید";
}
