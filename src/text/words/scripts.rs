//! Scripts in a call: what stands in a place that no fact fills, and what is ticked off.

super::phrases! {
    pub(crate) SCRIPT: "script", "متن گفتگو";
    pub(crate) STEPS: "{n} of {of} {of|step|steps}", "{n} از {of} گام";
    pub(crate) AT_LINE: "line {n} of {of}", "سطر {n} از {of}";
    pub(crate) NO_NAME: "(name not known)", "(نام نامعلوم)";
    pub(crate) NO_CITY: "(city not known)", "(شهر نامعلوم)";
    pub(crate) NO_PURCHASE: "(nothing bought yet)", "(هنوز خریدی نکرده)";
    pub(crate) NO_PRODUCT: "(product not known)", "(کالا نامعلوم)";
    pub(crate) NO_OFFER: "(no offer fits)", "(پیشنهاد مناسبی نیست)";
    pub(crate) NO_NEED: "(need not asked yet)", "(نیازش هنوز پرسیده نشده)";
    pub(crate) NO_POINTS: "(in no points programme)", "(عضو برنامهٔ امتیاز نیست)";
    pub(crate) NO_COMPANY: "(company not known)", "(شرکت نامعلوم)";

    // The command line.
    pub(crate) C_LINE: "line", "سطر";
    pub(crate) C_STEP: "step", "گام";
    pub(crate) C_TEXT: "text", "متن";
}
