//! What an act is called where it is taken back: the words for the machine names of the log of changes,
//! which may be followed by a name.

use crate::text::Phrase;

/// One act.
const fn say(en: &'static str, fa: &'static str) -> Phrase {
    Phrase::new(en, fa)
}

/// Every act by the beginning of its machine name; what follows that fills `{name}`.
#[rustfmt::skip]
pub(crate) const ALL: &[(&str, Phrase)] = &[
    ("log", say("logged call", "ثبت تماس")),
    ("correct", say("correction of an outcome", "اصلاح نتیجه")),
    ("callback", say("callback", "تماس دوباره")),
    ("todo", say("task", "کار")),
    ("finish task", say("finished task", "انجام کار")),
    ("drop task", say("removed task", "حذف کار")),
    ("move task", say("moved task", "جابه‌جایی موعد کار")),
    ("hand task over", say("task handed over", "واگذاری کار")),
    ("put off", say("putting off", "به بعد گذاشتن")),
    ("purchase", say("purchase", "خرید")),
    ("subscription", say("contract", "قرارداد")),
    ("drop subscription", say("removed contract", "حذف قرارداد")),
    ("score", say("scoring", "امتیازدهی")),
    ("drop segment ", say("removed segment {name}", "حذف بخش {name}")),
    ("segment", say("segment", "بخش")),
    ("outcome", say("outcome", "نتیجه")),
    ("product", say("product", "کالا")),
    ("agent", say("agent", "کارشناس")),
    ("settings", say("settings", "تنظیمات")),
    ("preferences", say("preferences", "ترجیحات")),
    ("create customer", say("new customer", "مشتری تازه")),
    ("edit customer", say("edited customer", "ویرایش مشتری")),
    ("lifecycle", say("moves between stages", "جابه‌جایی مرحله‌ها")),
    ("close win-back", say("end of a win-back", "پایان بازگرداندن")),
    ("erase", say("erased customer", "پاک کردن مشتری برای همیشه")),
    ("merge", say("merged customers", "ادغام مشتریان")),
    ("note ", say("note of a {name}", "یادداشت {name}")),
    ("drop ", say("removed {name}", "حذف {name}")),
    ("relate", say("somebody around", "افزودن آشنا")),
    ("unrelate", say("removed relation", "حذف آشنا")),
    ("tag ", say("tag {name}", "برچسب {name}")),
    ("untag ", say("removed tag {name}", "برداشتن برچسب {name}")),
    ("stage ", say("stage {name}", "مرحلهٔ {name}")),
    ("owner", say("owner", "مسئول")),
    ("source", say("source", "منبع")),
    ("do not call", say("do not call", "تماس نگیرید")),
    ("may call", say("may be called", "اجازهٔ تماس")),
    ("marketing", say("marketing consent", "رضایت بازاریابی")),
    ("field ", say("own field {name}", "فیلد {name}")),
    ("import customers", say("import of customers", "ورود مشتریان")),
    ("import purchases", say("import of purchases", "ورود خریدها")),
    ("import interactions", say("import of interactions", "ورود گفت‌وگوها")),
    ("import products", say("import of products", "ورود کالاها")),
    ("offer ", say("offer {name}", "پیشنهاد {name}")),
    ("drop offer ", say("removed offer {name}", "حذف پیشنهاد {name}")),
    ("programme ", say("programme {name}", "برنامهٔ وفاداری {name}")),
    ("drop programme ", say("removed programme {name}", "حذف برنامهٔ وفاداری {name}")),
    ("process ", say("process {name}", "فرایند {name}")),
    ("drop process ", say("removed process {name}", "حذف فرایند {name}")),
    ("script ", say("script {name}", "متن گفت‌وگوی {name}")),
    ("drop script ", say("removed script {name}", "حذف متن گفت‌وگوی {name}")),
    ("campaign ", say("campaign {name}", "کارزار {name}")),
    ("drop campaign ", say("removed campaign {name}", "حذف کارزار {name}")),
    ("own_field ", say("own field {name}", "فیلد {name}")),
    ("drop own_field ", say("removed own field {name}", "حذف فیلد {name}")),
    ("import plan", say("import of a plan", "ورود برنامه")),
    ("undo ", say("taking back: {name}", "برگرداندن: {name}")),
];

/// What rows of a table of the store are called, by the number of the table.
#[rustfmt::skip]
pub(crate) const TABLES: &[(u8, Phrase)] = &[
    (16, say("record", "رکورد مشتری")),
    (17, say("sums", "جمع‌ها")),
    (18, say("facts", "دانسته‌ها")),
    (19, say("people around", "آشنایان")),
    (21, say("purchases", "خریدها")),
    (22, say("conversations", "گفت‌وگوها")),
    (24, say("tasks", "کارها")),
    (27, say("drafts", "پیش‌نویس‌ها")),
    (28, say("marks in queues", "نشان‌های صف")),
    (36, say("points", "امتیازهای باشگاه")),
    (38, say("cases", "پرونده‌ها")),
    (41, say("moves between stages", "جابه‌جایی‌های مرحله")),
    (42, say("win-back", "بازگرداندن")),
    (33, say("contracts", "قراردادها")),
];
