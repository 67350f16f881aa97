//! What is wrong with an identity number.

super::phrases! {
    pub(crate) CHARACTERS: "holds something other than digits", "چیزی جز رقم دارد";
    pub(crate) LENGTH: "has the wrong number of digits", "تعداد رقم‌ها درست نیست";
    pub(crate) CHECK_DIGITS: "the check digits do not fit", "رقم کنترل درست نیست";
    pub(crate) PATTERN: "no such number is given out", "چنین شماره‌ای داده نمی‌شود";
}
