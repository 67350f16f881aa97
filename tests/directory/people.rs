//! Believable customers, the same each time: frequent names and a long tail of rare ones.

use vafa::domain::{
    AgentId, ContactKind, ContactPoint, Customer, CustomerId, Day, DayTotal, Fact, FactId,
    FactKind, Gender, Ledger, Stage,
};

pub const TODAY: Day = Day(20_400);

/// A small generator of numbers (D. Knuth's MMIX constants).
pub struct Rng(pub u64);

impl Rng {
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    /// Small numbers more often than large ones.
    fn skewed(&mut self, n: u64) -> u64 {
        self.below(n) * self.below(n) / n
    }

    fn pick<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.skewed(all.len() as u64) as usize]
    }
}

const FIRST_EN: &[&str] = &[
    "James",
    "Mary",
    "John",
    "Sara",
    "Alex",
    "Reza",
    "Ali",
    "Anna",
    "Emma",
    "Michael",
    "David",
    "Linda",
    "Mohammad",
    "Fatemeh",
    "Hossein",
    "Maryam",
    "Robert",
    "Susan",
    "Karen",
    "Thomas",
    "Omid",
    "Nima",
    "Sophie",
    "Oskar",
    "Jean-Paul",
    "Zahra",
    "Parisa",
    "Mark",
    "Paul",
    "George",
    "Alireza",
    "Kenneth",
];
const LAST_EN: &[&str] = &[
    "Smith",
    "Johnson",
    "Karimi",
    "Williams",
    "Brown",
    "Rezaei",
    "Jones",
    "Garcia",
    "Ahmadi",
    "Miller",
    "Mohammadi",
    "Davis",
    "Hosseini",
    "Wilson",
    "O'Brien",
    "Moradi",
    "Anderson",
    "Taylor",
    "Sadeghi",
    "Lee",
];
const FIRST_FA: &[&str] = &[
    "محمد",
    "علی",
    "فاطمه",
    "زهرا",
    "رضا",
    "حسین",
    "مریم",
    "علیرضا",
    "امیر",
    "سارا",
    "مهدی",
    "نرگس",
    "حسن",
    "پریسا",
    "نیما",
    "امید",
    "شیرین",
    "کاوه",
    "گیتا",
    "ژاله",
    "علی‌اکبر",
    "محمدرضا",
    "معصومه",
    "بهرام",
];
const LAST_FA: &[&str] = &[
    "محمدی",
    "کریمی",
    "رضایی",
    "احمدی",
    "حسینی",
    "موسوی",
    "مرادی",
    "جعفری",
    "صادقی",
    "رحیمی",
    "اکبری",
    "کاظمی",
    "قاسمی",
    "شریفی",
    "نوری",
    "یوسفی",
    "میرزایی",
    "عباسی",
    "باقری",
    "سلیمانی",
];
const PARTS_EN: &[&str] = &[
    "an", "ber", "cor", "dan", "el", "fer", "gar", "hol", "ing", "jen", "kol", "lar", "mar", "nel",
    "os", "pet", "quin", "ros", "sen", "tor", "ul", "ver", "win", "yor", "zan", "ski", "son",
    "ton", "man", "ley",
];
const PARTS_FA: &[&str] = &[
    "آبا", "بر", "پور", "تا", "جم", "چی", "خان", "دار", "راد", "زاده", "سا", "شا", "طا", "فر",
    "قا", "کا", "گر", "لو", "مند", "نیا", "وند", "هر", "یان", "پناه",
];
const CITIES: &[&str] = &[
    "Tehran",
    "تهران",
    "London",
    "New York",
    "Shiraz",
    "اصفهان",
    "مشهد",
    "Berlin",
    "Paris",
    "تبریز",
    "Ahvaz",
    "Leeds",
    "Boston",
    "کرج",
    "قم",
    "Rasht",
    "Yazd",
    "Chicago",
    "Madrid",
    "یزد",
];
const NEEDS: &[&str] =
    &["fast delivery", "lower price", "a better guarantee", "تحویل سریع", "invoice by mail"];
const INTERESTS: &[&str] = &["music", "football", "cooking", "کوهنوردی", "travel"];

/// A rare name of two to four syllables.
fn rare(rng: &mut Rng, parts: &[&str]) -> String {
    let mut name: String =
        (0..2 + rng.below(3)).map(|_| parts[rng.below(parts.len() as u64) as usize]).collect();
    if let Some(first) = name.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    name
}

pub fn customer(at: u64) -> Customer {
    let mut rng = Rng(at * 7_919 + 1);
    rng.below(9);
    let persian = rng.below(2) == 0;
    let (firsts, lasts, parts) =
        if persian { (FIRST_FA, LAST_FA, PARTS_FA) } else { (FIRST_EN, LAST_EN, PARTS_EN) };
    let first =
        if rng.below(20) == 0 { rare(&mut rng, parts) } else { rng.pick(firsts).to_owned() };
    let last = if rng.below(5) < 2 { rare(&mut rng, parts) } else { rng.pick(lasts).to_owned() };
    let mut c = Customer::named(
        CustomerId(at + 1),
        &format!("{first} {last}"),
        Day(16_000 + rng.below(4_000) as i32),
    );
    c.external_id = Some(format!("C{at:07}"));
    let phone = if persian {
        format!("+989{:09}", rng.below(1_000_000_000))
    } else {
        format!("+1{:010}", 2_000_000_000 + rng.below(7_000_000_000))
    };
    c.contacts.push(ContactPoint::new(ContactKind::Phone, &phone));
    if rng.below(3) > 0 {
        let host = ["gmail.com", "yahoo.com", "example.org", "company.ir"][rng.skewed(4) as usize];
        let user =
            format!("{}.{}{}", rng.pick(FIRST_EN), rare(&mut rng, PARTS_EN), rng.below(1_000));
        c.contacts.push(ContactPoint::new(
            ContactKind::Email,
            &format!("{}@{host}", user.to_lowercase()),
        ));
    }
    c.place.city = String::from(rng.pick(CITIES));
    c.place.country = String::from(if persian { "IR" } else { "US" });
    c.language = String::from(if persian { "fa" } else { "en" });
    c.source = String::from(rng.pick(&["web", "friend", "fair", "call", "shop"]));
    c.owner = (rng.below(4) > 0).then(|| AgentId(rng.below(40) + 1));
    c.birth = (rng.below(3) > 0).then(|| Day(rng.below(17_000) as i32 - 4_000));
    c.gender = Gender::from_code(rng.below(3) as u8);
    c.stage = Stage::from_code(rng.skewed(8) as u8).unwrap();
    for tag in ["vip", "newsletter", "wholesale", "test", "2024"] {
        if rng.below(8) == 0 {
            c.tag(tag);
        }
    }
    if rng.below(5) == 0 {
        c.fields.push(("plan".to_owned(), rng.pick(&["gold", "silver", "bronze"]).to_owned()));
    }
    c
}

pub fn ledger(at: u64) -> Ledger {
    let mut rng = Rng(at * 104_729 + 3);
    let mut ledger = Ledger::default();
    for _ in 0..rng.skewed(12) {
        let (day, revenue) = (Day(19_000 + rng.below(1_400) as i32), rng.below(500_000) as i64);
        ledger.purchases.add(DayTotal { day, sales: 1, revenue, cost: revenue / 2, returned: 0 });
    }
    if rng.below(2) == 0 {
        ledger.contacts.last = Day(20_000 + rng.below(400) as i32);
    }
    ledger
}

pub fn facts(at: u64) -> Vec<Fact> {
    let mut rng = Rng(at * 1_299_709 + 5);
    let mut fact = |kind, all: &[&str]| Fact {
        id: FactId(1),
        customer: CustomerId(at + 1),
        kind,
        text: rng.pick(all).to_owned(),
        strength: 3,
        met: 0,
        source: String::new(),
        on: TODAY,
    };
    match at % 4 {
        0 => vec![fact(FactKind::Need, NEEDS), fact(FactKind::Interest, INTERESTS)],
        1 => vec![fact(FactKind::Interest, INTERESTS)],
        _ => Vec::new(),
    }
}
