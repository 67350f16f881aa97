//! Queues, the log strip, the agent's day, and why a customer is worth a call.

super::phrases! {
    // the log strip
    pub(crate) LOG_TITLE: "Log {who}", "ثبت تماس با {who}";
    pub(crate) CORRECT_TITLE: "Correct the last outcome of {who}", "درست کردن نتیجهٔ آخر {who}";
    pub(crate) LOG_NOTE: "note", "یادداشت";
    pub(crate) LOG_AGAIN: "again", "دوباره";
    pub(crate) AGAIN_HINT: "t10 is tomorrow at ten; 2h, fri 14:30", "t10 یعنی فردا ساعت ده؛ 2h، جمعه ۱۴:۳۰";
    pub(crate) NO_OUTCOMES: "no outcome is set up", "هیچ نتیجه‌ای تعریف نشده است";
    pub(crate) NOTHING_LOGGED: "nothing was logged yet in this session", "در این نشست هنوز چیزی ثبت نشده است";

    // queues
    pub(crate) WORTH_TODAY: "worth {sum}", "ارزش {sum}";
    pub(crate) HEAD_SAVES: "saves", "نجات";
    pub(crate) HEAD_RISK: "risk", "ریسک";
    pub(crate) HEAD_LEAVES: "gone by", "مهلت";
    pub(crate) HEAD_WHY: "why", "چرا";
    pub(crate) HEAD_BRINGS: "brings", "می‌آورد";
    pub(crate) HEAD_GONE: "gone", "رفته";
    pub(crate) HEAD_LAST: "last", "آخرین";
    pub(crate) HEAD_CHANCE: "chance", "احتمال";
    pub(crate) HEAD_OFFER: "offer", "پیشنهاد";
    pub(crate) HEAD_DUE: "due", "موعد";
    pub(crate) LEFT_OUT: "not in the queue: {list}", "بیرون از صف: {list}";
    pub(crate) SCORES_OF: "scores of {day}", "امتیازهای {day}";
    pub(crate) STAY: "{n} stay anyway", "{n} بی‌تماس می‌مانند";
    pub(crate) GONE: "{n} gone", "{n} رفته";
    pub(crate) COST_MORE: "{n} cost more than they bring", "{n} پرهزینه‌تر از سودشان";
    pub(crate) NO_CALL: "{n} do not call", "{n} تماس ممنوع";
    pub(crate) COOLING: "{n} called lately", "{n} تازه تماس گرفته";
    pub(crate) PUT_OFF: "{n} put off", "{n} عقب انداخته";
    pub(crate) NEVER_BOUGHT: "{n} never bought", "{n} بی‌خرید";
    pub(crate) STILL_HERE: "{n} still with us", "{n} هنوز با ما";
    pub(crate) NOTHING_TO_OFFER: "{n} have nothing to be offered", "{n} بی‌پیشنهاد";
    pub(crate) CUSTOMERS_ALREADY: "{n} are customers", "{n} مشتری شده";
    pub(crate) HELD_OUT: "{n} held out to compare", "{n} گروه گواه";
    pub(crate) EMPTY_RETENTION: "Nobody is worth a retention call today.", "امروز تماس نگهداشت برای کسی نمی‌ارزد.";
    pub(crate) EMPTY_WIN_BACK: "Nobody who left is worth a call today.", "امروز تماس با هیچ‌یک از رفته‌ها نمی‌ارزد.";
    pub(crate) EMPTY_CROSS_SELL: "There is nothing today that is worth a call to offer.", "امروز پیشنهادی نیست که به تماسش بیرزد.";
    pub(crate) EMPTY_UP_SELL: "Nobody is likely enough to move up today.", "امروز کسی آن‌قدر آمادهٔ خرید بالاتر نیست.";
    pub(crate) EMPTY_ACQUISITION: "No prospect is worth a call today.", "امروز تماس با هیچ مشتری احتمالی نمی‌ارزد.";
    pub(crate) PREPARING: "Reading what was bought; the queue comes by itself.", "خریدها خوانده می‌شود؛ صف خودش می‌آید.";
    pub(crate) LACK_BASKETS: "Too little to go by: {have} of {needed} baskets with several products.", "داده کم است: {have} از {needed} سبد چندکالایی.";
    pub(crate) LACK_PATHS: "Too little to go by: {have} of {needed} customers who moved up to a dearer product.", "داده کم است: {have} از {needed} مشتری که به کالای گران‌تر رسیده‌اند.";
    pub(crate) LACK_LEADS: "Too little to go by: {have} of {needed} first purchases of prospects.", "داده کم است: {have} از {needed} خرید نخست مشتریان احتمالی.";
    pub(crate) NOT_FITTED: "No scores yet: once there are purchases, press F to fit the models.", "هنوز امتیازی نیست: پس از ورود خریدها F را بزنید تا مدل‌ها برازش شوند.";
    pub(crate) EMPTY_CALLBACKS: "No callbacks are promised. c on a customer makes one.", "قول تماسی نداده‌اید. c روی یک مشتری قول می‌سازد.";
    pub(crate) FITTING: "fitting the models; go on working", "برازش مدل‌ها؛ به کارتان ادامه دهید";
    pub(crate) SNOOZE_TITLE: "Snooze {who} until", "عقب انداختن {who} تا";
    pub(crate) SNOOZE_HOUR: "an hour", "یک ساعت";
    pub(crate) SNOOZE_TOMORROW: "tomorrow", "فردا";
    pub(crate) SNOOZE_WORKING: "{day} (tomorrow: {why})", "{day} (فردا: {why})";
    pub(crate) SNOOZE_WEEK: "the week's first day", "اول هفته";
    pub(crate) SNOOZE_DATE: "a date", "یک تاریخ";
    pub(crate) SKIP_TITLE: "Skip {who}: why", "رد کردن {who}: چرا";
    pub(crate) SNOOZE_WHEN: "Until when", "تا کی";
    pub(crate) HAND_TITLE: "Hand {who} over to", "سپردن {who} به";

    // the one under the cursor
    pub(crate) SINCE: "customer {span}", "مشتری {span}";
    pub(crate) OWNED_BY: "owner {name}", "مسئول {name}";
    pub(crate) IF_KEPT: "value if kept", "ارزش در صورت ماندن";
    pub(crate) GONE_IF: "gone if silent until", "رفته، اگر نخرد تا";
    pub(crate) GONE_AT: "{when}, P(alive) < {share}", "{when}، احتمال ماندن زیر {share}";
    pub(crate) CHANCE: "chance to leave", "احتمال رفتن";
    pub(crate) CHANCE_IN: "{share} in {n} w", "{share} در {n} هفته";
    pub(crate) SAVES_BY: "saves ({rate} ± {half})", "نجات ({rate} ± {half})";
    pub(crate) LESS_CALL: "{saved} − {call} call", "{saved} − {call} تماس";
    pub(crate) LESS_OFFER: "{saved} − {given} offer − {call} call", "{saved} − {given} پیشنهاد − {call} تماس";
    pub(crate) BRINGS: "brings", "می‌آورد";
    pub(crate) OFFER: "offer", "پیشنهاد";
    pub(crate) SECOND_VALUE: "value if back", "ارزش در صورت بازگشت";
    pub(crate) IS_GONE: "has left", "رفته است";
    pub(crate) COMES_BACK: "comes back ({rate} ± {half})", "بازمی‌گردد ({rate} ± {half})";
    pub(crate) GOES_WITH: "bought with {what}", "همراه {what}";
    pub(crate) TAKES: "takes it ({rate} ± {half})", "می‌پذیرد ({rate} ± {half})";
    pub(crate) MARGIN: "margin", "سود";
    pub(crate) MARGIN_TIMES: "{margin} × {times}", "{margin} × {times}";
    pub(crate) MOVED_UP: "moved up from {what}", "از {what} بالاتر رفته‌اند";
    pub(crate) POWER_UNUSED: "spending power unused", "توان خرید مانده";
    pub(crate) MARGIN_GAINED: "margin gained in {n} w", "سود افزوده در {n} هفته";
    pub(crate) FIRST_YEAR: "first year brings", "سود سال نخست";
    pub(crate) FIRST_PURCHASE: "chance to buy", "احتمال خرید";
    pub(crate) UPLIFT: "{n} called, {held} held out: {more} points more stayed ({low} to {high})", "{n} تماس و {held} گواه: {more} واحد درصد بیشتر مانده‌اند ({low} تا {high})";
    pub(crate) R_LEAD: "{what} × {times}", "{what} × {times}";
    pub(crate) LEAD_NEW: "just come", "تازه‌آمده";
    pub(crate) LEAD_KNOWN: "known {n} {n|week|weeks}", "{n} هفته آشنا";
    pub(crate) LEAD_AGE: "aged {from} to {to}", "{from} تا {to} ساله";
    pub(crate) LEAD_UNDER: "under {n}", "زیر {n} سال";
    pub(crate) LEAD_OVER: "{n} or older", "{n} ساله و بالاتر";
    pub(crate) BUYS: "buys", "خریدها";
    pub(crate) SAID: "said", "گفته";
    pub(crate) LAST_BOUGHT_AGO: "last {span}", "آخری {span}";

    // reasons
    pub(crate) R_SILENT: "buys every {usual} d, silent {silent} d", "هر {usual} روز خرید، {silent} روز خاموش";
    pub(crate) R_SLOWING: "gaps grow from {from} to {to} d", "فاصلهٔ خریدها از {from} به {to} روز";
    pub(crate) R_FALLING: "spend falls from {from} to {to}", "خرید از {from} به {to} افتاده";
    pub(crate) R_RETURNS: "{share} sent back", "{share} مرجوعی";
    pub(crate) R_COMPLAINTS: "{n} {n|complaint|complaints}", "{n} شکایت";
    pub(crate) R_REFUSED: "refused the last offer", "پیشنهاد آخر را نپذیرفت";
    pub(crate) R_PRICE: "buys less since prices rose {share}", "از گران‌شدن {share} کمتر می‌خرد";
    pub(crate) R_UNMET: "not met: {need}", "برآورده نشده: {need}";
    pub(crate) R_ONCE: "bought once, {n} d ago", "یک بار خرید، {n} روز پیش";
    pub(crate) R_NO_CONTACT: "not spoken to for {n} d", "{n} روز بدون گفتگو";
    pub(crate) R_TOP: "rank top {share}", "جزو {share} برتر";
    pub(crate) R_STEADY: "buys every {usual} d, last {silent} d ago", "هر {usual} روز خرید، آخری {silent} روز پیش";
    pub(crate) R_GOES_WITH: "in {share} of such baskets", "در {share} چنین سبدهایی هست";
    pub(crate) R_MOVES_UP: "{share} like them moved up to it", "{share} مانند او به آن رسیده‌اند";
    pub(crate) R_HEADROOM: "{share} of spending power unused", "{share} توان خریدش مانده";
    pub(crate) R_LAST: "last bought {n} d ago", "آخرین خرید {n} روز پیش";

    // today
    pub(crate) DUE_NOW: "Due", "موعد رسیده";
    pub(crate) DUE_LATER: "{n} later", "{n} دیرتر";
    pub(crate) NEXT_BEST: "Next best", "بهترین‌های بعدی";
    pub(crate) MY_DAY: "My day", "روز من";
    pub(crate) CALLS: "calls", "تماس";
    pub(crate) REACHED: "reached", "گفتگو";
    pub(crate) WON: "won", "برد";
    pub(crate) KEPT: "promises kept", "قول‌های انجام‌شده";
    pub(crate) OF: "{n} of {of}", "{n} از {of}";
    pub(crate) BY_HOUR: "by hour", "در هر ساعت";
    pub(crate) LAST_CALLS: "My calls", "تماس‌های من";
    pub(crate) NOTHING_DUE: "Nothing is due. Enter on the list below starts the next call.", "کاری موعدش نرسیده. Enter روی فهرست پایین تماس بعدی را آغاز می‌کند.";
    pub(crate) NO_CALLS: "No calls yet today. l on a customer logs one.", "امروز هنوز تماسی نیست. l روی یک مشتری تماس را ثبت می‌کند.";
    pub(crate) FIRST_RUN: "No customers yet. Press 2 then n for the first one, or run: vafa import customers FILE", "هنوز مشتری‌ای نیست. 2 و سپس n برای نخستین مشتری، یا: vafa import customers FILE";
}
