//! What is wrong with an identity number.

super::phrases! {
    pub(crate) NATIONAL_ID: "national id", "کد ملی";
    pub(crate) LEGAL_ID: "legal id", "شناسهٔ ملی";
    pub(crate) SHEBA: "Sheba", "شبا";
    pub(crate) MOBILE: "mobile", "تلفن همراه";
    pub(crate) PHONE: "phone", "تلفن";
    pub(crate) POSTAL_CODE: "postal code", "کد پستی";
    pub(crate) OF_BANK: "{kind}, {bank}", "{kind}، {bank}";
    pub(crate) CHARACTERS: "holds something other than digits", "چیزی جز رقم دارد";
    pub(crate) LENGTH: "has the wrong number of digits", "تعداد رقم‌ها درست نیست";
    pub(crate) CHECK_DIGITS: "the check digits do not fit", "رقم کنترل درست نیست";
    pub(crate) PATTERN: "no such number is given out", "چنین شماره‌ای داده نمی‌شود";
}
