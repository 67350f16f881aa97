//! Forms: titles, hints, drafts and conflicts.

super::phrases! {
    pub(crate) THEIRS: "now in the store: {value}   F3 takes it", "اکنون در انبار: {value}   با F3 پذیرفته می‌شود";
    pub(crate) DRAFT_KEPT: "Not saved; what was typed is kept for the next time", "ذخیره نشد؛ نوشته‌ها برای بار بعد نگه داشته شد";
    pub(crate) DRAFT_BACK: "What was typed before is here again", "نوشته‌های پیشین بازگشت";
    pub(crate) CHANGED_BY: "{by} has just changed this record; saving will show both values", "{by} هم‌اکنون این رکورد را تغییر داد؛ هنگام ذخیره هر دو مقدار نشان داده می‌شود";
    pub(crate) CONFLICT: "{by} changed this record: where you differ, F3 takes the value of the store, F2 keeps yours", "{by} این رکورد را تغییر داد: هر جا فرق دارد F3 مقدار انبار را می‌گیرد و F2 مقدار شما را نگه می‌دارد";
    pub(crate) SAVING: "saving …", "در حال ذخیره …";
    pub(crate) NEW_CUSTOMER: "New customer", "مشتری تازه";
    pub(crate) EDIT_TITLE: "Edit {name}", "ویرایش {name}";
    pub(crate) SEVERAL: "several: comma between", "چند مورد: با ویرگول جدا کنید";
    pub(crate) OWN_HINT: "name=value, a line each", "نام=مقدار، هر کدام یک خط";
    pub(crate) DATE_HINT: "for instance {sample}", "مثلاً {sample}";
    pub(crate) NOT_SAID: "–", "–";
    pub(crate) YES_MARKETING: "agreed", "پذیرفته";
    pub(crate) NO_MARKETING: "refused", "نپذیرفته";
    pub(crate) REASON: "do not call: reason", "تماس نگیرید: دلیل";
    pub(crate) NOBODY_OWNS: "nobody", "هیچ‌کس";
    pub(crate) FACT_TITLE: "What we know of {name}", "دانسته‌ای از {name}";
    pub(crate) PERSON_TITLE: "Somebody around {name}", "کسی پیرامون {name}";
    pub(crate) PURCHASE_TITLE: "Purchase of {name}", "خرید {name}";
    pub(crate) CONTRACT_TITLE: "Contract of {name}", "قرارداد {name}";
    pub(crate) PRODUCT_HINT: "sku or name", "کد یا نام کالا";
    pub(crate) END_HINT: "empty while it runs", "تا پایان نیافته، خالی";
    pub(crate) TASK_TITLE: "Task about {name}", "کاری دربارهٔ {name}";
    pub(crate) ONE_TO_FIVE: "1 to 5, empty when not said", "۱ تا ۵، یا خالی";
    pub(crate) MET: "how well met", "تا چه حد برآورده";
    pub(crate) WHO: "who", "چه کسی";
    pub(crate) WHO_HINT: "name, phone or #number", "نام، تلفن یا #شماره";
    pub(crate) SEVERAL_MATCH: "{n} customers match; write more, or #number", "{n} مشتری می‌خواند؛ بیشتر بنویسید یا #شماره";
    pub(crate) NOBODY: "nobody of that name", "کسی به این نام نیست";
    pub(crate) HOW: "how", "نسبت";
    pub(crate) NOT_AN_AMOUNT: "not an amount; for instance 1,250", "مبلغ نیست؛ مثلاً ۱٬۲۵۰";
}
