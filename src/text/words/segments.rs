//! Segments: the list, the one under the cursor, the editor.

super::phrases! {
    pub(crate) RULES: "rules", "قاعده‌ها";
    pub(crate) TAGS: "tags", "برچسب‌ها";
    pub(crate) RULE: "rule", "قاعده";
    pub(crate) TAG: "tag", "برچسب";
    pub(crate) SIZE: "size", "شمار";
    pub(crate) TARGET: "target", "هدف";
    pub(crate) RISK_OF: "risk {share}", "خطر {share}";
    pub(crate) APART: "what sets them apart", "چه چیزی جدایشان می‌کند";
    pub(crate) OTHERS: "others {share}", "دیگران {share}";
    pub(crate) NOTHING_APART: "much like the rest", "تفاوت چشمگیری با دیگران ندارند";
    pub(crate) OVERLAP: "overlap", "هم‌پوشانی";
    pub(crate) SHARED: "{n} are in {name} too: {share} of these, {back} of those", "{n} نفر در {name} هم هستند: {share} از این‌ها، {back} از آن‌ها";
    pub(crate) OVERLAP_HINT: "o compares with another segment", "برای سنجش با بخشی دیگر o را بزنید";
    pub(crate) COMPARE_TITLE: "Compare {name} with", "سنجش {name} با";
    pub(crate) NO_OTHER: "there is no other segment to compare with", "بخش دیگری برای سنجش نیست";
    pub(crate) MEMBERS: "members by value", "اعضا به ترتیب ارزش";
    pub(crate) NO_MEMBERS: "nobody is in it", "کسی در آن نیست";
    pub(crate) EMPTY: "No segments yet: press n to make the first one.", "هنوز بخشی نیست: n را بزنید و نخستین بخش را بسازید.";
    pub(crate) ONLY_A_TAG: "{name} is only a tag: T takes it off its members", "{name} فقط یک برچسب است: T آن را از اعضا برمی‌دارد";

    pub(crate) NEW_TITLE: "New segment", "بخش تازه";
    pub(crate) YES_TARGET: "★ target", "★ هدف";
    pub(crate) NO_TARGET: "no", "نه";
    pub(crate) HOW_TO_WRITE: "for instance city:Tehran spent>10m last<30d -tag:vip", "مثلاً city:تهران spent>10m last<30d -tag:vip";
    pub(crate) HOW_TO_TAG: "those who carry this tag", "کسانی که این برچسب را دارند";
}
