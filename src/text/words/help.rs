//! The help of the command line: what a command does and what each of its arguments means, by the
//! names the command line gives them (`import`, `import.map`; a bare `.lang` belongs to every command).
//! What stands in backquotes is typed as it is.

use crate::text::Phrase;

/// One text of the help.
const fn say(en: &'static str, fa: &'static str) -> Phrase {
    Phrase::new(en, fa)
}

/// Every text by its name.
#[rustfmt::skip]
pub(crate) const ALL: &[(&str, Phrase)] = &[
    ("", say("A customer relationship manager that lives in a terminal. Without a command it opens the store.", "مدیریت ارتباط با مشتری در پایانه. بدون فرمان، انبار داده را باز می‌کند.")),
    (".store", say("Folder of the store; made on first use.", "پوشهٔ انبار داده؛ بار نخست ساخته می‌شود.")),
    (".config", say("Configuration file instead of the usual one.", "پروندهٔ پیکربندی به جای پروندهٔ همیشگی.")),
    (".lang", say("Language of words and numbers; else that of `VAFA_LANG`, the configuration or the locale.", "زبان نوشته‌ها و عددها؛ وگرنه از `VAFA_LANG`، پیکربندی یا تنظیم دستگاه.")),
    (".plain", say("Nothing that a screen reader would stumble over: no progress bars, no pictures.", "بی هر چه صفحه‌خوان را گیر بیندازد: نه نوار پیشرفت، نه تصویر.")),
    (".quiet", say("Results and errors only.", "فقط نتیجه و خطا.")),
    (".yes", say("Answers yes to every question.", "به هر پرسشی پاسخ بله می‌دهد.")),
    (".help", say("Prints help.", "راهنما را چاپ می‌کند.")),
    (".version", say("Prints the version.", "نسخه را چاپ می‌کند.")),

    ("demo", say("Opens a throwaway store of believable data.", "انباری نمایشی با داده‌های باورپذیر باز می‌کند که پس از کار دور ریخته می‌شود.")),
    ("demo.customers", say("How many customers.", "شمار مشتریان.")),
    ("demo.seed", say("Another seed makes another store.", "با عدد دیگر، انبار دیگری ساخته می‌شود.")),
    ("demo.only_make", say("Makes the store in the folder of `--store` and does not open it.", "انبار را در پوشهٔ `--store` می‌سازد و باز نمی‌کند.")),

    ("import", say("Brings a file in: all of it or nothing, and never twice.", "پرونده‌ای را وارد می‌کند: همه یا هیچ، و هرگز دوباره.")),
    ("import.kind", say("What the rows are.", "سطرها چه هستند.")),
    ("import.file", say("The file; `-` for standard input.", "پرونده؛ `-` یعنی ورودی استاندارد.")),
    ("import.map", say("COLUMN is a title or a number from 1; FIELD a field, `field.NAME`, `need`, `taste`, ... or `ignore`.", "COLUMN عنوان ستون یا شمارهٔ آن از ۱ است؛ FIELD نام فیلد، `field.NAME`، `need`، `taste` و مانند آن‌ها، یا `ignore` برای نادیده گرفتن.")),
    ("import.dry_run", say("Says what would happen and writes nothing.", "می‌گوید چه می‌شد و چیزی نمی‌نویسد.")),
    ("import.skip_bad", say("Keeps the good rows and writes the bad ones, with the reason, to FILE.", "سطرهای خوب را نگه می‌دارد و سطرهای بد را با دلیل در FILE می‌نویسد.")),
    ("import.format", say("How the file is written; found out when not given.", "شکل پرونده؛ اگر گفته نشود خودکار شناخته می‌شود.")),
    ("import.delimiter", say("One character, `tab`, or `space` for runs of blanks; found out when not given.", "جداکننده: یک نویسه، `tab`، یا `space` برای چند فاصلهٔ پشت سر هم؛ اگر گفته نشود خودکار شناخته می‌شود.")),
    ("import.encoding", say("`utf-8`, `utf-16le`, `utf-16be`, `windows-1256` or `windows-1252`; found out when not given.", "کدگذاری: `utf-8`، `utf-16le`، `utf-16be`، `windows-1256` یا `windows-1252`؛ اگر گفته نشود خودکار شناخته می‌شود.")),
    ("import.no_header", say("The first row holds no titles.", "سطر نخست عنوان ستون‌ها نیست.")),
    ("import.date_format", say("How dates are written, as strftime has it: `%d/%m/%Y`.", "شکل تاریخ‌ها با نشانه‌های `strftime`، مانند `%d/%m/%Y`.")),
    ("import.decimal_comma", say("Amounts are written 1.250,50.", "در مبلغ‌ها نقطه هزارگان و ویرگول اعشار را جدا می‌کند: 1.250,50.")),
    ("import.errors", say("Bad rows listed; all are counted.", "چند سطر بد نام برده شود؛ همه شمرده می‌شوند.")),

    ("export", say("Writes customers and what belongs to them out.", "مشتریان و داده‌هایشان را بیرون می‌نویسد.")),
    ("export.what", say("What to write out.", "چه چیزی نوشته شود.")),
    ("export.name", say("Name of the segment or tag, or kind of the queue.", "نام بخش یا برچسب، یا نوع صف.")),
    ("export.filter", say("Only the customers this expression selects.", "فقط مشتریانی که این عبارت برمی‌گزیند.")),
    ("export.format", say("How it is written; by the name of the file when not given, else csv.", "شکل نوشتن؛ اگر گفته نشود از نام پرونده، وگرنه `csv`.")),
    ("export.output", say("The file, replaced as a whole; standard output when not given, or `-`.", "پرونده، که یکجا جایگزین می‌شود؛ بدون آن یا با `-`، خروجی استاندارد.")),
    ("export.bom", say("Begins with a byte order mark, as some spreadsheets want it; so in Persian without being asked.", "با نشان ترتیب بایت آغاز می‌شود، چنان که برخی صفحه‌گسترده‌ها می‌خواهند؛ در فارسی بی‌آنکه گفته شود.")),
    ("export.no_bom", say("Never a byte order mark.", "هرگز نشان ترتیب بایت ننویسد.")),

    ("find", say("Finds customers by name, phone, e-mail or id, however spelt.", "مشتری را با نام، تلفن، ایمیل یا شناسه پیدا می‌کند، به هر املایی.")),
    ("find.text", say("What to look for.", "چه چیزی جستجو شود.")),
    ("find.limit", say("Rows at most.", "حداکثر سطرها.")),
    ("find.format", say("How the result is written.", "شکل نتیجه.")),

    ("list", say("Lists the customers an expression selects.", "مشتریانی را که عبارتی برمی‌گزیند فهرست می‌کند.")),
    ("list.filter", say("Only the customers this expression selects, as `city:Tehran spent>10m last<30d -tag:vip`.", "فقط مشتریانی که این عبارت برمی‌گزیند، مانند `city:تهران spent>10m last<30d -tag:vip`.")),
    ("list.sort", say("Order; with a minus in front the largest come first.", "ترتیب؛ با منها در آغاز، بزرگ‌ترها اول می‌آیند.")),
    ("list.columns", say("Columns in their order, with commas; their titles in either language do too.", "ستون‌ها به ترتیب، با نام انگلیسی یا فارسی، و ویرگول لاتین میانشان.")),
    ("list.limit", say("Rows at most.", "حداکثر سطرها.")),
    ("list.format", say("How the result is written.", "شکل نتیجه.")),

    ("show", say("Shows everything about a customer.", "همه چیز را دربارهٔ یک مشتری نشان می‌دهد.")),
    ("show.customer", say("#number, external id, phone or name.", "#شماره، شناسهٔ بیرونی، تلفن یا نام.")),
    ("show.format", say("How the result is written.", "شکل نتیجه.")),

    ("log", say("Logs a conversation.", "گفت‌وگویی را ثبت می‌کند.")),
    ("log.customer", say("#number, external id, phone or name.", "#شماره، شناسهٔ بیرونی، تلفن یا نام.")),
    ("log.outcome", say("How it ended: `answered`, `no_answer`, `refused`, `sale`, `callback`, ...", "نتیجهٔ گفت‌وگو: `answered`، `no_answer`، `refused`، `sale`، `callback` و مانند آن‌ها، یا نام فارسی نتیجه.")),
    ("log.note", say("In words.", "یادداشت.")),
    ("log.callback", say("When to call again: `tomorrow 10:00`, `+2h`, `mon 9`.", "زمان تماس دوباره: `فردا ۱۰`، `+2h`، `شنبه ۹`.")),
    ("log.channel", say("By what means.", "راه تماس.")),
    ("log.inbound", say("The customer began.", "مشتری آغاز کرد.")),
    ("log.duration", say("How long it took: 95 or 1:35.", "چقدر طول کشید: ۹۵ ثانیه یا ۱:۳۵.")),

    ("tag", say("Tags the customers an expression selects.", "به مشتریانی که عبارتی برمی‌گزیند برچسب می‌زند.")),
    ("tag.name", say("The tag.", "برچسب.")),
    ("tag.filter", say("The customers this expression selects.", "مشتریانی که این عبارت برمی‌گزیند.")),
    ("untag", say("Takes a tag from the customers an expression selects.", "برچسبی را از مشتریانی که عبارتی برمی‌گزیند برمی‌دارد.")),
    ("untag.name", say("The tag.", "برچسب.")),
    ("untag.filter", say("The customers this expression selects.", "مشتریانی که این عبارت برمی‌گزیند.")),

    ("set", say("Sets one trait of the customers an expression selects.", "یک ویژگی مشتریانی را که عبارتی برمی‌گزیند تعیین می‌کند.")),
    ("set.field", say("`stage`, `owner`, `source`, `marketing`, `do_not_call` or `field.NAME`.", "`stage` (مرحله)، `owner` (مسئول)، `source` (منبع)، `marketing` (بازاریابی)، `do_not_call` (تماس نگیرید) یا `field.NAME`.")),
    ("set.value", say("To what; empty takes it away.", "چه مقداری؛ خالی یعنی برداشتن.")),
    ("set.reason", say("Why, for a stage: kept with the move.", "دلیل، برای مرحله: همراه جابه‌جایی نگه داشته می‌شود.")),
    ("set.filter", say("The customers this expression selects.", "مشتریانی که این عبارت برمی‌گزیند.")),
    ("duplicates", say("Lists customers who may be one and the same, the likeliest first.", "مشتریانی را که شاید یکی باشند فهرست می‌کند، محتمل‌ترین‌ها اول.")),
    ("duplicates.limit", say("Groups at most.", "حداکثر گروه‌ها.")),
    ("duplicates.format", say("How the result is written.", "شکل نتیجه.")),
    ("merge", say("Makes one of two customers; `vafa undo` makes them two again.", "دو مشتری را یکی می‌کند؛ `vafa undo` دوباره دو تا می‌کند.")),
    ("merge.keep", say("Who stays: #number, external id, phone or name.", "آن که می‌ماند: #شماره، شناسهٔ بیرونی، تلفن یا نام.")),
    ("merge.gone", say("Who goes: all that belongs to this one goes over to the other.", "آن که می‌رود: هر چه از اوست به دیگری می‌رسد.")),
    ("merge.take", say("Fields whose value comes from the one that goes, with commas: `name,city,field.plan`.", "فیلدهایی که مقدارشان از رونده می‌آید، با ویرگول لاتین: `name,city,field.plan`.")),
    ("merge.dry_run", say("Says what would happen and writes nothing.", "می‌گوید چه می‌شد و چیزی نمی‌نویسد.")),
    ("lifecycle", say("The stages of relations: prospect, first time, repeat, loyal, ...", "مرحله‌های رابطه: مشتری احتمالی، خرید اول، خرید دوباره، وفادار، ...")),
    ("lifecycle run", say("Moves everybody whose stage is another by the rules; `vafa undo` takes it back.", "هر کس را که طبق قاعده‌ها در مرحلهٔ دیگری است جابه‌جا می‌کند؛ `vafa undo` برمی‌گرداند.")),
    ("lifecycle run.dry_run", say("Says who would move and writes nothing.", "می‌گوید چه کسانی جابه‌جا می‌شدند و چیزی نمی‌نویسد.")),
    ("lifecycle run.format", say("How the result is written.", "شکل نتیجه.")),
    ("lifecycle close", say("Gives up having a customer back who left.", "از بازگرداندن مشتری رفته دست می‌کشد.")),
    ("lifecycle close.customer", say("#number, external id, phone or name.", "#شماره، شناسهٔ بیرونی، تلفن یا نام.")),
    ("lifecycle close.note", say("Why.", "چرا.")),
    ("erase", say("Removes a customer and every trace of them for good; cannot be undone.", "مشتری و هر ردی از او را برای همیشه پاک می‌کند؛ برنمی‌گردد.")),
    ("erase.customer", say("#number, external id, phone or name.", "#شماره، شناسهٔ بیرونی، تلفن یا نام.")),
    ("erase.name", say("The customer's name, for scripts; asked for when not given.", "نام مشتری، برای اسکریپت‌ها؛ اگر داده نشود پرسیده می‌شود.")),
    ("erase.output", say("File for the certificate; standard output when not given.", "پروندهٔ گواهی؛ بدون آن، خروجی استاندارد.")),
    ("erase.format", say("How the certificate is written.", "شکل گواهی.")),

    ("queue", say("Prints a queue, the most worthwhile first.", "صفی را چاپ می‌کند، باارزش‌ترین‌ها اول.")),
    ("queue.kind", say("`retention`, `callbacks`, ...", "`retention` (نگهداشت)، `callbacks` (تماس‌های دوباره) و دیگر صف‌ها.")),
    ("queue.limit", say("Rows at most.", "حداکثر سطرها.")),
    ("queue.format", say("How the result is written.", "شکل نتیجه.")),

    ("score", say("Fits the models and scores everyone.", "مدل‌ها را برازش می‌دهد و به همه امتیاز می‌دهد.")),
    ("score.as_of", say("The day up to which purchases count; today when not given.", "روزی که خریدها تا آن شمرده می‌شوند؛ اگر گفته نشود امروز.")),
    ("score.horizon", say("Weeks in which leaving matters: `26w`.", "چند هفتهٔ آینده برای رفتن مشتری مهم است: `26w`.")),
    ("score.model", say("The purchase model: `pareto_nbd`, `mbg_nbd` or `mbg_cnbd_k`; when not given, the one that does best on held-back time.", "مدل خرید: `pareto_nbd`، `mbg_nbd` یا `mbg_cnbd_k`؛ اگر گفته نشود آن که در زمان کنارگذاشته بهترین است.")),
    ("score.format", say("How the result is written.", "شکل نتیجه.")),

    ("undo", say("Takes the last act back, or the one with this number.", "آخرین کار، یا کاری با این شماره را برمی‌گرداند.")),
    ("undo.batch", say("The number an import or another act told.", "شماره‌ای که هنگام ورود یا کار دیگر گفته شد.")),

    ("check", say("Reads the whole store and says what is wrong with it.", "همهٔ انبار داده را می‌خواند و می‌گوید چه اشکالی دارد.")),
    ("check.deep", say("Also reads what every record means, and the log of changes.", "معنای هر رکورد و دفتر تغییرها را هم می‌خواند.")),

    ("report", say("Prints a report.", "گزارشی چاپ می‌کند.")),
    ("report.kind", say("Which report.", "کدام گزارش.")),
    ("report.filter", say("Only the customers this expression selects.", "تنها مشتریانی که این عبارت برمی‌گزیند.")),
    ("report.as_of", say("As it was on this day; today when not given.", "چنان که در این روز بود؛ اگر گفته نشود امروز.")),
    ("report.period", say("How long a period of a cohort is.", "درازای هر دورهٔ گروه‌های ورودی.")),
    ("report.format", say("How the result is written.", "شکل نتیجه.")),

    ("config", say("Shows or changes the configuration.", "پیکربندی را نشان می‌دهد یا عوض می‌کند.")),
    ("config path", say("Prints where the configuration file is.", "جای پروندهٔ پیکربندی را چاپ می‌کند.")),
    ("config show", say("Prints what is in force.", "آنچه را در کار است چاپ می‌کند.")),
    ("config set", say("Sets one thing: language, theme, calendar, money (`rial` or `toman`), agent, bidi or store here; currency, country, time_zone, margin, ... in the store.", "یک چیز را تعیین می‌کند: `language`، `theme`، `calendar`، `money` (`rial` یا `toman`)، `agent`، `bidi` و `store` روی این دستگاه؛ `currency`، `country`، `time_zone`، `margin` و مانند آن‌ها در انبار داده.")),
    ("config set.name", say("What.", "چه چیزی.")),
    ("config set.value", say("To what; empty for none.", "چه مقداری؛ خالی یعنی هیچ.")),

    ("agent", say("Says and changes who works in this store.", "کارشناسان این انبار داده را نشان می‌دهد و عوض می‌کند.")),
    ("agent add", say("Adds somebody who works here.", "کسی را به کارشناسان می‌افزاید.")),
    ("agent add.name", say("The name, as it is shown and logged in with.", "نام، چنان که نشان داده می‌شود و با آن وارد می‌شوند.")),
    ("agent add.role", say("What they may do: `agent`, `supervisor` or `admin`.", "نقش: `agent` (کارشناس)، `supervisor` (سرپرست) یا `admin` (مدیر سامانه).")),
    ("agent add.team", say("The team.", "گروه.")),
    ("agent list", say("Lists who works here.", "کارشناسان را فهرست می‌کند.")),
    ("agent list.format", say("How the result is written.", "شکل نتیجه.")),
    ("agent disable", say("Lets somebody in no more; what they did stays.", "دیگر کسی را راه نمی‌دهد؛ کارهای پیشینش می‌ماند.")),
    ("agent disable.name", say("The name.", "نام.")),
    ("backup", say("Writes the whole store to one file.", "همهٔ انبار داده را در یک پرونده می‌نویسد.")),
    ("backup.file", say("The file, replaced as a whole.", "پرونده، که یکجا جایگزین می‌شود.")),
    ("restore", say("Makes the store from a backup; there must be none yet.", "انبار داده را از پشتیبان می‌سازد؛ نباید از پیش انباری باشد.")),
    ("restore.file", say("The file that `vafa backup` wrote.", "پرونده‌ای که `vafa backup` نوشته است.")),
    ("completions", say("Prints completions for a shell.", "تکمیل خودکار فرمان‌ها را برای پوسته چاپ می‌کند.")),
    ("completions.shell", say("Which shell.", "کدام پوسته.")),
    ("help", say("Explains a command.", "فرمانی را توضیح می‌دهد.")),
    ("help.command", say("Which command.", "کدام فرمان.")),
];
