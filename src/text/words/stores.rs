//! What can go wrong with the store: what was tried, what is wrong, what to do next.

super::phrases! {
    pub(crate) CHANGED_MEANWHILE: "the change was not saved: {record} was changed in the meantime; read it again and repeat the change", "تغییر ذخیره نشد: {record} در این میان تغییر کرده است؛ دوباره آن را بخوانید و تغییر را تکرار کنید";
    pub(crate) IN_USE: "the store {path} cannot be opened: process {pid} is using it; close that one or choose another store with --store", "انبار دادهٔ {path} باز نمی‌شود: فرایند {pid} آن را در دست دارد؛ آن را ببندید یا با --store انبار دیگری برگزینید";
    pub(crate) NEWER: "{what} has version {found}, and this program knows versions up to {known}; use a newer vafa to open it", "نسخهٔ {what} برابر {found} است و این برنامه تا نسخهٔ {known} را می‌شناسد؛ با وفای تازه‌تری بازش کنید";
    pub(crate) DAMAGED: "the store {path} is damaged: {detail}; keep a copy of the folder, then bring back a backup with `vafa restore FILE`", "انبار دادهٔ {path} آسیب دیده است: {detail}؛ از پوشه رونوشت بگیرید و پشتیبان را با `vafa restore FILE` بازگردانید";
    pub(crate) CORRUPT: "a record cannot be read: {record} is damaged; look at the whole store with `vafa check --deep`, then bring back a backup with `vafa restore FILE`", "رکوردی خوانده نمی‌شود: {record} آسیب دیده است؛ همهٔ انبار را با `vafa check --deep` ببینید و پشتیبان را با `vafa restore FILE` بازگردانید";
    pub(crate) READ_ONLY: "nothing was saved: the store is read-only since an earlier write failed ({reason}); everything saved before is safe; mend the cause and start vafa again", "چیزی ذخیره نشد: نوشتنی پیش از این ناکام ماند ({reason}) و انبار از آن پس فقط خواندنی است؛ آنچه پیش‌تر ذخیره شده سالم است؛ علت را برطرف کنید و وفا را دوباره اجرا کنید";
    pub(crate) FULL: "nothing was saved: no room left on the disk ({detail}); make room and start vafa again; everything saved before is safe", "چیزی ذخیره نشد: دیسک پر است ({detail})؛ جا باز کنید و وفا را دوباره اجرا کنید؛ آنچه پیش‌تر ذخیره شده سالم است";
    pub(crate) TOO_LARGE: "the change was not saved: {record} would take {size} bytes and the most is {limit}; shorten it", "تغییر ذخیره نشد: {record} به {size} بایت می‌رسد و بیشینه {limit} است؛ کوتاهش کنید";
    pub(crate) INNER: "the change was not saved: the table {table} is written by the store alone; this is a mistake in vafa, please report it", "تغییر ذخیره نشد: جدول {table} را تنها خود انبار می‌نویسد؛ این اشکالی در وفاست، لطفاً گزارش دهید";
    pub(crate) IO: "{doing} failed: {message}; mend the cause and start vafa again", "{doing} انجام نشد: {message}؛ علت را برطرف کنید و وفا را دوباره اجرا کنید";
}
