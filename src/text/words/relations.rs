//! Pictures of how relations move, last and are won back, and of the processes that serve them.

super::phrases! {
    pub(crate) K_MOVES: "Moves", "جابه‌جایی‌ها";
    pub(crate) F_MOVES: "{n} moved in the {days} days to {day}, {before} in the {days} before; most of them {from} → {to}: {most}, {why}", "{n} جابه‌جایی در {days} روز تا {day}، و {before} در {days} روز پیش از آن؛ بیشتر {from} ← {to}: {most}، {why}";
    pub(crate) F_MOVES_QUIET: "Nobody moved in the {days} days to {day}; {before} did in the {days} before", "در {days} روز تا {day} کسی جابه‌جا نشد؛ در {days} روز پیش از آن {before} جابه‌جایی بود";
    pub(crate) NO_MOVES: "Nobody has moved from stage to stage in {days} days: press r to see who would by the rules.", "در {days} روز کسی از مرحله‌ای به مرحلهٔ دیگر نرفته است: r را بزنید تا ببینید طبق قاعده‌ها چه کسانی می‌روند.";
    pub(crate) L_MOVES: "rows: from → to · columns: the {days} days to that day", "سطرها: از ← به · ستون‌ها: {days} روز تا آن روز";
    pub(crate) NOBODY_THEN: "{way}, to {day}: nobody", "{way}، تا {day}: هیچ‌کس";
    pub(crate) WAY_BY_HAND: "{way}, by hand", "{way}، دستی";
    pub(crate) C_MOVES: "moves", "جابه‌جایی";

    pub(crate) K_WIN_BACK: "Win-back", "بازگرداندن";
    pub(crate) F_WIN_BACK: "{share} of the {n} who were tried to an end came back: calling cost {cost}, they spent {revenue} since; {left} were never called", "{share} از {n} نفری که تلاش برایشان به پایان رسید بازگشتند: تماس‌ها {cost} هزینه داشت و از آن پس {revenue} خریدند؛ با {left} نفر هنوز تماسی نبوده";
    pub(crate) F_WIN_BACK_NEW: "Nobody was tried to an end yet: {called} were called for {cost}, {left} were never called", "هنوز تلاشی به پایان نرسیده: با {called} نفر با هزینهٔ {cost} تماس گرفته شده و با {left} نفر هرگز";
    pub(crate) NO_WIN_BACK: "Nobody has left yet who could be won back: who moves to the lapsed comes here.", "هنوز کسی نرفته که بازگردانده شود: هر کس به مرحلهٔ «رفته» برود اینجا می‌آید.";
    pub(crate) L_WIN_BACK: "█ customers by state, then money", "█ مشتریان هر وضعیت، سپس پول";
    pub(crate) COST_SO_FAR: "what it cost", "هزینه تا کنون";
    pub(crate) SPENT_SINCE: "spent since", "خرید از آن پس";

    pub(crate) K_RELATIONS: "Relations", "رابطه‌ها";
    pub(crate) LENGTHEN: "Relations lengthen: {now} weeks on average, {before} a year before", "رابطه‌ها بلندتر می‌شوند: میانگین {now} هفته، یک سال پیش {before}";
    pub(crate) SHRINK: "Relations shorten: {now} weeks on average, {before} a year before", "رابطه‌ها کوتاه‌تر می‌شوند: میانگین {now} هفته، یک سال پیش {before}";
    pub(crate) AS_LONG: "Relations are as long as a year before: {now} weeks on average", "رابطه‌ها به بلندی یک سال پیش‌اند: میانگین {now} هفته";
    pub(crate) DEEPEN: "they deepen: {now} days of buying in the year, {before} in the one before", "و ژرف‌تر: {now} روز خرید در سال، سال پیش {before}";
    pub(crate) FLATTEN: "they flatten: {now} days of buying in the year, {before} in the one before", "و کم‌عمق‌تر: {now} روز خرید در سال، سال پیش {before}";
    pub(crate) AS_DEEP: "they are as deep: {now} days of buying in the year", "و به همان ژرفا: {now} روز خرید در سال";
    pub(crate) AND_ALSO: "; ", "؛ ";
    pub(crate) F_ONE_YEAR: "Those who bought in the year to {day} are with us for {weeks} weeks on average and bought on {days} days; there is no year before to compare", "خریداران سالِ تا {day} به‌طور میانگین {weeks} هفته با ما هستند و در {days} روز خرید کرده‌اند؛ سال پیشی برای سنجش نیست";
    pub(crate) NO_RELATIONS: "Nobody has bought in the last years: purchases make relations.", "در سال‌های اخیر کسی خرید نکرده است: رابطه از خرید ساخته می‌شود.";
    pub(crate) L_RELATIONS: "columns: the year to then · ▲ ▼ against the year before", "ستون‌ها: سالِ تا آن ماه · ▲ ▼ در برابر سال پیش";
    pub(crate) M_WEEKS: "weeks with us", "هفته با ما";
    pub(crate) M_DAYS: "days of buying", "روزهای خرید";
    pub(crate) M_SPENT: "spent in the year", "خرید در سال";
    pub(crate) M_BUYERS: "who bought", "خریداران";
    pub(crate) C_MEASURE: "measure", "سنجه";
    pub(crate) C_FIGURE: "figure", "رقم";
    pub(crate) C_YEAR_TO: "year to", "سالِ تا";
    pub(crate) C_YEAR_BEFORE: "year before", "سال پیش";

    pub(crate) K_PROCESSES: "Processes", "فرایندها";
    pub(crate) F_PROCESSES: "Cases wait longest at {step} ({process}): {hours} hours of business on average, {allowed} allowed; {late} of {open} open {open|case|cases} {late|is|are} late", "پرونده‌ها بیش از همه در {step} ({process}) می‌مانند: میانگین {hours} ساعت کاری، مهلت {allowed}؛ {late} از {open} پروندهٔ باز دیر شده";
    pub(crate) F_PROCESSES_NEW: "No case has gone through a step yet; {late} of {open} open {open|case|cases} {late|is|are} late", "هنوز پرونده‌ای گامی را پشت سر نگذاشته؛ {late} از {open} پروندهٔ باز دیر شده";
    pub(crate) NO_PROCESSES: "No process is defined yet: make one in Manage.", "هنوز فرایندی نیست: در مدیریت بسازید.";
    pub(crate) NO_CASES: "No case was begun yet: w on a customer begins one.", "هنوز پرونده‌ای آغاز نشده: w روی هر مشتری یکی را آغاز می‌کند.";
    pub(crate) L_PROCESSES: "█ mean hours of business   ┃ hours allowed   ! late now", "█ میانگین ساعت کاری   ┃ ساعت مجاز   ! اکنون دیر";
    pub(crate) HOURS: "{n} h", "{n} ساعت";

    pub(crate) PICTURES_TITLE: "Which picture", "کدام نما";
}
