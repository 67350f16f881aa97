//! What the command line says: results, and why there is none.

super::phrases! {
    // Why there is no result.
    pub(crate) NO_STORE: "there is no store in {path}; `vafa import`, `vafa demo` or `vafa` make one", "در {path} انبار داده‌ای نیست؛ با `vafa import`، `vafa demo` یا `vafa` ساخته می‌شود";
    pub(crate) NO_HOME: "no home folder is known; name the store with --store", "پوشهٔ خانگی شناخته نیست؛ انبار داده را با `--store` نام ببرید";
    pub(crate) NOT_YET: "{what} is not there yet in this version", "{what} در این نسخه هنوز نیست";
    pub(crate) NO_AGENT: "{name} is no agent of this store; agents are {known}; choose one with `vafa config set agent NAME`, or have an admin add you", "{name} کارشناس این انبار داده نیست؛ کارشناسان: {known}؛ با `vafa config set agent NAME` یکی را برگزینید، یا از مدیر سامانه بخواهید شما را بیفزاید";
    pub(crate) DISABLED: "{name} may not work in this store any more", "{name} دیگر اجازهٔ کار در این انبار داده را ندارد";
    pub(crate) SEGMENT: "segment", "بخش";
    pub(crate) AGENT: "agent", "کارشناس";
    pub(crate) TASK: "task", "کار";
    pub(crate) PRODUCT: "product", "کالا";
    pub(crate) NOT_FOUND: "there is no {what} {name}", "{what} {name} پیدا نشد";
    pub(crate) NO_CUSTOMER: "no customer is {name}; look with `vafa find {name}`", "مشتری {name} پیدا نشد؛ با `vafa find {name}` بگردید";
    pub(crate) NOBODY_NAMED: "no customer is named; give a #number, an external id, a phone or a name", "مشتری نام برده نشده است؛ #شماره، شناسهٔ بیرونی، تلفن یا نام بدهید";
    pub(crate) AMBIGUOUS: "{name} may be {count} customers; name one of them by its number:", "{name} می‌تواند {count} مشتری باشد؛ یکی را با شماره نام ببرید:";
    pub(crate) NO_SCORES: "nobody is scored yet; run `vafa score` first", "هنوز کسی امتیاز ندارد؛ نخست `vafa score` را اجرا کنید";
    pub(crate) BAD_WORD: "{option} takes {known}, not {given}", "{option} این‌ها را می‌پذیرد: {known}؛ نه {given}";
    pub(crate) BAD_CONFIG: "the configuration {path} cannot be read: {error}", "پیکربندی {path} خوانده نمی‌شود: {error}";
    pub(crate) NO_SETTING: "there is no setting {name}; there are {known}", "تنظیم {name} نیست؛ این‌ها هست: {known}";
    pub(crate) CANNOT_PRINT: "the result cannot be written: {error}", "نتیجه نوشته نمی‌شود: {error}";
    pub(crate) MORE_ERRORS: "and {count} more", "و {count} تای دیگر";
    pub(crate) NOTHING_KEPT: "nothing of the file was kept; mend it, or keep the rest with `--skip-bad FILE`", "چیزی از پرونده نگه داشته نشد؛ درستش کنید یا با `--skip-bad FILE` بقیه را نگه دارید";
    pub(crate) NOT_EMPTY: "{path} is not empty; the demo needs a folder of its own", "{path} خالی نیست؛ انبار نمایشی پوشه‌ای از آن خود می‌خواهد";

    pub(crate) STANDARD_INPUT: "standard input", "ورودی استاندارد";
    pub(crate) THERE_ALREADY: "{path} is there already; name another file, or write over it with `--yes`", "{path} از پیش هست؛ نام دیگری بدهید، یا با `--yes` رویش بنویسید";
    pub(crate) WRITE_OVER: "{path} is there already; write over it? (yes or no)", "{path} از پیش هست؛ رویش نوشته شود؟ (بله یا نه)";

    // Results.
    pub(crate) IMPORTED: "{rows} {rows|row|rows}: {added} added, {changed} changed, {same} the same", "{rows} سطر: {added} افزوده، {changed} دگرگون، {same} بی‌تغییر";
    pub(crate) MADE: "{count} {count|customer was|customers were} made because rows named them", "{count} مشتری ساخته شد چون سطرها نامشان را بردند";
    pub(crate) SKIPPED: "{count} bad {count|row|rows} left out, written to {path}", "{count} سطر بد کنار گذاشته و در {path} نوشته شد";
    pub(crate) IGNORED: "ignored columns: {names}", "ستون‌های نادیده: {names}";
    pub(crate) UNDO_WITH: "`vafa undo {batch}` takes it back", "با `vafa undo {batch}` بازمی‌گردد";
    pub(crate) WOULD_IMPORT: "{rows} {rows|row|rows}, {bad} bad; nothing was written", "{rows} سطر، {bad} بد؛ چیزی نوشته نشد";
    pub(crate) READ_AS: "read as {form}", "خوانده شده به شکل {form}";
    pub(crate) EXPORTED: "{count} {count|row|rows} written to {path}", "{count} سطر در {path} نوشته شد";
    pub(crate) LOGGED: "logged: {name}", "ثبت شد: {name}";
    pub(crate) CALLED_AGAIN: "again {when}", "دوباره {when}";
    pub(crate) TAGGED: "{count} of {of} {of|customer|customers} tagged {tag}", "{count} از {of} مشتری برچسب {tag} گرفت";
    pub(crate) UNTAGGED: "{count} of {of} {of|customer|customers} lost the tag {tag}", "برچسب {tag} از {count} از {of} مشتری برداشته شد";
    pub(crate) UNDONE: "undone: {label} ({count} {count|record|records})", "بازگردانده شد: {label} ({count} رکورد)";
    pub(crate) SOUND: "sound: {rows} rows and {changes} changes read", "سالم: {rows} سطر و {changes} تغییر خوانده شد";
    pub(crate) UNSOUND: "damaged: {count} {count|finding|findings}; keep a copy of the folder, then bring back a backup with `vafa restore FILE`", "آسیب‌دیده: {count} یافته؛ از پوشه رونوشت بگیرید و پشتیبان را با `vafa restore FILE` بازگردانید";
    pub(crate) SHOWN: "{shown} of {of}", "{shown} از {of}";
    pub(crate) IN_TOMAN: "{amount} toman", "{amount} تومان";
    pub(crate) SAVED: "{name} = {value}", "{name} = {value}";

    pub(crate) BACKED_UP: "{rows} {rows|row|rows} and {changes} {changes|change|changes} saved in {path}", "{rows} سطر و {changes} تغییر در {path} نوشته شد";
    pub(crate) RESTORED: "{rows} {rows|row|rows} and {changes} {changes|change|changes} brought back into {path}", "{rows} سطر و {changes} تغییر به {path} بازگشت";
    pub(crate) RESTORE_THERE: "{path} holds a store already; move it away, or restore into another folder with `--store`", "در {path} از پیش انبار داده‌ای هست؛ آن را جابه‌جا کنید، یا با `--store` در پوشهٔ دیگری بازگردانید";
    pub(crate) AGENT_ADDED: "added: {name}, {role}", "افزوده شد: {name}، {role}";
    pub(crate) AGENT_DISABLED: "{name} is let in no more", "{name} دیگر راه داده نمی‌شود";
    pub(crate) LAST_ADMIN: "without {name} the store would have no administrator; add one first with `vafa agent add NAME --role admin`", "بدون {name} انبار داده مدیر سامانه ندارد؛ نخست با `vafa agent add NAME --role admin` کسی را بیفزایید";
    pub(crate) YES: "yes", "بله";
    pub(crate) NO: "no", "خیر";

    // Progress.
    pub(crate) OPENING: "opening", "گشودن";
    pub(crate) CHECKING: "checking", "بررسی";
    pub(crate) WRITING: "writing", "نوشتن";
    pub(crate) FITTING: "fitting the models", "برازش مدل‌ها";
    pub(crate) MAKING: "making the demo", "ساختن نمایش";

    // Columns and headings.
    pub(crate) C_ID: "id", "شماره";
    pub(crate) C_EXTERNAL: "external id", "شناسه";
    pub(crate) C_NAME: "name", "نام";
    pub(crate) C_KIND: "kind", "نوع";
    pub(crate) C_PHONE: "phone", "تلفن";
    pub(crate) C_EMAIL: "email", "ایمیل";
    pub(crate) C_CITY: "city", "شهر";
    pub(crate) C_STAGE: "stage", "مرحله";
    pub(crate) C_OWNER: "owner", "کارشناس";
    pub(crate) C_SOURCE: "source", "منبع";
    pub(crate) C_JOINED: "joined", "عضویت";
    pub(crate) C_BIRTH: "born", "تولد";
    pub(crate) C_FIRST: "first purchase", "نخستین خرید";
    pub(crate) C_LAST: "last purchase", "آخرین خرید";
    pub(crate) C_CONTACT: "last contact", "آخرین تماس";
    pub(crate) C_PURCHASES: "purchases", "خریدها";
    pub(crate) C_SPENT: "spent", "خرج";
    pub(crate) C_VALUE: "value", "ارزش";
    pub(crate) C_RISK: "risk", "خطر";
    pub(crate) C_P_ALIVE: "p alive", "احتمال ماندن";
    pub(crate) C_SAVES: "saves", "نجات";
    pub(crate) C_WORTH: "worth", "ارزش تماس";
    pub(crate) C_LEAVES: "leaves", "تاریخ رفتن";
    pub(crate) C_RFM: "rfm", "rfm";
    pub(crate) C_TAGS: "tags", "برچسب‌ها";
    pub(crate) C_RANK: "rank", "رتبه";
    pub(crate) C_CUSTOMER: "customer", "مشتری";
    pub(crate) C_REASONS: "reasons", "دلیل‌ها";
    pub(crate) C_OFFER: "offer", "پیشنهاد";
    pub(crate) C_COLUMN: "column", "ستون";
    pub(crate) C_FIELD: "field", "فیلد";
    pub(crate) C_EXAMPLE: "first row", "سطر نخست";
    pub(crate) C_MODEL: "model", "مدل";
    pub(crate) C_N: "customers", "مشتریان";
    pub(crate) C_LIKELIHOOD: "log likelihood", "لگاریتم درست‌نمایی";
    pub(crate) C_PARAMETERS: "parameters", "پارامترها";
    pub(crate) C_AUC: "auc", "سطح زیر منحنی";
    pub(crate) C_LIFT: "lift of the top tenth", "برتری دهک نخست";
    pub(crate) C_MAE: "mean error", "خطای میانگین";
    pub(crate) C_VERDICT: "verdict", "داوری";
    pub(crate) M_CHOSEN: "in use: least error on held-back time", "در کار: کمترین خطا در زمان کنارگذاشته";
    pub(crate) M_NAMED: "in use: named by hand", "در کار: به خواست شما";
    pub(crate) M_BEATS: "beats its baselines", "بهتر از خط مبنا";
    pub(crate) M_FAILS: "does not beat its baselines", "از خط مبنا بهتر نیست";
    pub(crate) M_SHRUNK: "few repeat buyers: leans on published figures", "خریدار تکراری کم است: بر ارقام منتشرشده تکیه دارد";
    pub(crate) C_RECENCY: "recency", "تازگی";
    pub(crate) C_FREQUENCY: "frequency", "بسامد";
    pub(crate) H_FACTS: "known", "دانسته‌ها";
    pub(crate) H_PEOPLE: "people around", "اطرافیان";
    pub(crate) H_WORK: "open work", "کارهای باز";
    pub(crate) H_TALKS: "conversations", "گفت‌وگوها";
    pub(crate) H_PURCHASES: "purchases", "خریدها";
    pub(crate) H_FIGURES: "figures", "ارقام";
    pub(crate) C_ROLE: "role", "نقش";
    pub(crate) C_TEAM: "team", "گروه";
    pub(crate) C_DISABLED: "disabled", "کنارگذاشته";
    pub(crate) C_PLACE: "place", "جا";
    pub(crate) DO_NOT_CALL: "do not call", "تماس نگیرید";
}
