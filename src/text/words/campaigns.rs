//! Campaigns that run: what forbids a call, who is held back, what is set aside and why.

super::phrases! {
    // what forbids a call; {at} is when it is over
    pub(crate) FORBIDDEN: "{campaign} may not call {name} now: {list}", "اکنون کارزار {campaign} نباید با {name} تماس بگیرد: {list}";
    pub(crate) BAN_DO_NOT_CALL: "must not be called", "تماس با او ممنوع است";
    pub(crate) BAN_NOT_RUNNING: "the campaign does not run today", "کارزار امروز در جریان نیست";
    pub(crate) BAN_OTHER_TEAM: "it is another team's", "کار تیم دیگری است";
    pub(crate) BAN_NOT_OF_SEGMENT: "not of its segment", "عضو بخش آن نیست";
    pub(crate) BAN_ANSWERED: "has answered already", "پیش‌تر پاسخ داده است";
    pub(crate) BAN_NO_CONSENT: "has not agreed to marketing", "به بازاریابی رضایت نداده است";
    pub(crate) BAN_ATTEMPTS: "called as often as it may, {n} in all", "{n} بار تماس گرفته شده و بیش از این مجاز نیست";
    pub(crate) BAN_SPENT: "its budget is spent", "بودجه‌اش تمام شده است";
    pub(crate) BAN_DAY_FULL: "its {n} calls of the day are made", "{n} تماس امروزش انجام شده است";
    pub(crate) BAN_WEEK_FULL: "called as often as a customer may be in seven days, {n} in all", "{n} تماس در هفت روز، و بیش از این برای هر مشتری مجاز نیست";
    pub(crate) BAN_WAITING: "the last call was too short a time ago", "از تماس آخر زمان کافی نگذشته است";
    pub(crate) BAN_CLOSED: "outside its hours where the customer is", "در محل مشتری بیرون از ساعت تماس است";
    pub(crate) BAN_UNTIL: "{what}; from {at}", "{what}؛ از {at}";
    pub(crate) DESPITE: "{act} despite: {list}", "{act} با وجود: {list}";

    // who of the segment is not called now
    pub(crate) NOT_NOW: "not now: {list}", "اکنون نه: {list}";
    pub(crate) HOLD_ANSWERED: "{n} answered", "{n} پاسخ داده";
    pub(crate) HOLD_NO_CONSENT: "{n} without consent", "{n} بی رضایت";
    pub(crate) HOLD_ATTEMPTS: "{n} called often enough", "{n} به اندازه تماس گرفته شده";
    pub(crate) HOLD_WEEK: "{n} at the week's cap", "{n} در سقف هفتگی";
    pub(crate) HOLD_WAITING: "{n} waiting", "{n} منتظر تماس بعد";
    pub(crate) HOLD_CLOSED: "{n} out of hours", "{n} بیرون از ساعت";
    pub(crate) HOLD_PROMISED: "{n} promised a call", "{n} با قول تماس";

    // the screen of queues
    pub(crate) TABS: "campaigns", "کارزارها";
    pub(crate) PREPARING: "Reading what was called so far; the queue comes by itself.", "تماس‌های پیشین خوانده می‌شود؛ صف خودش می‌آید.";
    pub(crate) STOPPED: "{name} calls nobody now: {why}.", "اکنون {name} با کسی تماس نمی‌گیرد: {why}.";
    pub(crate) OPENS: "{name} calls nobody at this hour; it goes on {at}.", "{name} در این ساعت با کسی تماس نمی‌گیرد؛ از {at} ادامه دارد.";
    pub(crate) NOBODY: "{name} has nobody to call now.", "{name} اکنون کسی برای تماس ندارد.";
    pub(crate) ALL_READY: "everybody of its segment may be called now", "اکنون با همهٔ اعضای بخش می‌توان تماس گرفت";
    pub(crate) HEAD_TRIED: "tried", "دفعات";
    pub(crate) SCRIPT: "script", "متن گفت‌وگو";
    pub(crate) CALLS: "calls", "ساعت تماس";
    pub(crate) HOURS: "{from}:00 to {to}:00, their time", "ساعت {from} تا {to} به وقت مشتری";
    pub(crate) TRIED: "called so far", "تماس تا کنون";
    pub(crate) TRIED_OF: "{n} of {of}", "{n} از {of}";
    pub(crate) LAST_CALL: "the last", "آخرین تماس";
    pub(crate) BUDGET: "budget", "بودجه";
    pub(crate) SPENT_OF: "{spent} of {of} spent", "{spent} از {of} خرج شده";
    pub(crate) DESPITE_TITLE: "Log the call with {who} all the same", "ثبت تماس با {who} با این همه";
    pub(crate) RUN_PAUSE: "start or pause", "آغاز یا توقف";
    pub(crate) SEND: "send to a campaign", "فرستادن به کارزار";

    // the same in the log of changes
    pub(crate) NAME_DO_NOT_CALL: "do not call", "تماس ممنوع";
    pub(crate) NAME_NOT_RUNNING: "not running", "در جریان نبودن";
    pub(crate) NAME_OTHER_TEAM: "another team's", "تیم دیگر";
    pub(crate) NAME_NOT_OF_SEGMENT: "not of the segment", "بیرون از بخش";
    pub(crate) NAME_ANSWERED: "answered already", "پاسخ پیشین";
    pub(crate) NAME_NO_CONSENT: "no consent", "نبود رضایت";
    pub(crate) NAME_ATTEMPTS: "attempts used up", "پایان دفعات";
    pub(crate) NAME_SPENT: "budget spent", "پایان بودجه";
    pub(crate) NAME_DAY_FULL: "cap of the day", "سقف روزانه";
    pub(crate) NAME_WEEK_FULL: "cap of the week", "سقف هفتگی";
    pub(crate) NAME_WAITING: "too soon", "زودتر از موعد";
    pub(crate) NAME_CLOSED: "outside the hours", "بیرون از ساعت تماس";
}
