//! Customers' housekeeping: who may be one, merging, erasing, setting in bulk.

super::phrases! {
    // What two have in common.
    pub(crate) NATIONAL_ID: "national id", "شمارهٔ ملی";
    pub(crate) EMAIL: "e-mail", "ایمیل";
    pub(crate) PHONE: "phone", "تلفن";
    pub(crate) NAME: "name", "نام";
    pub(crate) SOUND: "sound of the name", "آوای نام";
    pub(crate) BIRTH_DATE: "birth date", "تاریخ تولد";
    pub(crate) CITY: "city", "شهر";

    // The screens.
    pub(crate) DUPLICATES: "Alike customers", "مشتریان همانند";
    pub(crate) SO_MANY_GROUPS: "{n} {n|group|groups} of customers who may be one, {all} in all", "{n} گروه از مشتریانی که شاید یکی باشند، روی هم {all} مشتری";
    pub(crate) NOBODY_ALIKE: "No two customers look like one: there is nothing to merge.", "هیچ دو مشتری‌ای همانند نیستند؛ چیزی برای ادغام نیست.";
    pub(crate) WHO: "who", "چه کسانی";
    pub(crate) MERGE_TITLE: "Merge two customers: which values stay?", "ادغام دو مشتری: کدام مقدارها بماند؟";
    pub(crate) THIS_STAYS: "stays: {name} {id}", "می‌ماند: {name} {id}";
    pub(crate) THIS_GOES: "goes: {name} {id}", "می‌رود: {name} {id}";
    pub(crate) BOTH_KEPT: "kept of both: contacts, tags, other names, ids", "از هر دو می‌ماند: راه‌های تماس، برچسب‌ها، نام‌های دیگر، شناسه‌ها";
    pub(crate) TWO_OWNERS: "They belong to two agents: press the key again to merge", "از آنِ دو کارشناس‌اند: برای ادغام دوباره همان کلید را بزنید";
    pub(crate) TWO_MARKED: "mark two customers to merge them, or press D for those who look like one", "دو مشتری را نشان بزنید تا ادغام شوند، یا با D همانندها را ببینید";
    pub(crate) ERASE_TITLE: "Erase {name} for good, with everything; cannot be undone. Type the name:", "پاک کردن {name} با همه چیز برای همیشه؛ برنمی‌گردد. نام را بنویسید:";
    pub(crate) DISTINCT: "{one} and {other} are two; they are not listed together again", "{one} و {other} دو نفرند؛ دیگر با هم فهرست نمی‌شوند";
    pub(crate) DISTINCT_ALREADY: "{one} and {other} were known to be two already", "از پیش دانسته بود که {one} و {other} دو نفرند";
    pub(crate) CERTIFICATE_TITLE: "Certificate of erasure", "گواهی پاک‌سازی";

    // The command line.
    pub(crate) C_GROUP: "group", "گروه";
    pub(crate) C_SCORE: "likely", "احتمال";
    pub(crate) C_SHARES: "in common", "مشترک";
    pub(crate) GROUPS_SHOWN: "{shown} of {of} {of|group|groups}, {n} customers in all; `vafa merge KEEP GONE` makes one of two", "{shown} از {of} گروه، روی هم {n} مشتری؛ `vafa merge KEEP GONE` دو مشتری را یکی می‌کند";
    pub(crate) C_KEEP: "stays", "می‌ماند";
    pub(crate) C_GONE: "goes", "می‌رود";
    pub(crate) C_STAYS: "value then", "مقدار پس از آن";
    pub(crate) SO_MANY: "{what}: {n}", "{what}: {n}";
    pub(crate) MOVES: "from {gone} to {keep} go {rows}", "از {gone} به {keep} می‌رود: {rows}";
    pub(crate) NOTHING_MOVES: "nothing lies beside {gone} that would go to {keep}", "کنار {gone} چیزی نیست که به {keep} برود";
    pub(crate) MERGE_ASK: "merge {gone} into {keep}? (yes or no)", "{gone} در {keep} ادغام شود؟ (بله یا نه)";
    pub(crate) NOT_MERGED: "not merged: nobody said yes; `--yes` says so beforehand", "ادغام نشد: کسی بله نگفت؛ `--yes` از پیش بله می‌گوید";
    pub(crate) MERGED: "{gone} was merged into {name} ({n} {n|record|records})", "{gone} در {name} ادغام شد ({n} رکورد)";
    pub(crate) TYPE_NAME: "{name} will be erased for good, with all that belongs to them; this cannot be undone. Type the name to go on:", "{name} با هر چه از اوست برای همیشه پاک می‌شود و برنمی‌گردد. برای ادامه نام را بنویسید:";
    pub(crate) NAME_MISSING: "erasing cannot be undone: give the customer's name with `--name NAME`", "پاک کردن برنمی‌گردد: نام مشتری را با `--name NAME` بدهید";
    pub(crate) OTHER_NAME: "nothing was erased: {typed} is not the customer's name", "چیزی پاک نشد: {typed} نام این مشتری نیست";
    pub(crate) CERTIFICATE: "Certificate of erasure: customer {id}, {when}, by {by}; {n} {n|record|records} removed for good:", "گواهی پاک‌سازی: مشتری {id}، {when}، به دست {by}؛ {n} رکورد برای همیشه پاک شد:";
    pub(crate) OLD_VALUES: "Old values removed from the log of changes: {n}.", "مقدارهای پیشین که از دفتر تغییرها پاک شد: {n}.";
    pub(crate) CHAIN: "SHA-256 chain of what was removed: {hash}.", "زنجیرهٔ SHA-256 آنچه پاک شد: {hash}.";
    pub(crate) MENTIONS: "Still named in {n} {n|record|records} about others, which nobody but you can mend:", "هنوز در {n} رکورد دربارهٔ دیگران نام برده شده است که تنها خود شما می‌توانید اصلاح کنید:";
    pub(crate) MENTION: "{customer}, {what}", "{customer}، {what}";
    pub(crate) MENTION_ON: "{customer}, {when}, {what}", "{customer}، {when}، {what}";
    pub(crate) MORE_MENTIONS: "and {n} more", "و {n} مورد دیگر";
    pub(crate) NO_MENTIONS: "Named in no record about others.", "در هیچ رکوردی دربارهٔ دیگران نام برده نشده است.";
    pub(crate) NOT_COVERED: "Not covered: backups and files written out.", "بیرون از این گواهی: پشتیبان‌ها و پرونده‌های بیرون‌نوشته.";
    pub(crate) CERTIFICATE_IN: "erased; the certificate is in {path}", "پاک شد؛ گواهی در {path} است";
    pub(crate) SET: "{count} of {of} {of|customer|customers}: {field} = {value}", "{count} از {of} مشتری: {field} = {value}";
    pub(crate) CLEARED: "{count} of {of} {of|customer|customers}: {field} cleared", "{count} از {of} مشتری: {field} خالی شد";
}
