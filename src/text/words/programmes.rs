//! Loyalty programmes and target groups, as pictures and reports tell them.

super::phrases! {
    pub(crate) K_PROGRAMMES: "Programmes", "برنامه‌های وفاداری";
    pub(crate) F_PROGRAMMES: "{name}: {n} have earned points, {of} may earn now; {owed} is owed. Margin a year of {m} members: {before} before, {after} after they joined; they chose to join", "{name}: {n} نفر امتیاز گرفته‌اند و اکنون {of} نفر می‌توانند بگیرند؛ بدهی {owed}. سود سالانهٔ {m} عضو: {before} پیش و {after} پس از پیوستن؛ پیوستن انتخاب خودشان بوده";
    pub(crate) F_PROGRAMMES_NEW: "{name}: {n} have earned points, {of} may earn now; {owed} is owed. Nobody bought for 90 days both before and after joining: what joining changed cannot be told", "{name}: {n} نفر امتیاز گرفته‌اند و اکنون {of} نفر می‌توانند بگیرند؛ بدهی {owed}. کسی نیست که هم پیش و هم پس از پیوستن ۹۰ روز مشتری بوده باشد: اثر پیوستن گفتنی نیست";
    pub(crate) F_PROGRAMMES_NONE: "No programme yet: make one in Manage", "هنوز برنامه‌ای نیست: در مدیریت بسازید";
    pub(crate) L_PROGRAMMES: "█ have earned points", "█ امتیاز گرفته‌اند";
    pub(crate) TIER_FROM: "from {spent} a year", "از {spent} در سال";
    pub(crate) C_ELIGIBLE: "may earn", "مجاز";
    pub(crate) C_EARNING: "earn", "امتیازگیر";
    pub(crate) C_TIER: "tier from", "سطح از";
    pub(crate) C_COMPARED: "compared", "سنجیده";
    pub(crate) C_BEFORE: "margin before", "سود پیش";
    pub(crate) C_AFTER: "margin after", "سود پس";
    pub(crate) C_WITH: "members", "اعضا";
    pub(crate) C_WITHOUT: "others", "دیگران";
    pub(crate) C_SERVE: "cost a year", "هزینهٔ سال";
    pub(crate) SERVE: "serving them costs {cost} a year", "خدمت به آنان سالی {cost} هزینه دارد";
    pub(crate) RESPONSE: "offers: {taken} of {asked} said yes, {rate}", "پیشنهادها: {taken} از {asked} پاسخ بله، {rate}";
    pub(crate) NO_RESPONSE: "offers: nobody was asked", "پیشنهادها: از کسی نپرسیده‌اند";
}
