//! What is wrong with files that are brought in, and what to do about it.

super::phrases! {
    pub(crate) LINE: "line {line}", "سطر {line}";
    pub(crate) COLUMN: "column {column}", "ستون {column}";
    pub(crate) COLUMNS: "expected {expected} columns, found {found}", "{expected} ستون انتظار می‌رفت، {found} ستون هست";
    pub(crate) UNCLOSED_QUOTE: "a quote is opened and never closed", "گیومه‌ای باز شده و بسته نشده است";
    pub(crate) ROW_TOO_LONG: "longer than {most} bytes; is a quote not closed?", "بلندتر از {most} بایت؛ آیا گیومه‌ای باز مانده است؟";
    pub(crate) NOT_TEXT: "not text in {encoding}; give the right one with --encoding", "نوشته‌ای با کدگذاری {encoding} نیست؛ کدگذاری درست را با `--encoding` بدهید";
    pub(crate) ZERO_BYTE: "holds a zero byte; the file was not written whole, or is no text", "بایت صفر دارد؛ پرونده کامل نوشته نشده یا متن نیست";
    pub(crate) NOT_JSON: "expected an object of JSON: {detail}", "یک شیء JSON انتظار می‌رفت: {detail}";
    pub(crate) NESTED: "expected a value, found an object", "مقدار انتظار می‌رفت، شیء هست";
    pub(crate) MISSING: "expected a value, found nothing", "مقدار انتظار می‌رفت، خالی است";
    pub(crate) NOT_A_DATE: "expected a date like 2025-03-01, 20250301 or 1403/12/11; name another form with --date-format", "تاریخی مانند ۱۴۰۳/۱۲/۱۱ یا ۲۰۲۵-۰۳-۰۱ انتظار می‌رفت؛ شکل دیگر را با `--date-format` بگویید";
    pub(crate) NOT_OF_FORMAT: "expected a date of the form {format}", "تاریخی به شکل {format} انتظار می‌رفت";
    pub(crate) AMBIGUOUS_DATE: "day and month cannot be told apart; say which with --date-format, for instance %d/%m/%Y", "روز و ماه از هم شناخته نمی‌شوند؛ با `--date-format` بگویید، مانند `%d/%m/%Y`";
    pub(crate) NOT_MINOR_UNITS: "expected a whole number of minor units (2933), or the amount as a text (\"29.33\")", "عدد صحیحی به واحد خرد (`2933`) یا مبلغ به شکل متن (`\"29.33\"`) انتظار می‌رفت";
    pub(crate) NEGATIVE: "expected no negative number", "عدد منفی انتظار نمی‌رفت";
    pub(crate) ONE_OF: "expected one of {expected}", "یکی از این‌ها انتظار می‌رفت: {expected}";
    pub(crate) NO_SUCH_AGENT: "no such agent; known are {known}", "چنین کارشناسی نیست؛ شناخته‌ها: {known}";
    pub(crate) NO_SUCH_OUTCOME: "no such outcome; known are {known}", "چنین نتیجه‌ای نیست؛ شناخته‌ها: {known}";
    pub(crate) REPEATED: "stands on line {line} already; rows of one purchase must follow each other", "در سطر {line} هم آمده است؛ سطرهای یک خرید باید پشت سر هم باشند";
    pub(crate) OTHER_PURCHASE: "the row above has the same id, but another customer, date or kind of purchase", "سطر بالایی همین شناسه را دارد ولی با مشتری، تاریخ یا نوع دیگر";


    pub(crate) DOUBT: "{what}: {problem}", "{what}: {problem}";
    pub(crate) DOUBTS: "{n} {n|number|numbers} may be wrong and {n|is|are} kept as written:", "{n} شماره شاید نادرست باشد؛ همان‌گونه که نوشته شده نگه داشته می‌شود:";
    pub(crate) PLAN_FORM: "line {line}: {message}", "سطر {line}: {message}";
    pub(crate) PLAN_DATE: "line {line}: no such date: {date}; expected one like 2026-11-22", "سطر {line}: تاریخ {date} نیست؛ تاریخی مانند 2026-11-22 انتظار می‌رفت";
    pub(crate) PLAN_MEMBERSHIP: "line {line}: a segment needs either a rule or a tag", "سطر {line}: هر بخش یا قاعده می‌خواهد یا برچسب";
    pub(crate) NOT_THERE: "line {line}: {name} is not in the store; bring it in first", "سطر {line}: {name} در انبار داده نیست؛ نخست آن را وارد کنید";
    pub(crate) PLAN_PART: "line {line}, {name}: {fault}", "سطر {line}، {name}: {fault}";
    pub(crate) CANNOT_OPEN: "{path} cannot be opened: {error}", "{path} باز نمی‌شود: {error}";
    pub(crate) NOT_A_FILE: "{path} is not a file", "{path} پرونده نیست";
    pub(crate) PACKED: "{path} is packed or a spreadsheet; save it as CSV and import that", "{path} فشرده یا صفحه گسترده است؛ آن را به شکل CSV ذخیره و وارد کنید";
    pub(crate) EMPTY: "{path} is empty", "{path} خالی است";
    pub(crate) BAD_TITLES: "{path}, line {line}: the titles of the columns cannot be read: {fault}", "{path}، سطر {line}: عنوان ستون‌ها خوانده نمی‌شود: {fault}";
    pub(crate) MAP_FORM: "{text} is not of the form COLUMN=FIELD", "{text} به شکل `COLUMN=FIELD` نیست";
    pub(crate) UNKNOWN_FIELD: "no field {name} in {kind}; there are {known}", "{kind} فیلد {name} ندارد؛ این‌ها هست: {known}";
    pub(crate) NO_COLUMN: "there is no column {column}; there are {known}", "ستون {column} نیست؛ این‌ها هست: {known}";
    pub(crate) TWICE: "two columns are the {field}: {first} and {second}; say which with --map", "دو ستون {field} هستند: {first} و {second}؛ با `--map` یکی را بگویید";
    pub(crate) REQUIRED: "no column is the {field}, which is needed; the columns are {known}; say which with --map COLUMN={field}", "هیچ ستونی {field} نیست که لازم است؛ ستون‌ها: {known}؛ با `--map COLUMN={field}` بگویید";
    pub(crate) REQUIRED_NUMBER: "no column is the {field}, which is needed; the file has {count} columns; say which with --map NUMBER={field}", "هیچ ستونی {field} نیست که لازم است؛ پرونده {count} ستون دارد؛ با `--map NUMBER={field}` بگویید";
    pub(crate) CANNOT_READ: "{path} cannot be read to its end: {error}", "{path} تا پایان خوانده نمی‌شود: {error}";
    pub(crate) BAD_ROWS: "{bad} of {rows} rows cannot be kept", "{bad} سطر از {rows} سطر پذیرفته نیست";
    pub(crate) FILE_CHANGED: "{path} was changed while it was read; nothing of it was kept", "{path} هنگام خواندن دگرگون شد؛ چیزی از آن نگه داشته نشد";
    pub(crate) CANNOT_WRITE: "{path} cannot be written: {error}", "{path} نوشته نمی‌شود: {error}";
    pub(crate) SKIP_EXISTS: "{path} is there already; name another file for the bad rows", "{path} از پیش هست؛ نام دیگری برای سطرهای بد بدهید";
}
