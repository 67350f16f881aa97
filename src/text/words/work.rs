//! Work: callbacks and steps of processes, and what is done with them.

super::phrases! {
    pub(crate) MINE: "Mine", "من";
    pub(crate) MY_TEAM: "Team", "تیم من";
    pub(crate) EVERYBODY: "All", "همه";
    pub(crate) WHAT: "what", "کار";
    pub(crate) CUSTOMER: "customer", "مشتری";
    pub(crate) DUE: "due", "مهلت";
    pub(crate) WHO: "who", "مسئول";
    pub(crate) TEAM: "team", "تیم";
    pub(crate) NOTE: "about", "موضوع";
    pub(crate) NOBODY: "nobody", "هیچ‌کس";
    pub(crate) NOTHING_MINE: "Nothing is yours just now. Tab shows your team's work; `a` there takes a step.", "اکنون کاری به نام شما نیست. Tab کارهای تیم را نشان می‌دهد؛ آنجا با a گامی را بردارید.";
    pub(crate) NOTHING_TEAM: "Your team has nothing to do. Tab shows everybody's work; w on a customer begins a process.", "تیم شما کاری ندارد. Tab کارهای همه را نشان می‌دهد؛ w روی هر مشتری فرایندی را آغاز می‌کند.";
    pub(crate) NOTHING_AT_ALL: "Nobody has anything to do. Callbacks and steps of processes come here; w on a customer begins a process.", "هیچ کاری نمانده است. تماس‌های دوباره و گام‌های فرایندها اینجا می‌آیند؛ w روی هر مشتری فرایندی را آغاز می‌کند.";
    pub(crate) NOTHING_THERE: "No case stands at this step any more. Tab shows all work.", "دیگر پرونده‌ای در این گام نیست. Tab همهٔ کارها را نشان می‌دهد.";
    pub(crate) STEP_OF: "{process}, step {n} of {of}", "{process}، گام {n} از {of}";
    pub(crate) BY_TEAM: "team {team}", "تیم {team}";
    pub(crate) DUE_AT: "due {when}", "مهلت {when}";
    pub(crate) BEGUN: "begun {when}", "آغاز {when}";
    pub(crate) FINISH_TITLE: "{step}: what was done? (Enter finishes)", "{step}: چه کاری انجام شد؟ (Enter پایان می‌دهد)";
    pub(crate) DROP_TITLE: "Give up {process} for {who}: why?", "کنار گذاشتن {process} برای {who}: چرا؟";
    pub(crate) TO_TEAM: "back to the team", "بازگشت به تیم";
    pub(crate) START_TITLE: "Begin a process for {who}", "آغاز فرایند برای {who}";
    pub(crate) ABOUT_TITLE: "{process}: what is it about? (Enter begins)", "{process}: موضوع چیست؟ (Enter آغاز می‌کند)";
    pub(crate) NO_PROCESS: "No process is defined yet. `vafa import plan FILE` brings some in.", "هنوز فرایندی تعریف نشده است. `vafa import plan FILE` آن‌ها را وارد می‌کند.";
}
