//! The bytes of every version of every record, written out.
//!
//! Composed field by field from the rules of the format by another program (integers below 251 in
//! one byte, else a mark of 251, 252 or 253 and 2, 4 or 8 bytes little endian; signed ones zigzag;
//! texts and lists with their length; `Option` and `bool` a byte), never copied from this one.
//! They must open for ever, and equal the values built by hand below.

use jiff::Timestamp;

use super::*;
use crate::domain::{
    Agent, AgentId, BidiKind, CalendarKind, Calibration, CampaignId, Channel, Consent, ContactKind,
    ContactPoint, Contacts, Currency, Customer, CustomerId, CustomerKind, Day, DayTotal, Direction,
    DoNotCall, Draft, Fact, FactId, FactKind, FittedModel, Folded, Gender, Gesture, GestureId,
    History, Interaction, InteractionId, Language, Ledger, Line, Mark, Meaning, Membership,
    OfferAnswer, OfferId, Outcome, Place, Preferences, Product, ProductId, Proposed, Purchase,
    PurchaseId, PurchaseKind, QueueKind, Relation, RelationId, RelationKind, Role, Scoring,
    Segment, SegmentId, Settings, Stage, Subscription, SubscriptionId, Task, TaskId, TaskKind,
    TaskState, Term, ThemeKind, WeekKind, Weekend, WrapUp,
};

const CUSTOMER: &str = "\
    fb2c010103632d31010f52657a6120daa9d8b1db8cd985db8c01015201000d2b3938393132313233\
    34353637066d6f62696c6501fb831c01000654656872616e0002495200033132330b417369612f54\
    656872616e02666104666169720107030103766970fb409c01fb7094026e6f0101010473686f6502\
    3433";

/// Version 2: the ids it went by before.
const CUSTOMER_2: &str = "\
    fb2c010103632d31010f52657a6120daa9d8b1db8cd985db8c01015201000d2b3938393132313233\
    34353637066d6f62696c6501fb831c01000654656872616e0002495200033132330b417369612f54\
    656872616e02666104666169720107030103766970fb409c01fb7094026e6f0101010473686f6502\
    34330203632d3903233137";

const BARE: &str = "010000014100000000000000000000000000000000000000";

const FACT: &str = "05fb2c010204626c756504000463616c6cfb409c";

const RELATION: &str = "06fb2c01fb2d010300";

const LEDGER: &str = "\
    01c8fb080703fb080704fb1027fb881314fbd00702fb409c01fbea1600003e000000fbea16020100\
    005ffb7e9cfcffffffff0104";

const PRODUCT: &str = "0905534b552d39044c616d700001fbc40900";

const PURCHASE: &str = "fc70110100fb2c010001fb7e9c495252010109fb8813fd00e40b54020000000101";

const INTERACTION: &str =
    "08fb2c01010178fc00e2a7ca0a000108616e7377657265645f0708736169640a7965730104";

const INTERACTION_2: &str = "\
    08fb2c01010178fc00e2a7ca0a000108616e7377657265645f0708736169640a79657301040103";

/// Version 3: campaign, offer with its answer, two answers of the customer, lines ticked off.
const INTERACTION_3: &str = "\
    08fb2c01010178fc00e2a7ca0a000108616e7377657265645f0708736169640a7965730104010301\
    fb2c0101fc701101000108746f6f20646561720104010a0300023b";

/// Version 4: the same, and why a rule was set aside: "asked".
const INTERACTION_4: &str = "\
    08fb2c01010178fc00e2a7ca0a000108616e7377657265645f0708736169640a7965730104010301\
    fb2c0101fc701101000108746f6f20646561720104010a0300023b010561736b6564";

const SUBSCRIPTION: &str = "fc71110100fb2c010103532d310109fb409c01fb1a9f04fc0053070001";

const OPEN_SUBSCRIPTION: &str = "070200000900010000";

const OUTCOME: &str = "0473616c65d9810473616c6508d981d8b1d988d8b40401fba00501";

const TASK: &str = "0bfb2c0100fc00e2a7ca000b417369612f54656872616e070472696e670100";

const MARK: &str = "01fb2c0101090561736b656407";

const CAMPAIGN_MARK: &str = "01fb2c0101090561736b6564070106";

const NO_CAMPAIGN_MARK: &str = "01fb2c0101090561736b65640700";

const DRAFT: &str = "07076c6f673a33303001046e6f74650468652073fc00e2a7cafcfe933577";

const SEGMENT: &str = "02054c6f79616c01037669700100";

const RULE: &str = "02054c6f79616c000b73746167653a6c6f79616c00016e";

const AGENT: &str = "07047361726101056e6f7274680001010001030002046e616d65047269736b";

/// Version 2: bidi, week and weekend, an `Option` of a code each.
const AGENT_2: &str = "07047361726101056e6f7274680001010001030002046e616d65047269736b0102010100";

const SETTINGS: &str = "\
    4952520249520b417369612f54656872616e000000000000d03f0d0000000000001a40fc80841e00\
    1a333333333333c33ffb2c019a9999999999c93f";

/// Version 2: the hours of calls, the code of a weekend, and who is held out.
const SETTINGS_2: &str = "\
    4952520249520b417369612f54656872616e000000000000d03f0d0000000000001a40fc80841e00\
    1a333333333333c33ffb2c019a9999999999c93f08150103000000000000d03ffc70110100";

const SCORING: &str = "\
    fb2c4f01fc00e2a7ca0027010a70617265746f5f6e6264fb3509736891ed7cbdc2c0010172190456\
    0e2db2e13f00000000000000e03f00";
const SCORING_2: &str = "\
    fb2c4f01fc00e2a7ca002701fb281a010a70617265746f5f6e6264fb3509736891ed7cbdc2c00101\
    721904560e2db2e13f0103617563000000000000e83f01ec000000000000e03f000000000000d03f\
    01000000000000e03f00";

const GESTURE: &str = "\
    fc7011010007fc00e2a7ca000774616720766970010c01fd00f2052a01000000fb2c01\
    ";

fn bytes(hex: &str) -> Vec<u8> {
    let digit = |byte: u8| (byte as char).to_digit(16).unwrap() as u8;
    let pairs = hex.as_bytes().chunks_exact(2);
    pairs.map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
}

/// The bytes open to the value, the value makes the bytes, and nothing else passes.
pub(super) fn check<T: Stored + PartialEq + std::fmt::Debug>(hex: &str, value: T) {
    assert_eq!(value.encode().unwrap(), bytes(hex));
    opens(T::SCHEMA, hex, value);
}

/// The bytes of a version open to the value, and nothing else passes.
fn opens<T: Stored + PartialEq + std::fmt::Debug>(version: u16, hex: &str, value: T) {
    let bytes = bytes(hex);
    assert_eq!(T::decode(version, &bytes).unwrap(), value);
    let corrupt = Err(StoreError::Corrupt { table: T::TABLE, key: Vec::new() });
    assert_eq!(T::decode(version, &[&bytes[..], &[0]].concat()), corrupt, "trailing byte");
    for length in 0..bytes.len() {
        assert_eq!(T::decode(version, &bytes[..length]), corrupt, "cut at {length}");
    }
    for at in 0..bytes.len() {
        let mut bent = bytes.clone();
        bent[at] = !bent[at];
        // Whatever opens is a whole value of its own.
        if let Ok(other) = T::decode(version, &bent) {
            assert_eq!(T::decode(T::SCHEMA, &other.encode().unwrap()).unwrap(), other);
        }
    }
    for schema in [0, T::SCHEMA + 1, u16::MAX] {
        let refused = T::decode(schema, &bytes);
        assert!(matches!(refused, Err(StoreError::Newer { .. })), "schema {schema}");
    }
}

pub(super) fn at(second: i64, nanosecond: i32) -> Timestamp {
    Timestamp::new(second, nanosecond).unwrap()
}

#[test]
fn subscriptions() {
    let full = Subscription {
        id: SubscriptionId(70_001),
        customer: CustomerId(300),
        external_id: Some("S-1".into()),
        product: Some(ProductId(9)),
        start: Day(20_000),
        end: Some(Day(20_365)),
        term: Term::Year,
        amount: 240_000,
        auto_renew: true,
    };
    check(SUBSCRIPTION, full);
    let bare = Subscription {
        id: SubscriptionId(7),
        customer: CustomerId(2),
        external_id: None,
        product: None,
        start: Day(-5),
        end: None,
        term: Term::Month,
        amount: 0,
        auto_renew: false,
    };
    check(OPEN_SUBSCRIPTION, bare);
}

#[test]
fn customers() {
    let full = Customer {
        id: CustomerId(300),
        external_id: Some("c-1".into()),
        other_ids: Vec::new(),
        kind: CustomerKind::Organisation,
        name: "Reza کریمی".into(),
        other_names: vec!["R".into()],
        contacts: vec![ContactPoint {
            kind: ContactKind::Phone,
            value: "+989121234567".into(),
            label: "mobile".into(),
        }],
        birth: Some(Day(-3650)),
        gender: Some(Gender::Female),
        place: Place {
            city: "Tehran".into(),
            country: "IR".into(),
            postal_code: "123".into(),
            ..Place::default()
        },
        time_zone: "Asia/Tehran".into(),
        language: "fa".into(),
        source: "fair".into(),
        owner: Some(AgentId(7)),
        stage: Stage::Loyal,
        tags: vec!["vip".into()],
        joined: Day(20_000),
        consent: Consent {
            do_not_call: Some(DoNotCall { since: Day(19_000), reason: "no".into() }),
            marketing: Some(true),
        },
        fields: vec![("shoe".into(), "43".into())],
    };
    let bytes = bytes(CUSTOMER);
    let record = RecordRef { revision: 1, schema: 1, payload: &bytes };
    assert_eq!(glance(&[], record), Ok(CustomerRef::from(&full)));
    opens(1, CUSTOMER, full.clone());
    let merged = Customer { other_ids: vec!["c-9".into(), "#17".into()], ..full };
    let bytes = self::bytes(CUSTOMER_2);
    let record = RecordRef { revision: 1, schema: 2, payload: &bytes };
    assert_eq!(glance(&[], record), Ok(CustomerRef::from(&merged)));
    check(CUSTOMER_2, merged);
    opens(1, BARE, Customer::named(CustomerId(1), "A", Day(0)));
}

#[test]
fn facts_and_relations() {
    let fact = Fact {
        id: FactId(5),
        customer: CustomerId(300),
        kind: FactKind::Taste,
        text: "blue".into(),
        strength: 4,
        met: 0,
        source: "call".into(),
        on: Day(20_000),
    };
    check(FACT, fact);
    let relation = Relation {
        id: RelationId(6),
        from: CustomerId(300),
        to: CustomerId(301),
        kind: RelationKind::Related,
        note: String::new(),
    };
    check(RELATION, relation);
}

#[test]
fn ledgers() {
    let total = |day, sales, revenue, cost, returned| DayTotal {
        day: Day(day),
        sales,
        revenue,
        cost,
        returned,
    };
    let folded = Folded {
        first: Day(100),
        last: Day(900),
        days: 3,
        sum: total(900, 4, 5000, 2500, 10),
        first_revenue: 1000,
    };
    let days = vec![total(20_000, 1, 2933, 0, 0), total(20_031, 0, 0, 0, 2933)];
    let contacts = Contacts {
        count: 2,
        reached: 1,
        seconds: 95,
        last: Day(20_031),
        last_reached: Day::NEVER,
        last_meaning: Some(Meaning::Sale),
        ..Contacts::default()
    };
    check(LEDGER, Ledger { purchases: History { folded: Some(folded), days }, contacts });
}

#[test]
fn the_longest_history_fits_in_a_record() {
    let mut ledger = Ledger::default();
    for day in 0..History::MOST_DAYS as i32 {
        let (revenue, cost, returned) = (400_000_000, 300_000_000, 100_000_000);
        let day = Day(15_000 + day * 7);
        ledger.purchases.days.push(DayTotal { day, sales: 3, revenue, cost, returned });
    }
    let bytes = ledger.encode().unwrap();
    assert!(bytes.len() < MAX_PAYLOAD, "{}", bytes.len());
    assert_eq!(Ledger::decode(1, &bytes).unwrap(), ledger);
}

#[test]
fn a_ledger_out_of_order_is_refused() {
    let day = |day| DayTotal { day: Day(day), sales: 1, revenue: 1, ..DayTotal::default() };
    for days in [vec![day(9), day(8)], vec![day(9), day(9)]] {
        let purchases = History { folded: None, days };
        let bytes = Ledger { purchases, contacts: Contacts::default() }.encode().unwrap();
        assert!(matches!(Ledger::decode(1, &bytes), Err(StoreError::Corrupt { .. })));
    }
}

#[test]
fn products_and_purchases() {
    let product = Product {
        id: ProductId(9),
        sku: "SKU-9".into(),
        name: "Lamp".into(),
        category: String::new(),
        price: Some(1250),
        unit_cost: None,
    };
    check(PRODUCT, product);
    let line =
        Line { product: Some(ProductId(9)), quantity: 2500, amount: 5_000_000_000, cost: Some(-1) };
    let purchase = Purchase {
        id: PurchaseId(70_000),
        customer: CustomerId(300),
        external_id: None,
        kind: PurchaseKind::Return,
        day: Day(20_031),
        currency: Currency::IRR,
        lines: vec![line],
    };
    check(PURCHASE, purchase);
}

#[test]
fn interactions_and_outcomes() {
    let interaction = Interaction {
        id: InteractionId(8),
        customer: CustomerId(300),
        external_id: Some("x".into()),
        at: at(1_700_000_000, 5),
        channel: Channel::Call,
        direction: Direction::Inbound,
        outcome: "answered".into(),
        seconds: 95,
        agent: AgentId(7),
        note: "said\nyes".into(),
        corrects: Some(InteractionId(4)),
        queue: None,
        wrap_up: WrapUp::default(),
    };
    opens(1, INTERACTION, interaction.clone());
    let second = Interaction { queue: Some(QueueKind::UpSell), ..interaction };
    opens(2, INTERACTION_2, second.clone());
    let wrap_up = WrapUp {
        campaign: Some(CampaignId(300)),
        offer: Some(Proposed {
            offer: OfferId(70_000),
            answer: OfferAnswer::Refused,
            reason: "too dear".into(),
        }),
        satisfaction: Some(4),
        recommend: Some(10),
        checked: vec![0, 2, 59],
        despite: None,
    };
    opens(3, INTERACTION_3, Interaction { wrap_up: wrap_up.clone(), ..second.clone() });
    let wrap_up = WrapUp { despite: Some("asked".into()), ..wrap_up };
    check(INTERACTION_4, Interaction { wrap_up, ..second });
    let outcome = Outcome {
        code: "sale".into(),
        key: 'ف',
        name_en: "sale".into(),
        name_fa: "فروش".into(),
        meaning: Meaning::Sale,
        retry_minutes: Some(1440),
        active: true,
    };
    check(OUTCOME, outcome);
}

#[test]
fn tasks_marks_and_drafts() {
    let task = Task {
        id: TaskId(11),
        customer: CustomerId(300),
        kind: TaskKind::Callback,
        due: at(1_700_000_000, 0),
        zone: "Asia/Tehran".into(),
        owner: AgentId(7),
        note: "ring".into(),
        state: TaskState::Done,
        from: None,
    };
    check(TASK, task);
    let mark = Mark {
        queue: QueueKind::WinBack,
        campaign: None,
        customer: CustomerId(300),
        until: at(-1, -5),
        reason: "asked".into(),
        by: AgentId(7),
    };
    opens(1, MARK, mark.clone());
    check(NO_CAMPAIGN_MARK, mark.clone());
    check(CAMPAIGN_MARK, Mark { campaign: Some(CampaignId(6)), ..mark });
    let draft = Draft {
        agent: AgentId(7),
        slot: "log:300".into(),
        fields: vec![("note".into(), "he s".into())],
        at: at(1_700_000_000, 999_999_999),
    };
    check(DRAFT, draft);
}

#[test]
fn segments() {
    let segment = |membership, target, note: &str| Segment {
        id: SegmentId(2),
        name: "Loyal".into(),
        membership,
        target,
        note: note.into(),
    };
    check(SEGMENT, segment(Membership::Tag("vip".into()), true, ""));
    check(RULE, segment(Membership::Rule("stage:loyal".into()), false, "n"));
}

#[test]
fn agents_settings_and_models() {
    let agent = Agent {
        id: AgentId(7),
        name: "sara".into(),
        role: Role::Supervisor,
        team: "north".into(),
        disabled: false,
        preferences: Preferences {
            language: Some(Language::Persian),
            calendar: None::<CalendarKind>,
            theme: Some(ThemeKind::Mono),
            time_zone: String::new(),
            columns: vec!["name".into(), "risk".into()],
            ..Preferences::default()
        },
    };
    opens(1, AGENT, agent.clone());
    let preferences = Preferences {
        bidi: Some(BidiKind::Terminal),
        week: Some(WeekKind::Saturday),
        weekend: None,
        ..agent.preferences.clone()
    };
    check(AGENT_2, Agent { preferences, ..agent });
    let settings = Settings {
        currency: Currency::IRR,
        country: "IR".into(),
        time_zone: "Asia/Tehran".into(),
        margin: 0.25,
        minute_cost: -7,
        call_minutes: 6.5,
        offer_cost: 1_000_000,
        horizon_weeks: 26,
        discount: 0.15,
        cooling_days: 300,
        gone_below: 0.2,
        ..Settings::default()
    };
    opens(1, SETTINGS, settings.clone());
    let weekend = Some(Weekend::Friday);
    let newer =
        Settings { calls_from: 8, calls_to: 21, weekend, hold_out: 0.25, seed: 70_000, ..settings };
    check(SETTINGS_2, newer);
}

#[test]
fn scorings() {
    let model = FittedModel {
        name: "pareto_nbd".into(),
        n: 2357,
        log_likelihood: -9594.976,
        parameters: vec![("r".into(), 0.553)],
        quality: vec![("auc".into(), 0.75)],
        calibration: vec![Calibration { n: 236, predicted: 0.5, actual: 0.25 }],
        chosen: true,
        seconds: 0.5,
        shrunk: false,
    };
    let scoring = Scoring {
        as_of: Day(10_134),
        pinned: true,
        at: at(1_700_000_000, 0),
        horizon_weeks: 39,
        forced: true,
        sale_days: 6_696,
        models: vec![model.clone()],
    };
    // The first form knew one purchase model and neither calibration nor choice.
    let model = FittedModel { quality: Vec::new(), calibration: Vec::new(), ..model };
    let first = Scoring { forced: false, sale_days: 0, models: vec![model], ..scoring.clone() };
    opens(1, SCORING, first.clone());
    check(SCORING_2, scoring);
}

#[test]
fn gestures() {
    let gesture = Gesture {
        id: GestureId(70_000),
        actor: AgentId(7),
        at: at(1_700_000_000, 0),
        label: "tag vip".into(),
        undoes: Some(GestureId(12)),
        undone: true,
        after: 5_000_000_000,
        records: 300,
    };
    check(GESTURE, gesture);
}

#[test]
fn a_code_of_a_newer_program_is_named() {
    let mut bytes = bytes(RELATION);
    let kind = bytes.len() - 2;
    bytes[kind] = 99;
    let refused = Relation::decode(1, &bytes).unwrap_err();
    assert!(matches!(refused, StoreError::Newer { found: 99, known: 4, .. }), "{refused}");
    assert!(refused.to_string().contains("RelationKind"), "{refused}");
}

#[test]
fn a_record_too_large_is_refused_with_its_key() {
    let mut customer = Customer::named(CustomerId(1), "A", Day(0));
    customer.fields = vec![("x".repeat(1000), "y".repeat(1000)); 17];
    let refused = put(keys::customer(customer.id), &customer, Expect::Any);
    let key = keys::customer(customer.id);
    assert!(
        matches!(refused, Err(StoreError::TooLarge { key: named, size: 34_000.., .. }) if named == key)
    );
}
