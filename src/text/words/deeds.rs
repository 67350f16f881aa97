//! What was done, as the line above the hints tells it.

super::phrases! {
    pub(crate) CUSTOMERS: "{n} {n|customer|customers}", "{n} مشتری";
    pub(crate) CREATED: "Created: {name}", "ساخته شد: {name}";
    pub(crate) EDITED: "Saved: {name}", "ذخیره شد: {name}";
    pub(crate) MERGED: "Merged: {gone} into {name} ({n} {n|record|records})", "ادغام شد: {gone} در {name} ({n} رکورد)";
    pub(crate) MOVED: "Stages follow the rules: {n} {n|customer|customers} moved", "مرحله‌ها به‌روز شد: {n} مشتری جابه‌جا شد";
    pub(crate) ERASED: "Erased for good: {n} {n|record|records}; old values go when vafa is started again", "برای همیشه پاک شد: {n} رکورد؛ مقدارهای پیشین با اجرای دوبارهٔ وفا از میان می‌روند";
    pub(crate) NOTED: "Noted: {name}", "ثبت شد: {name}";
    pub(crate) LOGGED: "Logged: {name}, {outcome}", "تماس ثبت شد: {name}، {outcome}";
    pub(crate) LOGGED_AGAIN: "Logged: {name}, {outcome}, again {when}", "تماس ثبت شد: {name}، {outcome}، دوباره {when}";
    pub(crate) OFFER_NOT_TODAY: "note: the offer does not hold today", "توجه: پیشنهاد امروز برقرار نیست";
    pub(crate) OFFER_UNFIT: "note: the offer is for others", "توجه: این پیشنهاد برای مشتریان دیگری است";
    pub(crate) OFFER_AGAIN: "note: the same offer was made today already", "توجه: همین پیشنهاد امروز یک بار داده شده بود";
    pub(crate) CORRECTED: "Corrected: {name}, {outcome}", "اصلاح شد: {name}، {outcome}";
    pub(crate) TASK_DONE: "Finished: {name}", "انجام شد: {name}";
    pub(crate) TASK_DUE: "To do: {name}, {when}", "در دست انجام: {name}، {when}";
    pub(crate) CASE_AT: "{process}, {name}: {step} by {when}", "{process}، {name}: {step} تا {when}";
    pub(crate) CASE_DONE: "{process} done: {name}", "{process} انجام شد: {name}";
    pub(crate) CASE_DROPPED: "{process} given up: {name}", "{process} کنار گذاشته شد: {name}";
    pub(crate) CASES_BEGUN: "{n} {n|case|cases} begun", "{n} پرونده آغاز شد";
    pub(crate) PUT_OFF: "Put off: {who}, until {when}", "به بعد ماند: {who}، تا {when}";
    pub(crate) SEGMENT_SAVED: "Segment saved: {name}", "بخش ذخیره شد: {name}";
    pub(crate) SEGMENT_DROPPED: "Segment removed: {name}", "بخش حذف شد: {name}";
    pub(crate) CONFIGURED: "Saved: {name}", "ذخیره شد: {name}";
    pub(crate) DROPPED: "Removed: {name}", "حذف شد: {name}";
    pub(crate) UNDONE: "Taken back: {what} ({n} {n|record|records})", "برگردانده شد: {what} ({n} رکورد)";
    pub(crate) REDONE: "Done again: {what}", "دوباره انجام شد: {what}";
    pub(crate) FITTED: "Scored {n} customers", "{n} مشتری امتیاز گرفتند";
    pub(crate) CLOSED: "Done: {name}", "انجام شد: {name}";

    pub(crate) TAGGED: "{who}: tagged {what}", "{who}: برچسب {what} خورد";
    pub(crate) UNTAGGED: "{who}: no longer tagged {what}", "{who}: برچسب {what} برداشته شد";
    pub(crate) STAGE: "{who}: stage {what}", "{who}: مرحلهٔ {what}";
    pub(crate) OWNER: "{who}: owner {what}", "{who}: مسئول {what}";
    pub(crate) NO_OWNER: "{who}: no owner{what}", "{who}: بدون مسئول{what}";
    pub(crate) SOURCE: "{who}: source {what}", "{who}: منبع {what}";
    pub(crate) DO_NOT_CALL: "{who}: not to be called{what}", "{who}: دیگر تماس نگیرید{what}";
    pub(crate) MAY_CALL: "{who}: may be called again{what}", "{who}: می‌توان تماس گرفت{what}";
    pub(crate) MARKETING: "{who}: marketing consent saved{what}", "{who}: رضایت بازاریابی ثبت شد{what}";
    pub(crate) FIELD: "{who}: {what} saved", "{who}: {what} ذخیره شد";
    pub(crate) WERE_SO: "{n} {n|was|were} so already", "{n} مورد از پیش چنین بود";
}
