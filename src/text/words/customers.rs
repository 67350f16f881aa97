//! The list of customers.

super::phrases! {
    pub(crate) OF: "{n} of {of}", "{n} از {of}";
    pub(crate) WORTH: "worth {n}", "ارزش {n}";
    pub(crate) SPENT_SUM: "spent {n}", "خرید {n}";
    pub(crate) MARKED: "{n} marked", "{n} نشان‌خورده";
    pub(crate) ALL_MARKED: "all {n} that match", "همهٔ {n} یافته";
    pub(crate) SEARCH_HERE: "search", "جستجو";
    pub(crate) FILTER_HERE: "filter, for instance city:Tehran", "پالایش، مثلاً city:تهران";
    pub(crate) EMPTY: "No customers yet: press n to make one, or run vafa import.", "هنوز مشتری‌ای نیست: n را بزنید، یا vafa import را اجرا کنید.";
    pub(crate) NO_MATCH: "Nobody matches: Esc takes the search away, n makes a new customer.", "کسی یافت نشد: Esc جستجو را برمی‌دارد، n مشتری تازه می‌سازد.";

    pub(crate) LAST: "last", "آخرین خرید";
    pub(crate) CONTACT: "contact", "آخرین تماس";
    pub(crate) PURCHASES: "buys", "خریدها";
    pub(crate) SPENT: "spent", "خرید";
    pub(crate) VALUE: "value", "ارزش";
    pub(crate) RISK: "risk", "خطر";
    pub(crate) SAVES: "saves", "نگه می‌دارد";
    pub(crate) LEAVE: "gone by", "مهلت";
    pub(crate) RFM: "rfm", "rfm";
    pub(crate) BEST: "best match", "بهترین یافته";
    pub(crate) ORDER: "in the order they were added", "به ترتیب ورود";

    pub(crate) SORT_TITLE: "Sort by", "ترتیب بر پایهٔ";
    pub(crate) COLUMNS_TITLE: "Columns: Space turns one on or off, Enter keeps them", "ستون‌ها: با Space روشن یا خاموش، Enter نگه می‌دارد";
    pub(crate) BULK_TITLE: "Change {who}", "تغییر {who}";
    pub(crate) BULK_TAG: "tag", "برچسب";
    pub(crate) BULK_UNTAG: "take a tag off", "برداشتن برچسب";
    pub(crate) BULK_STAGE: "stage", "مرحله";
    pub(crate) BULK_OWNER: "owner", "مسئول";
    pub(crate) BULK_SOURCE: "source", "منبع";
    pub(crate) BULK_NO_CALL: "do not call", "تماس نگیرید";
    pub(crate) BULK_CALL: "may be called", "می‌توان تماس گرفت";
    pub(crate) BULK_CONSENT: "agrees to marketing", "بازاریابی را پذیرفت";
    pub(crate) BULK_REFUSED: "refuses marketing", "بازاریابی را نپذیرفت";
    pub(crate) BULK_FIELD: "own field", "فیلد خودی";
    pub(crate) STAGE_REASON: "Why? (may be left empty)", "چرا؟ (می‌تواند خالی بماند)";
    pub(crate) NO_CALL_REASON: "Why must they not be called?", "چرا نباید تماس گرفت؟";
    pub(crate) OTHER_FIELD: "another field", "فیلدی دیگر";
    pub(crate) FIELD_TITLE: "Own field: name=value", "فیلد خودی: نام=مقدار";
    pub(crate) NOW_NOT_CALLED: "do not call", "تماس نگیرید";
}
