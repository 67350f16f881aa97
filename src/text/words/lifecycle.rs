//! How relations move: the rules, winning back, and what the commands say of them.

super::phrases! {
    // Rules.
    pub(crate) NO_PURCHASE: "nothing bought yet", "هنوز خریدی نیست";
    pub(crate) FIRST_PURCHASE: "first purchase", "نخستین خرید";
    pub(crate) SECOND_PURCHASE: "bought again", "خرید دوباره";
    pub(crate) HABIT: "buys often and steadily", "خرید پیوسته و منظم";
    pub(crate) PROMOTES: "brings others or would recommend us", "دیگران را می‌آورد یا ما را توصیه می‌کند";
    pub(crate) SILENCE: "likely to leave", "احتمال رفتن";
    pub(crate) STILL_HERE: "neither gone nor about to go", "نه رفته و نه در آستانهٔ رفتن";
    pub(crate) FADED: "the stage before holds no longer", "مرحلهٔ پیشین دیگر برقرار نیست";
    pub(crate) GONE: "most likely gone", "به احتمال زیاد رفته";
    pub(crate) CAME_BACK: "bought after leaving", "خرید پس از رفتن";
    pub(crate) BY_HAND: "by hand", "دستی";

    // States of winning back.
    pub(crate) LEFT: "left", "رفته";
    pub(crate) CONTACTED: "contacted", "تماس گرفته‌شده";
    pub(crate) RETURNED: "returned", "بازگشته";
    pub(crate) CLOSED: "closed", "پایان‌یافته";

    // The profile.
    pub(crate) MOVED: "{from} → {to}", "{from} ← {to}";
    pub(crate) WIN_BACK: "win-back: {state} {when}, cost {cost}", "بازگرداندن: {state} {when}، هزینه {cost}";
    pub(crate) BROUGHT: "bought for {sum} since", "از آن پس {sum} خرید";

    pub(crate) DAYS_HERE: "days in it", "روز در آن";
    pub(crate) CLOSE_TITLE: "Why is nothing more tried to have {name} back?", "چرا دیگر برای بازگرداندن {name} تلاشی نمی‌شود؟";

    // The rules at work.
    pub(crate) MOVES_TITLE: "Who would move by the rules", "چه کسانی طبق قاعده‌ها جابه‌جا می‌شوند";
    pub(crate) RULES_TITLE: "The rules of the stages", "قاعده‌های مرحله‌ها";
    pub(crate) PREVIEW: "{n} of {of} {of|customer|customers} would move, by what is known of {day}", "بر پایهٔ داده‌های {day}، {n} از {of} مشتری جابه‌جا می‌شوند";
    pub(crate) HANDS_OFF: "{hand} set by hand stay", "{hand} مشتری که دستی تعیین شده‌اند می‌مانند";
    pub(crate) NOBODY_MOVES: "Nobody would move: by what is known of {day}, all {of} stand where the rules put them.", "کسی جابه‌جا نمی‌شود: بر پایهٔ داده‌های {day}، هر {of} مشتری همان جایی‌اند که قاعده‌ها می‌گویند.";
    pub(crate) MOVING: "moving them", "در حال جابه‌جایی";
    pub(crate) FIRST_HOLDS: "The first that holds decides; what was set by hand stays until the next purchase.", "نخستین قاعده‌ای که برقرار باشد تعیین می‌کند؛ آنچه دستی تعیین شده تا خرید بعدی می‌ماند.";
    pub(crate) THE_FIRST: "the first {n} of {of}", "{n} نفر نخست از {of}";
    pub(crate) R_PROSPECT: "nothing bought yet", "هنوز خریدی نکرده";
    pub(crate) R_LAPSED: "chance to be still here below {share}", "احتمال ماندن کمتر از {share}";
    pub(crate) R_WON_BACK: "bought after leaving, until the next purchase", "پس از رفتن خرید کرده، تا خرید بعدی";
    pub(crate) R_AT_RISK: "chance to leave within {weeks} weeks {share} or more", "احتمال رفتن تا {weeks} هفتهٔ دیگر {share} یا بیشتر";
    pub(crate) R_ADVOCATE: "brought somebody, or would recommend us: {n} or 10 of 10", "کسی را آورده، یا ما را توصیه می‌کند: {n} یا ۱۰ از ۱۰";
    pub(crate) R_LOYAL: "bought on {days} days or more, {gap} days apart at most", "خرید در {days} روز یا بیشتر، با فاصلهٔ حداکثر {gap} روز";
    pub(crate) R_LOYAL_ANY: "bought on {days} days or more", "خرید در {days} روز یا بیشتر";
    pub(crate) R_REPEAT: "bought on two days or more", "خرید در دو روز یا بیشتر";
    pub(crate) R_FIRST: "bought on one day", "خرید در یک روز";
    pub(crate) BY_SETTING: "setting", "تنظیم";
    pub(crate) BY_SETTING_FROM: "setting, at least {least}", "تنظیم، دست‌کم {least}";
    pub(crate) LEARNED: "from the data", "از داده‌ها";
    pub(crate) FIXED: "fixed", "ثابت";
    pub(crate) NOT_A_SETTING: "this rule is not a setting: it is learned from the data or always the same", "این قاعده تنظیم‌پذیر نیست: از داده‌ها آموخته می‌شود یا همیشه یکسان است";

    // The command line.
    pub(crate) WAS_CLOSED: "nothing more is tried to have {name} back", "دیگر برای بازگرداندن {name} تلاشی نمی‌شود";
    pub(crate) C_FROM: "from", "از";
    pub(crate) C_TO: "to", "به";
    pub(crate) C_RULE: "why", "چرا";
    pub(crate) C_STATE: "state", "وضعیت";
    pub(crate) C_COST: "cost", "هزینه";
    pub(crate) C_EARNED: "spent since", "خرید پس از آن";
    pub(crate) C_UNTIL: "until", "تا";
    pub(crate) C_LENGTH: "weeks with us", "هفته با ما";
    pub(crate) C_A_YEAR: "spent a year", "خرید در سال";
    pub(crate) WOULD_MOVE: "{n} of {of} {of|customer|customers} would move; {hand} set by hand stay", "{n} از {of} مشتری جابه‌جا می‌شدند؛ {hand} مشتری که دستی تعیین شده‌اند می‌مانند";
    pub(crate) HAVE_MOVED: "{n} of {of} {of|customer|customers} moved; {hand} set by hand stayed", "{n} از {of} مشتری جابه‌جا شدند؛ {hand} مشتری که دستی تعیین شده‌اند ماندند";
    pub(crate) LIMITS: "loyal from {days} days of buying, {gap} days apart at most; at risk from {risk}; left below P(alive) {gone}", "وفادار از {days} روز خرید، با فاصلهٔ حداکثر {gap} روز؛ در خطر از {risk}؛ رفته زیر احتمال ماندن {gone}";
    pub(crate) LIMITS_ANY: "loyal from {days} days of buying; at risk from {risk}; left below P(alive) {gone}", "وفادار از {days} روز خرید؛ در خطر از {risk}؛ رفته زیر احتمال ماندن {gone}";
}
