//! Manage: what the organisation works by, and the forms for it.

super::phrases! {
    pub(crate) OFFERS: "Offers", "پیشنهادها";
    pub(crate) PROGRAMMES: "Programmes", "برنامه‌های وفاداری";
    pub(crate) CAMPAIGNS: "Campaigns", "کارزارها";
    pub(crate) PROCESSES: "Processes", "فرایندها";
    pub(crate) SCRIPTS: "Scripts", "متن‌های گفت‌وگو";
    pub(crate) OWN_FIELDS: "Own fields", "فیلدهای خودی";
    pub(crate) OUTCOMES: "Outcomes", "نتیجه‌ها";
    pub(crate) PRODUCTS: "Products", "کالاها";
    pub(crate) AGENTS: "Agents", "کارشناسان";
    pub(crate) SETTINGS: "Settings", "تنظیم‌ها";
    pub(crate) AUDIT: "Audit log", "دفتر تغییرها";

    pub(crate) EMPTY_OFFERS: "No offers yet. An offer says what we propose to whom, what it costs and brings; n makes the first.", "هنوز پیشنهادی نیست. پیشنهاد می‌گوید به چه کسی چه می‌دهیم، چه هزینه‌ای دارد و چه سودی؛ با n نخستین را بسازید.";
    pub(crate) EMPTY_PROGRAMMES: "No programmes yet. A programme gives points for purchases and tiers for loyalty; n makes the first.", "هنوز برنامه‌ای نیست. برنامهٔ وفاداری برای خرید امتیاز و برای وفاداری سطح می‌دهد؛ با n نخستین را بسازید.";
    pub(crate) EMPTY_CAMPAIGNS: "No campaigns yet. A campaign says who is called, when and what about; n makes the first.", "هنوز کارزاری نیست. کارزار می‌گوید با چه کسی، کی و دربارهٔ چه تماس گرفته شود؛ با n نخستین را بسازید.";
    pub(crate) EMPTY_PROCESSES: "No processes yet. A process leads a customer from team to team in time; n makes the first.", "هنوز فرایندی نیست. فرایند کار مشتری را به‌هنگام از تیمی به تیم دیگر می‌رساند؛ با n نخستین را بسازید.";
    pub(crate) EMPTY_SCRIPTS: "No scripts yet. A script is what is said in a call, with the customer's facts filled in; n makes the first.", "هنوز متنی نیست. متن گفت‌وگو همان است که در تماس گفته می‌شود، با دانسته‌های مشتری در جای خود؛ با n نخستین را بسازید.";
    pub(crate) EMPTY_OWN_FIELDS: "No own fields yet. They keep what only your business asks; n makes the first.", "هنوز فیلد خودی نیست. فیلد خودی چیزی را نگه می‌دارد که فقط کسب‌وکار شما می‌پرسد؛ با n نخستین را بسازید.";
    pub(crate) EMPTY_ANY: "There is nothing here yet.", "هنوز چیزی اینجا نیست.";

    pub(crate) FOR: "for whom", "برای چه کسانی";
    pub(crate) PER_POINT: "a point per", "هر امتیاز";
    pub(crate) POINT_WORTH: "worth", "ارزش";
    pub(crate) OPEN: "open", "باز";
    pub(crate) LATE: "late", "دیرکرده";
    pub(crate) QUEUE: "queue", "صف";
    pub(crate) MEANING: "meaning", "معنا";
    pub(crate) RETRY: "again after minutes", "دوباره پس از (دقیقه)";
    pub(crate) ROLE: "role", "نقش";
    pub(crate) VALUE: "value", "مقدار";
    pub(crate) WHAT: "what", "چه کاری";
    pub(crate) RECORDS: "records", "رکوردها";
    pub(crate) TAKEN_BACK: "{what} (taken back)", "{what} (برگردانده شد)";
    pub(crate) YES: "yes", "بله";
    pub(crate) NO: "no", "نه";
    pub(crate) NEW_TITLE: "New: {name}", "تازه: {name}";
    pub(crate) GONE: "It is not there any more.", "دیگر وجود ندارد.";
    pub(crate) NOT_CHANGED: "this is not changed here", "این‌جا نمی‌توان آن را تغییر داد";
    pub(crate) NOT_DROPPED: "this is not taken away; make it inactive instead", "حذف نمی‌شود؛ آن را غیرفعال کنید";

    pub(crate) NEED_HINT: "only for those who named it", "فقط برای کسانی که آن را گفته‌اند";
    pub(crate) MARGIN_HINT: "empty: one usual purchase", "خالی: سود یک خرید معمول";
    pub(crate) TIERS_HINT: "a line each: spent in a year | discount % | terms", "در هر خط: خرید یک سال | تخفیف ٪ | شرایط";
    pub(crate) STEPS_HINT: "a line each: what | team | hours | role", "در هر خط: چه کاری | تیم | ساعت | نقش";
    pub(crate) STARTS_HINT: "a line each: outcome refused, stage lapsed, enters risk>=0.6", "در هر خط: outcome refused، stage lapsed، enters risk>=0.6";
    pub(crate) LINES_HINT: "[ ] before what is ticked off; places: {places}", "پیش از آنچه تیک می‌خورد [ ] بگذارید؛ جاها: {places}";
    pub(crate) DELAYS_HINT: "a line each: outcome and minutes, as busy 30", "در هر خط: نتیجه و دقیقه، مانند busy 30";
    pub(crate) CHOICES_HINT: "one a line", "در هر خط یکی";
    pub(crate) LINE_WRONG: "line {n} cannot be read", "خط {n} خوانده نمی‌شود";
    pub(crate) ORDER: "place in forms", "جا در فرم‌ها";
    pub(crate) CALL_HOURS: "hours of calls", "ساعت تماس";
    pub(crate) CAP_DAY: "most calls a day", "بیشترین تماس در روز";
    pub(crate) CAP_WEEK: "most calls to one in a week", "بیشترین تماس با هر کس در هفته";
    pub(crate) NO_LIMIT: "0: no limit", "۰ یعنی بی‌حد";
    pub(crate) NEEDS_CONSENT: "only with consent", "فقط با رضایت مشتری";
    pub(crate) FOR_ALL: "everyone", "همه";
    pub(crate) PERCENT_HINT: "percent", "درصد";
    pub(crate) CODE: "machine name", "نام در فایل‌ها";
    pub(crate) NAME_EN: "name in English", "نام انگلیسی";
    pub(crate) NAME_FA: "name in Persian", "نام فارسی";

    pub(crate) S_MARGIN: "margin where no cost is known", "سود ناخالص در نبود بها";
    pub(crate) S_MINUTE: "cost of a minute", "هزینهٔ هر دقیقهٔ کارشناس";
    pub(crate) S_CALL: "minutes of a call", "دقیقه‌های یک تماس";
    pub(crate) S_OFFER: "cost of the usual offer", "هزینهٔ پیشنهاد معمول";
    pub(crate) S_HORIZON: "weeks in which leaving matters", "هفته‌های پیش‌بینی رفتن";
    pub(crate) S_DISCOUNT: "yearly discount rate", "نرخ تنزیل سالانه";
    pub(crate) S_COOLING: "days of rest after a contact", "روزهای آسودگی پس از تماس";
    pub(crate) S_GONE: "gone below a chance of", "رفته اگر احتمال ماندن کمتر از";
    pub(crate) S_FROM: "calls from (hour)", "تماس از ساعت";
    pub(crate) S_TO: "calls to (hour)", "تماس تا ساعت";
    pub(crate) S_HOLD_OUT: "held out to compare", "سهم گروه گواه";

    pub(crate) LOYALTY: "Loyalty", "وفاداری";
    pub(crate) DRAFT: "draft", "پیش‌نویس";
    pub(crate) RUNNING: "running", "در جریان";
    pub(crate) PAUSED: "paused", "درنگ";
    pub(crate) ENDED: "ended", "پایان‌یافته";
    pub(crate) TEXT: "text", "متن";
    pub(crate) NUMBER: "number", "عدد";
    pub(crate) DATE: "date", "تاریخ";
    pub(crate) CHOICE: "choice", "گزینه‌ای";
    pub(crate) REACHED: "spoken to", "گفت‌وگو شد";
    pub(crate) NOT_REACHED: "not reached", "پاسخ نداد";
    pub(crate) ASKED_AGAIN: "wants a callback", "تماس دوباره خواست";
    pub(crate) SAID_NO: "said no", "نپذیرفت";
    pub(crate) BOUGHT: "bought or stays", "خرید یا ماند";
    pub(crate) BANNED: "never call again", "دیگر تماس نگیرید";
    pub(crate) WRONG_NUMBER: "wrong number", "شمارهٔ اشتباه";
    pub(crate) COMPLAINED: "complained", "شکایت کرد";
}
