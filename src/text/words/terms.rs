//! The words of the business: fields, stages, kinds, queues, roles.

super::phrases! {
    pub(crate) PROSPECT: "prospect", "مشتری احتمالی";
    pub(crate) FIRST_TIME: "first time", "خرید اول";
    pub(crate) REPEAT: "repeat", "خرید دوباره";
    pub(crate) LOYAL: "loyal", "وفادار";
    pub(crate) ADVOCATE: "advocate", "مبلّغ";
    pub(crate) AT_RISK: "at risk", "در خطر";
    pub(crate) LAPSED: "lapsed", "رفته";
    pub(crate) WON_BACK: "won back", "بازگشته";

    pub(crate) PERSON: "person", "شخص";
    pub(crate) ORGANISATION: "organisation", "سازمان";
    pub(crate) FEMALE: "female", "زن";
    pub(crate) MALE: "male", "مرد";
    pub(crate) OTHER_GENDER: "other", "دیگر";

    pub(crate) NEED: "need", "نیاز";
    pub(crate) EXPECTATION: "expectation", "انتظار";
    pub(crate) TASTE: "taste", "سلیقه";
    pub(crate) INTEREST: "interest", "علاقه";
    pub(crate) ATTITUDE: "attitude", "نگرش";
    pub(crate) BIOGRAPHY: "biography", "زندگی‌نامه";

    pub(crate) HOUSEHOLD: "household", "هم‌خانه";
    pub(crate) WORKS_AT: "works at", "شاغل در";
    pub(crate) REFERRED_BY: "referred by", "معرف";
    pub(crate) RELATED: "related", "آشنا";

    pub(crate) CALL: "call", "تماس";
    pub(crate) EMAIL_CHANNEL: "mail", "ایمیل";
    pub(crate) MESSAGE: "message", "پیام";
    pub(crate) VISIT: "visit", "دیدار";
    pub(crate) WEB_CHANNEL: "web", "وب";
    pub(crate) LETTER: "letter", "نامه";
    pub(crate) NOTE_CHANNEL: "note", "یادداشت";

    pub(crate) SALE: "purchase", "خرید";
    pub(crate) RETURN: "return", "مرجوعی";
    pub(crate) CREDIT: "credit", "بستانکاری";

    pub(crate) CALLBACK: "callback", "تماس دوباره";
    pub(crate) TODO: "to do", "کار";

    pub(crate) RETENTION: "Retention", "نگهداشت";
    pub(crate) WIN_BACK: "Win-back", "بازگرداندن";
    pub(crate) CROSS_SELL: "Cross-sell", "فروش مکمل";
    pub(crate) UP_SELL: "Up-sell", "فروش بالاتر";
    pub(crate) ACQUISITION: "Acquisition", "جذب";
    pub(crate) CALLBACKS: "Callbacks", "تماس‌های دوباره";

    pub(crate) AGENT_ROLE: "agent", "کارشناس";
    pub(crate) SUPERVISOR: "supervisor", "سرپرست";
    pub(crate) ADMIN: "administrator", "مدیر سامانه";

    pub(crate) NAME: "name", "نام";
    pub(crate) KIND: "kind", "نوع";
    pub(crate) EXTERNAL_ID: "external id", "شناسهٔ بیرونی";
    pub(crate) PHONE: "phone", "تلفن";
    pub(crate) EMAIL: "e-mail", "ایمیل";
    pub(crate) WEB: "web", "وب";
    pub(crate) BIRTH_DATE: "birth date", "تاریخ تولد";
    pub(crate) GENDER: "gender", "جنسیت";
    pub(crate) CITY: "city", "شهر";
    pub(crate) REGION: "region", "استان";
    pub(crate) COUNTRY: "country", "کشور";
    pub(crate) ADDRESS: "address", "نشانی";
    pub(crate) POSTAL_CODE: "postal code", "کد پستی";
    pub(crate) TIME_ZONE: "time zone", "منطقهٔ زمانی";
    pub(crate) LANGUAGE: "language", "زبان";
    pub(crate) SOURCE: "source", "منبع آشنایی";
    pub(crate) OWNER: "owner", "مسئول";
    pub(crate) STAGE: "stage", "مرحله";
    pub(crate) TAGS: "tags", "برچسب‌ها";
    pub(crate) JOINED: "joined", "تاریخ پیوستن";
    pub(crate) OWN: "own fields", "فیلدهای خودی";
    pub(crate) NOTE: "note", "یادداشت";
    pub(crate) OUTCOME: "outcome", "نتیجه";
    pub(crate) CHANNEL: "channel", "راه تماس";
    pub(crate) DIRECTION: "direction", "جهت";
    pub(crate) SECONDS: "seconds", "ثانیه";
    pub(crate) DUE: "due", "سررسید";
    pub(crate) DATE: "date", "تاریخ";
    pub(crate) AMOUNT: "amount", "مبلغ";
    pub(crate) QUANTITY: "quantity", "تعداد";
    pub(crate) UNIT_PRICE: "unit price", "قیمت واحد";
    pub(crate) UNIT_COST: "unit cost", "بهای تمام‌شده";
    pub(crate) TOMAN: "toman", "تومان";
    pub(crate) CURRENCY: "currency", "واحد پول";
    pub(crate) PRODUCT: "product", "کالا";
    pub(crate) SKU: "sku", "کد کالا";
    pub(crate) CATEGORY: "category", "دسته";
    pub(crate) PRICE: "price", "قیمت";
    pub(crate) CUSTOMER: "customer", "مشتری";
    pub(crate) AGENT: "agent", "کارشناس";
    pub(crate) TIME: "time", "زمان";
    pub(crate) EXPRESSION: "expression", "عبارت";
    pub(crate) TEXT: "text", "متن";
    pub(crate) STRENGTH: "strength", "شدت";
    pub(crate) OTHER_NAMES: "other names", "نام‌های دیگر";
    pub(crate) OTHER_IDS: "other ids", "شناسه‌های دیگر";
    pub(crate) KEY: "key", "کلید";
    pub(crate) DO_NOT_CALL: "do not call", "تماس نگیرید";
    pub(crate) MARKETING: "marketing", "بازاریابی";
    pub(crate) START: "start", "آغاز";
    pub(crate) END: "end", "پایان";
    pub(crate) TERM: "period", "دورهٔ پرداخت";
    pub(crate) AUTO_RENEW: "renews itself", "تمدید خودکار";
    pub(crate) WEEKLY: "weekly", "هفتگی";
    pub(crate) MONTHLY: "monthly", "ماهانه";
    pub(crate) QUARTERLY: "quarterly", "سه‌ماهه";
    pub(crate) HALF_YEARLY: "half-yearly", "شش‌ماهه";
    pub(crate) YEARLY: "yearly", "سالانه";
    pub(crate) TWO_YEARLY: "every two years", "دوساله";
}
