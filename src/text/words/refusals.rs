//! What was refused: what is wrong and what to do next.

super::phrases! {
    pub(crate) CONFLICT: "{by} changed this record in the meantime; both values are shown", "{by} در این میان این رکورد را تغییر داد؛ هر دو مقدار نشان داده می‌شود";
    pub(crate) CONFLICT_UNSEEN: "not saved: {by} has changed this in the meantime; open it again to see", "ذخیره نشد: {by} در این میان آن را تغییر داده است؛ دوباره باز کنید و ببینید";
    pub(crate) NOT_FOUND: "{name} is not there (any more)", "{name} پیدا نشد یا دیگر نیست";
    pub(crate) NOT_PERMITTED: "not permitted: needs the role {role}; ask an administrator", "اجازه ندارید: نقش {role} لازم است؛ از مدیر سامانه بخواهید";
    pub(crate) OTHER_TEAM: "the step “{step}” is the team {team}'s and you are of {own}; somebody of {team} or a supervisor can do it", "گام «{step}» با تیم {team} است و شما از تیم {own} هستید؛ یکی از آن تیم یا یک سرپرست باید انجامش دهد";
    pub(crate) OTHER_TEAM_NONE: "the step “{step}” is the team {team}'s and you are of no team{own}; somebody of {team} or a supervisor can do it, or an administrator puts you in the team", "گام «{step}» با تیم {team} است و شما در هیچ تیمی نیستید{own}؛ یکی از آن تیم یا یک سرپرست باید انجامش دهد، یا مدیر سامانه شما را به تیم بیفزاید";
    pub(crate) DO_NOT_CALL: "{name} must not be called", "با {name} نباید تماس گرفت";
    pub(crate) NOTHING_TO_UNDO: "nothing to take back", "چیزی برای برگرداندن نیست";
    pub(crate) NOTHING_TO_REDO: "nothing to do again", "چیزی برای انجام دوباره نیست";
    pub(crate) CHANGED_SINCE: "not taken back: {by} has changed {name} since", "برگردانده نشد: {by} از آن پس {name} را تغییر داده است";
    pub(crate) NOT_ENOUGH: "too little data: {have} of {needed}; import more first", "داده کم است: {have} از {needed}؛ نخست داده بیشتری وارد کنید";
    pub(crate) CANCELLED: "cancelled", "لغو شد";
    pub(crate) TAKEN: "{field} is taken: {name}; choose another", "{field} تکراری است: {name}؛ چیز دیگری برگزینید";

    pub(crate) IN_USE: "{name} is still in use: {by}", "{name} هنوز به کار می‌رود: {by}";

    pub(crate) EMPTY: "must not be empty", "نباید خالی باشد";
    pub(crate) TOO_LONG: "longer than {n} characters", "بلندتر از {n} نویسه";
    pub(crate) TOO_MANY: "more than {n}", "بیش از {n} مورد";
    pub(crate) MALFORMED: "not of the right form", "شکل آن درست نیست";
    pub(crate) IN_THE_FUTURE: "lies in the future", "در آینده است";
    pub(crate) IN_THE_PAST: "has already passed", "گذشته است";
    pub(crate) ONLY_TODAY: "this report is known only as it is today; leave the date out", "این گزارش تنها برای امروز شدنی است؛ تاریخ را بردارید";
    pub(crate) NO_SUCH_DATE: "there is no such date", "چنین تاریخی نیست";
    pub(crate) UNKNOWN_ZONE: "no such time zone; for instance Asia/Tehran", "چنین منطقهٔ زمانی نیست؛ مثلاً Asia/Tehran";
    pub(crate) NOT_A_NUMBER: "not a number", "عدد نیست";
    pub(crate) NOT_A_DATE: "not a date such as 2026-11-22", "تاریخ نیست؛ مانند `2026-11-22`";
    pub(crate) NOT_A_CHOICE: "takes one of: {known}", "یکی از این‌ها را می‌پذیرد: {known}";
    pub(crate) UNKNOWN_WORD: "not a word this field knows", "این فیلد چنین واژه‌ای نمی‌شناسد";
    pub(crate) UNKNOWN_WORD_NEAREST: "unknown; did you mean {word}?", "ناشناخته؛ منظورتان {word} است؟";
    pub(crate) TAKEN_ALREADY: "another record has it already", "رکورد دیگری آن را دارد";
    pub(crate) OUT_OF_RANGE: "must lie between {from} and {to}", "باید میان {from} و {to} باشد";
    pub(crate) TOO_FAR_AHEAD: "at most {n} days ahead", "حداکثر {n} روز دیگر";
    pub(crate) TOO_PRECISE: "at most {n} digits after the point", "حداکثر {n} رقم پس از ممیز";
    pub(crate) NOT_AN_AMOUNT: "not an amount; expected one like 1250.50", "مبلغ نیست؛ مبلغی مانند ۱۲۵۰ انتظار می‌رفت";
    pub(crate) AMOUNT_TOO_LARGE: "too many digits for an amount", "رقم‌ها برای مبلغ زیادند";
    pub(crate) OTHER_CURRENCY: "the store counts in {code}", "واحد پول این انبار {code} است";
    pub(crate) THE_SAME: "must be two, not the same twice", "باید دو تا باشند، نه یکی دو بار";
    pub(crate) OUT_OF_ORDER: "must be larger than the one before", "باید از مورد پیشین بزرگ‌تر باشد";
    pub(crate) NOT_IN_STORE: "not in the store", "در انبار داده نیست";

    pub(crate) UNKNOWN_FIELD: "there is no field {name}", "فیلدی به نام {name} نیست";
    pub(crate) UNKNOWN_FIELD_NEAREST: "there is no field {name}; did you mean {nearest}?", "فیلدی به نام {name} نیست؛ منظورتان {nearest} است؟";
    pub(crate) OPERATOR: "{field} takes {takes}", "{field} با {takes} می‌آید";
    pub(crate) UNKNOWN_VALUE: "{field} does not know {value}", "{field} واژهٔ {value} را نمی‌شناسد";
    pub(crate) UNKNOWN_VALUE_NEAREST: "{field} does not know {value}; did you mean {nearest}?", "{field} واژهٔ {value} را نمی‌شناسد؛ منظورتان {nearest} است؟";
    pub(crate) NUMBER_EXPECTED: "a number is expected here, for instance 10m", "اینجا عدد لازم است، مثلاً 10m";
    pub(crate) DATE_EXPECTED: "a date or an age is expected here, for instance 30d", "اینجا تاریخ یا مدت لازم است، مثلاً 30d";
    pub(crate) VALUE_EXPECTED: "a value is expected here", "اینجا مقداری لازم است";
    pub(crate) UNCLOSED: "{sign} is not closed", "{sign} بسته نشده است";
    pub(crate) UNEXPECTED: "{text} was not expected here", "{text} اینجا بی‌جاست";
    pub(crate) CYCLE: "segment {name} leads back to itself", "بخش {name} به خودش برمی‌گردد";
    pub(crate) BROKEN_SEGMENT: "the rule of segment {name} is wrong", "قاعدهٔ بخش {name} نادرست است";
    pub(crate) TOO_COMPLEX: "too long or too deeply nested", "بیش از اندازه بلند یا تودرتوست";
}
