//! How relations move: the rules, winning back, and what the commands say of them.

super::phrases! {
    // Rules.
    pub(crate) NO_PURCHASE: "nothing bought yet", "هنوز خریدی نیست";
    pub(crate) FIRST_PURCHASE: "first purchase", "نخستین خرید";
    pub(crate) SECOND_PURCHASE: "bought again", "خرید دوباره";
    pub(crate) HABIT: "buys often and steadily", "خرید پیوسته و منظم";
    pub(crate) PROMOTES: "brings others or would recommend us", "دیگران را می‌آورد یا ما را توصیه می‌کند";
    pub(crate) SILENCE: "likely to leave", "احتمال رفتن";
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
