//! Needs, as their picture and report tell them.

super::phrases! {
    pub(crate) K_NEEDS: "Needs", "نیازها";
    pub(crate) F_NEEDS: "{name}: {n} need it; it matters {matters} of 5 and is met {met} of 5", "{name}: نیاز {n} نفر؛ اهمیت {matters} از ۵، برآورده {met} از ۵";
    pub(crate) F_NEEDS_NONE: "No need is recorded yet: F6 in a call notes one", "هنوز نیازی ثبت نشده: F6 هنگام تماس یکی را می‌نویسد";
    pub(crate) L_NEEDS: "█ how much it matters, of 5   ┃ how well it is met", "█ اهمیت، از ۵   ┃ چقدر برآورده شده";
    pub(crate) C_NEED: "need", "نیاز";
    pub(crate) C_IMPORTANCE: "matters", "اهمیت";
    pub(crate) C_MET: "met", "برآورده";
    pub(crate) C_UNMET: "hardly met", "برآورده‌نشده";
    pub(crate) C_OFFERS: "offers", "پیشنهادها";
}
