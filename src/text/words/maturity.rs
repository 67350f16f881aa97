//! Maturity: its levels and dimensions, what speaks for them, and what to do next.

super::phrases! {
    // The levels.
    pub(crate) BEFORE_PLANNING: "before planning", "پیش از برنامه‌ریزی";
    pub(crate) BUILDING: "building the data", "در حال گردآوری داده";
    pub(crate) RELATIVELY: "relatively developed", "نسبتاً توسعه‌یافته";
    pub(crate) WELL: "well developed", "توسعه‌یافته";
    pub(crate) HIGHLY: "highly developed", "بسیار توسعه‌یافته";

    // The dimensions.
    pub(crate) PROFILES: "Profiles", "شناخت مشتری";
    pub(crate) CALLS: "Calls logged", "ثبت تماس‌ها";
    pub(crate) SEGMENTS: "Segments used", "به‌کارگیری بخش‌ها";
    pub(crate) OFFERS: "Offers tested", "آزمودن پیشنهادها";
    pub(crate) SCORES: "Scores", "امتیازها";
    pub(crate) PROCESSES: "Processes", "فرایندها";
    pub(crate) LIFECYCLE: "Lifecycle", "چرخهٔ عمر";
    pub(crate) CONSENT: "Consent", "اجازهٔ تبلیغ";
    pub(crate) EXPERIENCE: "Experience", "تجربهٔ مشتری";

    // What speaks for them.
    pub(crate) E_PROFILES: "{figure} of what a profile asks for is known, over {whole} {whole|customer|customers}", "{figure} آنچه پرونده می‌پرسد دانسته است، در {whole} مشتری";
    pub(crate) E_CALLS: "{part} of {whole} calls of 90 days have an outcome", "از {whole} تماس ۹۰ روز، {part} تماس نتیجه دارد";
    pub(crate) E_SEGMENTS: "{part} of {whole} customers are in the {cases} {cases|segment|segments} that something is done with", "{part} از {whole} مشتری در {cases} بخشی هستند که با آن کاری می‌شود";
    pub(crate) E_OFFERS: "{part} {part|answer|answers} to offers; {cases} held out against as many called", "{part} پاسخ به پیشنهادها؛ {cases} نفر کنار گذاشته در برابر همان شمار تماس‌گرفته";
    pub(crate) E_SCORES: "{part} of {whole} tests passed: fitted, checked, ranks and errs better than recency and the average; the fit knew {cases} of the buying", "{part} از {whole} آزمون: برازش، سنجش، رتبه و خطایی بهتر از تازگی و میانگین؛ برازش {cases} خریدها را می‌شناخت";
    pub(crate) E_PROCESSES: "{part} of {whole} steps of 90 days done in time; {cases} {cases|case|cases} went through two teams", "{part} از {whole} گام ۹۰ روز به‌هنگام؛ {cases} پرونده از دو تیم گذشت";
    pub(crate) E_LIFECYCLE: "{part} {part|move|moves} of {cases} {cases|kind|kinds} in 90 days among {whole} {whole|customer|customers}", "{part} جابه‌جایی از {cases} گونه در ۹۰ روز میان {whole} مشتری";
    pub(crate) E_CONSENT: "{part} of {whole} customers said whether they want advertising", "{part} از {whole} مشتری گفته‌اند تبلیغ می‌خواهند یا نه";
    pub(crate) E_EXPERIENCE: "{part} of {whole} conversations of 90 days asked how satisfied the customer is", "در {part} از {whole} گفت‌وگوی ۹۰ روز رضایت پرسیده شد";
    pub(crate) NO_FIGURE: "nothing to measure yet: {evidence}", "هنوز چیزی برای سنجیدن نیست: {evidence}";

    // What the next level asks for.
    pub(crate) N_SHARE: "level {level} asks for {figure}", "سطح {level}: {figure}";
    pub(crate) N_CALLS: "level {level} asks for {figure}, of {cases} {cases|call|calls} or more", "سطح {level}: {figure}، از دست‌کم {cases} تماس";
    pub(crate) N_SEGMENTS: "level {level} asks for {figure}, in {cases} {cases|segment|segments} or more", "سطح {level}: {figure}، در دست‌کم {cases} بخش";
    pub(crate) N_OFFERS: "level {level} asks for {figure} answers and {cases} held out", "سطح {level}: {figure} پاسخ و {cases} نفر کنار گذاشته";
    pub(crate) N_SCORES: "level {level} asks for {figure} of 4 tests, by a fit that knew {cases}", "سطح {level}: {figure} از ۴ آزمون، با برازشی که {cases} را بشناسد";
    pub(crate) N_PROCESSES: "level {level} asks for {figure} in time, with {cases} {cases|case|cases} through two teams", "سطح {level}: {figure} به‌هنگام، با {cases} پرونده از دو تیم";
    pub(crate) N_LIFECYCLE: "level {level} asks for {figure} of the customers moved, by {cases} {cases|kind|kinds} of moves", "سطح {level}: جابه‌جایی {figure} مشتریان، از {cases} گونه";
    pub(crate) N_EXPERIENCE: "level {level} asks for {figure}, with {cases} {cases|answer|answers} or more", "سطح {level}: {figure}، با دست‌کم {cases} پاسخ";
    pub(crate) N_NONE: "the highest level", "بالاترین سطح";

    // How it was.
    pub(crate) B_FIGURE: "90 days ago: {figure}", "۹۰ روز پیش: {figure}";
    pub(crate) B_NOTHING: "90 days ago: nothing to measure", "۹۰ روز پیش: چیزی برای سنجیدن نبود";
    pub(crate) B_UNDATED: "no trend: it bears no date", "بی روند: تاریخ ندارد";

    // What to do next.
    pub(crate) T_ASK: "ask {n} {n|customer|customers} for: {field}", "از {n} مشتری بپرسید: {field}";
    pub(crate) ASK_CONSENT: "consent to advertising", "اجازهٔ تبلیغ";
    pub(crate) T_GIVE_OWNERS: "give {n} {n|customer|customers} an agent who cares for them", "برای {n} مشتری کارشناس مسئول تعیین کنید";
    pub(crate) T_GIVE_OUTCOMES: "give {n} {n|call|calls} an outcome; is the right one in the table?", "برای {n} تماس نتیجه بنویسید؛ آیا نتیجهٔ درست در فهرست هست؟";
    pub(crate) T_CALL_WORTH: "call {n} who are worth a call and were never spoken to", "با {n} مشتری که به تماس می‌ارزند و هرگز با آنان گفت‌وگو نشده تماس بگیرید";
    pub(crate) T_CALL_PROSPECTS: "call {n} {n|prospect|prospects} nobody has spoken to", "با {n} مشتری احتمالی که کسی با آنان گفت‌وگو نکرده تماس بگیرید";
    pub(crate) T_WAKE_AGENTS: "{n} {n|agent|agents} logged no call in 90 days", "{n} کارشناس در ۹۰ روز تماسی ثبت نکرده‌اند";
    pub(crate) T_SAVE_SEGMENTS: "save {n} more {n|segment|segments}", "{n} بخش دیگر بسازید";
    pub(crate) T_USE_SEGMENTS: "{n} saved {n|segment is|segments are} used for nothing: make targets of them", "با {n} بخش ساخته‌شده کاری نمی‌شود: هدفشان کنید";
    pub(crate) T_NARROW_OFFERS: "{n} {n|offer is|offers are} made to everyone: say for whom", "{n} پیشنهاد برای همه است: بگویید برای چه کسانی";
    pub(crate) T_COVER_OTHERS: "{n} {n|customer is|customers are} in no segment that is used", "{n} مشتری در هیچ بخش به‌کاررفته‌ای نیستند";
    pub(crate) T_MAKE_OFFERS: "make an offer: none holds today", "پیشنهادی بسازید: امروز هیچ پیشنهادی برقرار نیست";
    pub(crate) T_MAKE_THIS_OFFER: "offer {name} to {n} {n|customer|customers}: it has the fewest answers", "{name} را به {n} مشتری پیشنهاد کنید: کمترین پاسخ را دارد";
    pub(crate) T_HOLD_OUT: "hold some customers out, so that calls can be measured", "گروهی را کنار بگذارید تا اثر تماس‌ها سنجیدنی شود";
    pub(crate) T_CALL_QUEUE: "call {n} more from the queue, to compare them with those held out", "با {n} نفر دیگر از صف تماس بگیرید تا با کنارگذاشته‌ها سنجیده شوند";
    pub(crate) T_OFFER_IN_CAMPAIGNS: "{n} {n|campaign has|campaigns have} no offer", "{n} کارزار پیشنهادی ندارد";
    pub(crate) T_FIT: "fit the models: they do not know {n} {n|day|days} of buying", "مدل‌ها را برازش کنید: {n} روزِ خرید را نمی‌شناسند";
    pub(crate) T_CHECK_MODEL: "see where the model errs: {n} {n|test|tests} not passed", "ببینید مدل کجا خطا می‌کند: {n} آزمون نگذشته";
    pub(crate) T_SCORE_BUYERS: "{n} {n|buyer has|buyers have} no value yet", "{n} خریدار هنوز ارزش ندارند";
    pub(crate) T_KNOW_COSTS: "say what {n} {n|product|products} cost you", "هزینهٔ {n} کالا را بنویسید";
    pub(crate) T_DO_LATE: "do the {n} {n|step|steps} that are late", "{n} گام دیرکرده را انجام دهید";
    pub(crate) T_MAKE_PROCESSES: "make a process that leads from one team to the next", "فرایندی بسازید که از تیمی به تیم دیگر برود";
    pub(crate) T_STAFF_TEAMS: "{n} {n|team|teams} of steps have nobody", "{n} تیمِ گام‌ها کسی ندارند";
    pub(crate) T_START_BY_RULE: "{n} {n|process begins|processes begin} only by hand: give a rule", "{n} فرایند تنها دستی آغاز می‌شود: قاعده‌ای بدهید";
    pub(crate) T_MOVE_PROSPECTS: "{n} {n|prospect has|prospects have} bought: run the rules (F9, vafa lifecycle run)", "{n} مشتری احتمالی خرید کرده‌اند: قاعده‌ها را اجرا کنید (F9، vafa lifecycle run)";
    pub(crate) T_MOVE_FIRST_TIME: "{n} first-time {n|buyer has|buyers have} come again: run the rules (F9, vafa lifecycle run)", "{n} خریدار نخست بازگشته‌اند: قاعده‌ها را اجرا کنید (F9، vafa lifecycle run)";
    pub(crate) T_MOVE_GONE: "{n} {n|is|are} most likely gone and not called so: run the rules (F9, vafa lifecycle run)", "{n} مشتری به احتمال زیاد رفته‌اند و چنین ثبت نشده‌اند: قاعده‌ها را اجرا کنید (F9، vafa lifecycle run)";
    pub(crate) T_CALL_AT_RISK: "call {n} at risk who were never spoken to", "با {n} مشتریِ در خطر که هرگز با آنان گفت‌وگو نشده تماس بگیرید";
    pub(crate) T_CONSENT_BUYERS: "ask {n} {n|buyer|buyers} whether they want advertising", "از {n} خریدار بپرسید تبلیغ می‌خواهند یا نه";
    pub(crate) T_CONSENT_PROSPECTS: "ask {n} {n|prospect|prospects} whether they want advertising", "از {n} مشتری احتمالی بپرسید تبلیغ می‌خواهند یا نه";
    pub(crate) T_CHECK_CONSENT: "{n} {n|campaign does|campaigns do} not look at consent", "{n} کارزار به اجازهٔ تبلیغ نگاه نمی‌کند";
    pub(crate) T_ASK_SATISFACTION: "ask {n} spoken to in 30 days how satisfied they are", "از {n} مشتریِ ۳۰ روز گذشته بپرسید چقدر راضی‌اند";
    pub(crate) T_REMIND_AGENTS: "{n} {n|agent calls and never asks|agents call and never ask}", "{n} کارشناس تماس می‌گیرند و هرگز نمی‌پرسند";
    pub(crate) T_ASK_LOYAL: "ask {n} loyal {n|customer|customers} whether they would recommend us", "از {n} مشتری وفادار بپرسید ما را توصیه می‌کنند یا نه";

    // The picture and the table.
    pub(crate) K_MATURITY: "Maturity", "بلوغ";
    pub(crate) F_MATURITY: "Level {n} of 5, {level}: {reach}. Below level {next}: {names}", "سطح {n} از ۵، {level}: {reach}. پایین‌تر از سطح {next}: {names}";
    pub(crate) F_HIGHEST: "Level 5 of 5, {level}: {reach}", "سطح ۵ از ۵، {level}: {reach}";
    pub(crate) ALL_REACH: "all dimensions reach it", "همهٔ بُعدها به آن می‌رسند";
    pub(crate) ALL_BUT: "all dimensions but one reach it, {name}", "همهٔ بُعدها جز یکی ({name}) به آن می‌رسند";
    pub(crate) AND_MORE: "{names} and {n} more", "{names} و {n} بُعد دیگر";
    pub(crate) L_MATURITY: "■ reached   □ to come   ▲ ▼ against 90 days ago", "■ رسیده   □ در پیش   ▲ ▼ در برابر ۹۰ روز پیش";
    pub(crate) NEXT_TITLE: "Next in {name}", "گام بعد در {name}";
    pub(crate) NOTHING_NEXT: "there is nothing left to do here", "اینجا کار دیگری نمانده";
    pub(crate) THE_STORE: "the whole", "همه";
    pub(crate) C_DIMENSION: "dimension", "بُعد";
    pub(crate) C_LEVEL: "level", "سطح";
    pub(crate) C_COUNT: "how many", "تعداد";
    pub(crate) C_CASES: "cases", "موردها";
    pub(crate) C_NEXT: "next level", "سطح بعد";
    pub(crate) C_NEXT_CASES: "with cases", "با موردها";
    pub(crate) C_BEFORE: "90 days ago", "۹۰ روز پیش";
    pub(crate) C_TODO: "next", "گام بعد";
    pub(crate) PERCENT: "{n}%", "{n}٪";
    pub(crate) WHOLE_STORE: "maturity is of the whole store as it stands: it takes neither --where nor --as-of", "بلوغ از همهٔ داده‌ها و امروز است: --where و --as-of نمی‌پذیرد";
}
