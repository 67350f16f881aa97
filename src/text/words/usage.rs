//! The frame of the command line's help, and what is wrong with a command line.

super::phrases! {
    // The help.
    pub(crate) USAGE: "Usage:", "شیوهٔ کاربرد:";
    pub(crate) COMMANDS: "Commands:", "فرمان‌ها:";
    pub(crate) ARGUMENTS: "Arguments:", "آرگومان‌ها:";
    pub(crate) OPTIONS: "Options:", "گزینه‌ها:";
    pub(crate) EVERYWHERE: "Options of every command:", "گزینه‌های همهٔ فرمان‌ها:";
    pub(crate) FIELDS: "Fields, those with a star needed:", "فیلدها؛ ستاره‌دارها لازم‌اند:";
    pub(crate) ANY_OPTIONS: "[OPTIONS]", "[گزینه‌ها]";
    pub(crate) A_COMMAND: "[COMMAND]", "[فرمان]";
    pub(crate) ONE_OF: "One of {values}.", "یکی از {values}.";
    pub(crate) USUALLY: "Usually {value}.", "پیش‌فرض {value}.";
    pub(crate) FROM: "Otherwise from {variable}.", "وگرنه از متغیر {variable}.";
    pub(crate) MORE: "`{command}` explains a command.", "`{command}` فرمانی را توضیح می‌دهد.";
    pub(crate) STATUSES: "Exit status: 0 done, 1 failed, 2 wrong usage or input, 3 not found, 4 conflict or in use, 5 not permitted, 6 damaged.", "کد پایان: ۰ انجام شد، ۱ نشد، ۲ کاربرد یا ورودی نادرست، ۳ پیدا نشد، ۴ ناسازگاری یا در حال استفاده، ۵ بی‌اجازه، ۶ آسیب‌دیده.";
    pub(crate) IMPORT_TITLES: "Columns are recognised by their titles, English or Persian. Empty cells change nothing. Phones, e-mails, tags and facts may hold several values with semicolons between them.", "ستون‌ها از عنوانشان شناخته می‌شوند، انگلیسی یا فارسی. خانهٔ خالی چیزی را عوض نمی‌کند. تلفن، ایمیل، برچسب و دانسته می‌تواند چند مقدار داشته باشد، با نقطه‌ویرگول میانشان.";
    pub(crate) IMPORT_AMOUNTS: "In JSON Lines a whole number is an amount in minor units, a text (`\"29.33\"`) one in major units.", "در `JSON Lines` عدد صحیح یعنی مبلغ به واحد خرد، و متن (`\"29.33\"`) یعنی مبلغ به واحد اصلی.";

    // What is wrong.
    pub(crate) NO_COMMAND: "there is no command {given}", "فرمان {given} نیست";
    pub(crate) NO_COMMAND_NEAR: "there is no command {given}; did you mean {near}?", "فرمان {given} نیست؛ منظورتان {near} است؟";
    pub(crate) UNKNOWN_ARGUMENT: "{given} is not expected here", "{given} اینجا بی‌جاست";
    pub(crate) UNKNOWN_ARGUMENT_NEAR: "{given} is not expected here; did you mean {near}?", "{given} اینجا بی‌جاست؛ منظورتان {near} است؟";
    pub(crate) NO_VALUE: "{argument} needs a value", "{argument} مقدار می‌خواهد";
    pub(crate) MORE_VALUES: "{argument} needs {n} {n|value|values}", "{argument} {n} مقدار می‌خواهد";
    pub(crate) NO_VALUE_OF: "{argument} needs a value: {known}", "{argument} مقدار می‌خواهد: {known}";
    pub(crate) BAD_VALUE_NEAR: "{argument} takes {known}, not {given}; did you mean {near}?", "{argument} این‌ها را می‌پذیرد: {known}؛ نه {given}؛ منظورتان {near} است؟";
    pub(crate) NOT_A_NUMBER: "{argument} takes a whole number, not {given}", "{argument} عدد صحیح می‌خواهد، نه {given}";
    pub(crate) MISSING: "{arguments} {n|is|are} missing", "{arguments} داده {n|نشده است|نشده‌اند}";
    pub(crate) NO_SUBCOMMAND: "a command is missing", "فرمانی داده نشده است";
    pub(crate) TOGETHER: "{given} cannot be used with {prior}", "{given} با {prior} نمی‌آید";
    pub(crate) TWICE: "{given} can be given once only", "{given} فقط یک بار می‌آید";
    pub(crate) NOT_UTF8: "an argument is not written in UTF-8", "یکی از آرگومان‌ها با کدگذاری UTF-8 نوشته نشده است";
    pub(crate) NOT_UNDERSTOOD: "the command line was not understood", "خط فرمان فهمیده نشد";
    pub(crate) SEE: "`{command}` tells more", "برای بیشتر دانستن: `{command}`";
}
