//! What each key does: hints, help and palette.

super::phrases! {
    pub(crate) TAB_1: "today", "امروز";
    pub(crate) TAB_2: "customers", "مشتریان";
    pub(crate) TAB_3: "queues", "صف‌ها";
    pub(crate) TAB_4: "segments", "بخش‌ها";
    pub(crate) TAB_5: "insight", "بینش";
    pub(crate) TAB_6: "work", "کارها";
    pub(crate) TAB_7: "manage", "مدیریت";
    pub(crate) COMMANDS: "commands", "فرمان‌ها";
    pub(crate) HELP: "help", "راهنما";
    pub(crate) BACK: "back", "بازگشت";
    pub(crate) STEP_BACK: "back", "یک گام عقب";
    pub(crate) UNDO: "undo", "برگردان";
    pub(crate) REDO: "redo", "از نو";
    pub(crate) AGAIN: "repeat", "تکرار";
    pub(crate) MESSAGES: "messages", "پیام‌ها";
    pub(crate) SUSPEND: "suspend", "تعلیق";
    pub(crate) LANGUAGE: "فارسی", "English";
    pub(crate) PREFERENCES: "my settings", "تنظیم‌های من";
    pub(crate) REDRAW: "draw anew", "ترسیم دوباره";

    pub(crate) DOWN: "down", "پایین";
    pub(crate) UP: "up", "بالا";
    pub(crate) TOP: "first", "اولین";
    pub(crate) BOTTOM: "last", "آخرین";
    pub(crate) PAGE_DOWN: "page down", "صفحهٔ بعد";
    pub(crate) PAGE_UP: "page up", "صفحهٔ قبل";
    pub(crate) NEXT_REGION: "next region", "ناحیهٔ بعد";
    pub(crate) LAST_REGION: "region before", "ناحیهٔ قبل";
    pub(crate) MARK: "mark", "نشان";
    pub(crate) RANGE: "mark a range", "نشان از اینجا تا آنجا";
    pub(crate) MARK_ALL: "all that match", "همهٔ یافته‌ها";

    pub(crate) OPEN: "profile", "پرونده";
    pub(crate) LOG: "log", "ثبت تماس";
    pub(crate) LOG_QUICK: "log without note", "ثبت بی‌یادداشت";
    pub(crate) TAG: "tag", "برچسب";
    pub(crate) UNTAG: "take a tag off", "برداشتن برچسب";
    pub(crate) CALL_BACK: "callback", "تماس دوباره";
    pub(crate) EDIT: "edit", "ویرایش";
    pub(crate) COPY: "copy", "رونوشت";

    pub(crate) SEARCH: "search", "جستجو";
    pub(crate) FILTER: "filter", "پالایش";
    pub(crate) SORT: "sort", "ترتیب";
    pub(crate) REVERSE: "reverse the order", "وارونهٔ ترتیب";
    pub(crate) COLUMNS: "columns", "ستون‌ها";
    pub(crate) NEW_CUSTOMER: "new", "مشتری تازه";
    pub(crate) BULK: "change", "تغییر";
    pub(crate) TO_THE_LIST: "to the list", "به فهرست";

    pub(crate) OPEN_ITEM: "open", "باز کن";
    pub(crate) ADD: "add", "افزودن";
    pub(crate) ADD_FACT: "add a fact", "افزودن دانسته";
    pub(crate) ADD_PERSON: "add a person", "افزودن آشنا";
    pub(crate) ADD_PURCHASE: "add a purchase", "افزودن خرید";
    pub(crate) ADD_TASK: "add a task", "افزودن کار";
    pub(crate) TIMELINE_FILTER: "filter", "پالایش";
    pub(crate) FINISH: "task done", "کار انجام شد";
    pub(crate) DROP: "take away", "حذف";
    pub(crate) CORRECT: "correct the outcome", "اصلاح نتیجه";

    pub(crate) SAVE: "save", "ذخیره";
    pub(crate) SAVE_LINE: "save, or next line", "ذخیره یا خط بعد";
    pub(crate) NEXT_FIELD: "next field", "فیلد بعد";
    pub(crate) LAST_FIELD: "field before", "فیلد قبل";
    pub(crate) NEW_LINE: "new line", "خط تازه";
    pub(crate) EDITOR: "editor", "ویرایشگر";
    pub(crate) THEIRS: "take the other value", "پذیرفتن مقدار دیگر";
    pub(crate) CHOOSE: "choose", "برگزیدن";
    pub(crate) COMPLETE: "complete", "کامل کن";
    pub(crate) TOGGLE: "on or off", "روشن یا خاموش";
    pub(crate) ACCEPT: "accept", "پذیرفتن";

    pub(crate) NEXT_QUEUE: "next queue", "صف بعدی";
    pub(crate) LAST_QUEUE: "queue before", "صف قبلی";
    pub(crate) NEXT_ROW: "next customer", "مشتری بعدی";
    pub(crate) LAST_ROW: "customer before", "مشتری قبلی";
    pub(crate) SNOOZE: "snooze", "عقب انداختن";
    pub(crate) SKIP: "skip with a reason", "رد با دلیل";
    pub(crate) HAND_OVER: "hand over", "سپردن";
    pub(crate) FIT: "fit the models", "برازش مدل‌ها";
    pub(crate) MEMBERS: "members", "اعضا";
    pub(crate) NEXT_PICTURE: "next picture", "نمای بعد";
    pub(crate) LAST_PICTURE: "picture before", "نمای پیش";
    pub(crate) AS_TABLE: "as a table", "به شکل جدول";
    pub(crate) PERIOD: "period", "دوره";
    pub(crate) WHOM: "whom", "چه کسانی";
    pub(crate) KEEP_SEGMENT: "save as a segment", "ذخیره به نام بخش";
    pub(crate) TO_START: "to the start", "به سوی آغاز";
    pub(crate) TO_END: "to the end", "به سوی پایان";
    pub(crate) NEW_SEGMENT: "new", "بخش تازه";
    pub(crate) TARGET: "target", "هدف";
    pub(crate) COMPARE: "compare", "سنجش";
    pub(crate) TAG_MEMBERS: "tag members", "برچسب به اعضا";
    pub(crate) UNTAG_MEMBERS: "take a tag off the members", "برداشتن برچسب از اعضا";
    pub(crate) COPY_RULE: "copy the rule", "رونوشت قاعده";
    pub(crate) LOG_SAVE: "log it", "ثبت";
    pub(crate) LOG_AGAIN: "call again", "تماس دوباره";
}
