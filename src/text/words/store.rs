//! What can go wrong with a store and with the files of the operating system.

super::phrases! {
    pub(crate) CONFLICT: "the change was not saved: somebody changed the same record first ({row}); read it again and repeat the change", "تغییر ذخیره نشد: کس دیگری همین رکورد را زودتر تغییر داد ({row})؛ آن را دوباره بخوانید و تغییر را تکرار کنید";
    pub(crate) IN_USE: "the store {path} cannot be opened: process {pid} is using it; close that one or choose another store with `--store`", "انبار دادهٔ {path} باز نمی‌شود: پردازهٔ {pid} آن را در دست دارد؛ آن را ببندید یا با `--store` انبار دیگری برگزینید";
    pub(crate) IN_USE_BY_SOMEBODY: "the store {path} cannot be opened: another program is using it; close that one or choose another store with `--store`", "انبار دادهٔ {path} باز نمی‌شود: برنامهٔ دیگری آن را در دست دارد؛ آن را ببندید یا با `--store` انبار دیگری برگزینید";
    pub(crate) NEWER: "a newer version of this program wrote here ({what} has version {found}, and this program knows versions up to {known}); use a newer vafa to open it", "نسخهٔ تازه‌تری از این برنامه اینجا نوشته است ({what}: نسخهٔ {found}، و این برنامه تا نسخهٔ {known} را می‌شناسد)؛ با وفای تازه‌تر باز کنید";
    pub(crate) DAMAGED: "the store {path} is damaged: {detail}; keep a copy of the folder, then bring back a backup with `vafa restore FILE`", "انبار دادهٔ {path} آسیب دیده است: {detail}؛ از پوشه رونوشت بگیرید، سپس پشتیبان را با `vafa restore FILE` بازگردانید";
    pub(crate) CORRUPT: "a record is damaged and cannot be read ({row}); look at the whole store with `vafa check --deep`, then bring back a backup with `vafa restore FILE`", "رکوردی آسیب دیده است و خوانده نمی‌شود ({row})؛ همهٔ انبار را با `vafa check --deep` بررسی کنید، سپس پشتیبان را با `vafa restore FILE` بازگردانید";
    pub(crate) READ_ONLY: "nothing was saved: the store is read-only since an earlier write failed ({reason}); everything saved before is safe; mend the cause and start vafa again", "چیزی ذخیره نشد: انبار داده از هنگامی که نوشتنی ناموفق ماند فقط خواندنی است ({reason})؛ آنچه پیش از آن ذخیره شده سالم است؛ علت را برطرف کنید و وفا را دوباره اجرا کنید";
    pub(crate) FULL: "nothing was saved: no room left on the disk ({detail}); make room and start vafa again; everything saved before is safe", "چیزی ذخیره نشد: دیسک جا ندارد ({detail})؛ جا باز کنید و وفا را دوباره اجرا کنید؛ آنچه پیش از آن ذخیره شده سالم است";
    pub(crate) SHORT: "nothing was saved: no room left on the disk but {free} MB, and vafa keeps {reserve} MB free so that a full disk never damages the store; make room and try again", "چیزی ذخیره نشد: روی دیسک تنها {free} مگابایت جا مانده است و وفا {reserve} مگابایت را خالی نگه می‌دارد تا پر شدن دیسک به انبار آسیب نرساند؛ جا باز کنید و دوباره امتحان کنید";
    pub(crate) TOO_LARGE: "the change was not saved: it would take {size} bytes and the most is {limit} ({row}); shorten it", "تغییر ذخیره نشد: {size} بایت می‌گیرد و بیشترین {limit} است ({row})؛ کوتاهش کنید";
    pub(crate) INNER: "the change was not saved: the table {table} is written by the store alone; this is a mistake in vafa, please report it", "تغییر ذخیره نشد: جدول {table} را فقط خود انبار می‌نویسد؛ این اشکال وفاست، گزارشش دهید";
    pub(crate) IO: "{doing} failed: {why}; mend the cause and start vafa again", "کار با پرونده‌های انبار داده ناموفق بود: {why} ({doing})؛ علت را برطرف کنید و وفا را دوباره اجرا کنید";

    pub(crate) ALTERED: "change {seq} was altered: its hash is not the one that was written down after it; bring back a backup with `vafa restore FILE`", "تغییر شمارهٔ {seq} دستکاری شده است: درهم‌سازی آن همان نیست که پس از آن نوشته شد؛ پشتیبان را با `vafa restore FILE` بازگردانید";
    pub(crate) LOG_ENDS: "the log of changes ends after {after} of {head} changes: {cause}", "دفتر تغییرها پس از {after} تغییر از {head} تغییر تمام می‌شود: {cause}";
    pub(crate) UNLOGGED: "the records are not those that the log of changes tells of; bring back a backup with `vafa restore FILE`", "رکوردها همان نیستند که دفتر تغییرها می‌گوید؛ پشتیبان را با `vafa restore FILE` بازگردانید";

    // What the operating system says.
    pub(crate) NO_SUCH_FILE: "there is no such file or folder", "چنین پرونده یا پوشه‌ای نیست";
    pub(crate) PERMISSION: "permission denied", "اجازه نیست";
    pub(crate) THERE_ALREADY: "it is there already", "از پیش هست";
    pub(crate) IS_A_FOLDER: "it is a folder", "پوشه است";
    pub(crate) NOT_A_FOLDER: "a part of the path is not a folder", "بخشی از مسیر پوشه نیست";
    pub(crate) NO_ROOM: "no room left on the disk", "دیسک جا ندارد";
    pub(crate) READ_ONLY_DISK: "the file system is read-only", "سامانهٔ پرونده فقط خواندنی است";
    pub(crate) CUT_SHORT: "it ends too early", "زودتر از انتظار تمام می‌شود";
    pub(crate) NOT_TEXT: "it is not text in UTF-8", "متنی با کدگذاری UTF-8 نیست";
    pub(crate) INTERRUPTED: "it was interrupted", "قطع شد";
    pub(crate) NAME_TOO_LONG: "the name is too long or not possible", "نام بیش از اندازه بلند یا ناممکن است";
    pub(crate) SYSTEM: "the system says: {error}", "پیام سامانه: {error}";
}
