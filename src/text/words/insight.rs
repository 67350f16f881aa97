//! Insight: the pictures, their one-line findings, the names of what is in them.

super::phrases! {
    // the groups of recency and frequency
    pub(crate) CHAMPIONS: "champions", "قهرمانان";
    pub(crate) LOYAL: "loyal", "وفاداران";
    pub(crate) POTENTIAL: "may become loyal", "وفاداران آینده";
    pub(crate) NEW: "new", "تازه‌واردان";
    pub(crate) PROMISING: "promising", "امیدبخش‌ها";
    pub(crate) ATTENTION: "need attention", "نیازمند توجه";
    pub(crate) SLEEPY: "about to sleep", "رو به خاموشی";
    pub(crate) AT_RISK: "at risk", "در خطر";
    pub(crate) CANT_LOSE: "must not be lost", "ازدست‌ندادنی‌ها";
    pub(crate) HIBERNATING: "hibernating", "در خواب";

    // loyalty and profit
    pub(crate) STAYING: "loyal", "وفادار";
    pub(crate) FRESH: "with us, new", "ماندنی، تازه";
    pub(crate) DRIFTING: "drifting away", "رو به رفتن";
    pub(crate) PROFIT_HIGH: "bring much", "پرسود";
    pub(crate) PROFIT_LOW: "bring little", "کم‌سود";
    pub(crate) PROFIT_NONE: "cost more", "زیان‌ده";

    // periods
    pub(crate) MONTHS: "by month", "ماهانه";
    pub(crate) QUARTERS: "by quarter", "فصلی";
    pub(crate) WEEKS: "by week", "هفتگی";

    // the pictures
    pub(crate) K_RFM: "RFM", "تازگی و بسامد";
    pub(crate) K_TIERS: "Tiers", "رده‌ها";
    pub(crate) K_VALUE: "Value", "ارزش";
    pub(crate) K_LOYALTY: "Loyalty", "وفاداری";
    pub(crate) K_STAYING: "Staying", "ماندن";
    pub(crate) K_RISK: "Risk", "ریسک رفتن";
    pub(crate) K_CONTRACTS: "Contracts", "قراردادها";
    pub(crate) K_ENDING: "Ending", "پایان قرارداد";
    pub(crate) K_COHORTS: "Cohorts", "هم‌دوره‌ها";
    pub(crate) K_PRODUCTS: "Products", "کالاها";
    pub(crate) K_STAGES: "Life stages", "چرخهٔ عمر";
    pub(crate) K_CAMPAIGNS: "Campaigns", "کارزارها";
    pub(crate) K_OFFERS: "Offers", "پیشنهادها";
    pub(crate) K_EXPERIENCE: "Experience", "تجربهٔ مشتری";
    pub(crate) K_GROUPS: "Groups", "خوشه‌ها";
    pub(crate) K_QUALITY: "Model", "مدل";
    pub(crate) EVERYONE: "everyone", "همهٔ مشتریان";
    pub(crate) SEGMENT_TITLE: "Show whom", "چه کسانی";
    pub(crate) AXES: "rows: {down} · columns: {across}", "سطرها: {down} · ستون‌ها: {across}";

    // their findings
    pub(crate) F_RFM: "{share} of the buyers are champions and brought {money} of the sales", "{share} خریداران قهرمان‌اند و {money} فروش را آورده‌اند";
    pub(crate) F_TIERS: "The top {share} bring {margin} of the margin", "{share} بالایی {margin} سود ناخالص را می‌آورند";
    pub(crate) F_VALUE: "{share} of the buyers hold {worth} of the value still to come", "{share} خریداران {worth} ارزش آینده را در دست دارند";
    pub(crate) F_SPENT: "{share} of the buyers made {worth} of the sales", "{share} خریداران {worth} فروش را ساخته‌اند";
    pub(crate) F_LOYALTY: "{n} who bring much are drifting away: win them over; {m} loyal ones bring little: earn more", "{n} مشتری پرسود رو به رفتن‌اند: دلشان را به دست آورید؛ {m} وفادار کم‌سودند: بیشتر بفروشید";
    pub(crate) F_STAYING: "{now} of all who ever bought are with us today; in a year it will be {later}", "{now} همهٔ خریداران هنوز با ما هستند؛ یک سال دیگر {later}";
    pub(crate) F_RISK: "{n} customers worth {sum} have left within {weeks} weeks more likely than not", "{n} مشتری به ارزش {sum} به احتمال بیش از نیم تا {weeks} هفتهٔ دیگر رفته‌اند";
    pub(crate) F_RISK_NOBODY: "Nobody is more likely to leave within {weeks} weeks than to stay", "هیچ مشتری‌ای تا {weeks} هفتهٔ دیگر رفتنش محتمل‌تر از ماندنش نیست";
    pub(crate) F_CONTRACTS_HALF: "Half of all contracts end within {months} months, told from {n}", "نیمی از قراردادها تا {months} ماه پایان می‌یابند؛ برآورد از {n} قرارداد";
    pub(crate) F_CONTRACTS: "{share} of all contracts run for {months} months or more, told from {n}", "{share} قراردادها {months} ماه یا بیشتر برقرار می‌مانند؛ برآورد از {n} قرارداد";
    pub(crate) F_ENDING: "{n} end their contract within {weeks} weeks more likely than not; on contracts it had not seen the model ranks them with {auc}, their age alone with {base}", "{n} نفر تا {weeks} هفتهٔ دیگر به احتمال بیش از نیم قراردادشان را پایان می‌دهند؛ در قراردادهای نادیده، مدل با {auc} رتبه می‌دهد و عمر قرارداد به‌تنهایی با {base}";
    pub(crate) F_COHORTS: "Those who came in {when} come back most: on average {share} of them bought in each of the first {n} periods after", "آنان که در {when} آمدند بیش از همه بازمی‌گردند: میانگین {share} آنان در هر یک از {n} دورهٔ نخستِ پس از آن خرید کرده‌اند";
    pub(crate) F_PRODUCTS: "{from} goes with {to}: {lift} times as often as by chance; {n} have the first without the second", "{to} همراه {from} است: {lift} برابر تصادف؛ {n} نفر اولی را بی دومی دارند";
    pub(crate) F_STAGES: "{share} of those who bought came back; {n} are at risk, {m} have lapsed", "{share} خریداران بازگشته‌اند؛ {n} نفر در خطرند و {m} نفر رفته‌اند";
    pub(crate) F_OFFERS: "{offer} is taken most readily: by {n} of {of} who were asked", "{offer} از همه پذیرفتنی‌تر است: {n} از {of} نفر پذیرفتند";
    pub(crate) F_CAMPAIGNS: "{name}: {share} of those called say yes; of their like outside campaigns {other}", "{name}: {share} از کسانی که با آنها تماس گرفته شد پذیرفتند؛ از همانندانشان بیرون از کارزارها {other}";
    pub(crate) F_CAMPAIGNS_ALONE: "{name}: {share} of those called say yes", "{name}: {share} از کسانی که با آنها تماس گرفته شد پذیرفتند";
    pub(crate) F_CAMPAIGNS_NONE: "No campaign has called anybody yet: start one in Manage", "هنوز هیچ کارزاری با کسی تماس نگرفته است: در مدیریت یکی را آغاز کنید";
    pub(crate) L_CAMPAIGNS: "bars: part of those called who say yes · mark: the same of those at the same stages called outside campaigns in the same days", "میله‌ها: سهم پذیرفتن در میان تماس‌ها · نشان: همان برای هم‌مرحله‌ها بیرون از کارزار در همان روزها";
    pub(crate) F_OFFERS_NONE: "No offer was answered yet: make one in Manage, and take the answer in a call", "هنوز به پیشنهادی پاسخ نداده‌اند: در مدیریت بسازید و پاسخ را در تماس ثبت کنید";
    pub(crate) L_OFFERS: "bars: chance that it is taken, with the usual belief behind few answers", "میله‌ها: احتمال پذیرش، با باور پیشین جایی که پاسخ کم است";
    pub(crate) F_EXPERIENCE: "Satisfaction is {mean} of 5 ({n} asked), the net promoter score {nps} ({of} asked)", "رضایت {mean} از ۵ ({n} پرسش)، شاخص خالص مروجان {nps} ({of} پرسش)";
    pub(crate) F_EXPERIENCE_NONE: "Nobody was asked yet: F5 in the log strip asks how satisfied they are", "هنوز از کسی نپرسیده‌اند: F5 هنگام ثبت تماس رضایت را می‌پرسد";
    pub(crate) L_EXPERIENCE: "bars: mean satisfaction, 1 to 5", "میله‌ها: میانگین رضایت، ۱ تا ۵";
    pub(crate) F_GROUPS: "{n} groups among {m}; the most telling: {signs}", "{n} خوشه میان {m} نفر؛ گویاترین: {signs}";
    pub(crate) F_GROUPS_NONE: "{m} looked at; they fall into no clear groups", "{m} نفر بررسی شد؛ خوشهٔ روشنی ندارند";
    pub(crate) F_QUALITY_GOOD: "On {weeks} weeks it had not seen the model ranks buyers better than recency alone: {auc} to {base}", "در {weeks} هفتهٔ نادیده، مدل خریداران را بهتر از تازگیِ تنها رتبه می‌دهد: {auc} در برابر {base}";
    pub(crate) F_QUALITY_BAD: "On {weeks} weeks it had not seen the model ranks buyers no better than recency alone: {auc} to {base}", "در {weeks} هفتهٔ نادیده، مدل خریداران را بهتر از تازگیِ تنها رتبه نمی‌دهد: {auc} در برابر {base}";

    // what is in them
    pub(crate) RECENCY: "recency", "تازگی";
    pub(crate) FREQUENCY: "frequency", "بسامد";
    pub(crate) LOYALTY: "loyalty", "وفاداری";
    pub(crate) PROFIT: "profit", "سود";
    pub(crate) CAME: "first purchase", "نخستین خرید";
    pub(crate) LATER: "periods later", "دوره‌های بعد";
    pub(crate) CUSTOMERS: "customers", "مشتری";
    pub(crate) SHARE: "share", "سهم";
    pub(crate) SPENT: "spent", "خرید";
    pub(crate) MARGIN: "margin", "سود ناخالص";
    pub(crate) MARGIN_SHARE: "share of margin", "سهم از سود";
    pub(crate) WORTH: "worth", "ارزش";
    pub(crate) BY: "by", "برحسب";
    pub(crate) SEGMENT: "segment", "بخش";
    pub(crate) GROUP: "group", "گروه";
    pub(crate) VALUE: "value", "ارزش";
    pub(crate) TIER: "tier", "رده";
    pub(crate) TOP: "top {n}%", "{n}٪ بالایی";
    pub(crate) NEXT: "{from}–{to}", "{from} تا {to}";
    pub(crate) LEAST: "from", "از";
    pub(crate) BELOW: "below {to}", "کمتر از {to}";
    pub(crate) BETWEEN: "{from} – {to}", "{from} تا {to}";
    pub(crate) ABOVE: "{from} and more", "{from} و بیشتر";
    pub(crate) MONTH: "month", "ماه";
    pub(crate) NOW: "now", "اکنون";
    pub(crate) WITH_US: "with us", "با ما";
    pub(crate) LEAVES: "gone if silent", "رفته، اگر نخرد";
    pub(crate) STILL_RUN: "still run", "برقرار";
    pub(crate) ERROR: "±", "±";
    pub(crate) AS_OLD: "were as old", "به این عمر رسیده";
    pub(crate) RUN_NOW: "that old now", "اکنون در این عمر";
    pub(crate) BUY: "buy", "خریدار";
    pub(crate) BROUGHT: "brought", "فروش";
    pub(crate) PERIOD: "period", "دوره";
    pub(crate) HAS: "who takes", "خریدار";
    pub(crate) TAKES: "also takes", "این را هم می‌گیرد";
    pub(crate) SO_OFTEN: "so often", "چند بار";
    pub(crate) LIFT: "lift", "ضریب";
    pub(crate) WITHOUT: "have not", "ندارند";
    pub(crate) PAIR: "{from} → {to}", "{from} ← {to}";
    pub(crate) STAGE: "stage", "مرحله";
    pub(crate) WEEKS_LONG: "weeks", "هفته";
    pub(crate) RISK: "risk", "ریسک";
    pub(crate) SIGNS: "signs", "نشانه‌ها";
    pub(crate) MIXED: "no clear sign", "بی نشانهٔ روشن";
    pub(crate) TENTH: "tenth", "دهک";
    pub(crate) SAID: "expected", "پیش‌بینی";
    pub(crate) CAME_TRUE: "came", "رخ‌داده";

    pub(crate) L_TIERS: "█ share of margin   ┃ share of customers", "█ سهم از سود   ┃ سهم از مشتریان";
    pub(crate) L_PRODUCTS: "█ so often with the first   ┃ so often at all", "█ چند بار همراه اولی   ┃ چند بار در همه";
    pub(crate) L_QUALITY: "█ purchases that came   ┃ purchases expected", "█ خریدهای رخ‌داده   ┃ خریدهای پیش‌بینی‌شده";
    pub(crate) L_CUSTOMERS: "█ customers", "█ مشتریان";
    pub(crate) L_STAYING: "█ still with us after so many months", "█ پس از چند ماه هنوز با ما";

    pub(crate) L_CONTRACTS: "█ still running after so many months", "█ پس از چند ماه هنوز برقرار";

    // nothing there
    pub(crate) NO_CONTRACTS: "No contracts to speak of yet: S on a customer adds one, vafa import subscriptions brings many.", "هنوز قراردادی نیست: S روی مشتری یکی می‌افزاید، vafa import subscriptions بسیاری را می‌آورد.";
    pub(crate) LACK_CONTRACTS: "Too few contracts have ended to learn from: {have} of {needed}.", "برای آموختن، قرارداد پایان‌یافته کم است: {have} از {needed}.";
    pub(crate) NO_PURCHASES: "Nothing to show yet: this picture is drawn from purchases.", "هنوز چیزی نیست: این نما از خریدها کشیده می‌شود.";
    pub(crate) NOT_SCORED: "Nobody is scored yet: press F to fit the models.", "هنوز امتیازی نیست: F را بزنید تا مدل‌ها برازش شوند.";
    pub(crate) NO_PRODUCTS: "Nothing to show yet: no two products were bought together often enough.", "هنوز چیزی نیست: هیچ دو کالایی به‌اندازهٔ کافی با هم خریده نشده‌اند.";
    pub(crate) TOO_SHORT: "Too little time or too few customers to hold some back and check the model.", "زمان یا مشتری برای کنار گذاشتن و سنجش مدل کم است.";
    pub(crate) NO_EXPRESSION: "there is no expression for this mark", "این نشان عبارتی ندارد";
}
