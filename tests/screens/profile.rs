//! Everything about one customer.

use std::sync::Arc;

use jiff::ToSpan;
use vafa::desk::{Command, Deed, Heard, Notice, Profile, Refusal, TaskChange};
use vafa::directory::Figures;
use vafa::domain::{
    AgentId, Channel, Currency, Customer, CustomerId, Day, Direction, Fact, FactId, FactKind,
    Field, GestureId, Interaction, InteractionId, Language, Line, Product, ProductId, Purchase,
    PurchaseId, PurchaseKind, Relation, RelationId, RelationKind, Task, TaskId, TaskKind,
    TaskState, WrapUp,
};
use vafa::insight::reasons::Reason;
use vafa::ui::Msg;

use crate::stage::{Stage, now, today};

/// A customer of six years with something in every corner.
pub fn full(customer: &Customer) -> Profile {
    let mut customer = customer.clone();
    customer.birth = Some(Day::of(jiff::civil::date(1985, 3, 2)));
    customer.contacts[0].label = "evenings".into();
    customer.joined = today().plus(-2_200);
    let fact = |id, kind, text: &str, strength, met| Fact {
        id: FactId(id),
        customer: customer.id,
        kind,
        text: text.into(),
        strength,
        met,
        source: "call".into(),
        on: today().plus(-40),
    };
    let talk = |id, days: i64, outcome: &str, note: &str| Interaction {
        id: InteractionId(id),
        customer: customer.id,
        external_id: None,
        at: now() - (days * 24).hours(),
        channel: Channel::Call,
        direction: Direction::Outbound,
        outcome: outcome.into(),
        seconds: 120,
        agent: AgentId(7),
        note: note.into(),
        corrects: None,
        queue: None,
        wrap_up: WrapUp::default(),
    };
    let bought = |id, days: i32, amount| Purchase {
        id: PurchaseId(id),
        customer: customer.id,
        external_id: None,
        kind: PurchaseKind::Sale,
        day: today().plus(-days),
        currency: Currency::USD,
        lines: vec![Line { product: Some(ProductId(1)), quantity: 1_000, amount, cost: None }],
    };
    Profile {
        revision: 3,
        figures: Figures {
            last: today().plus(-64),
            first: today().plus(-2_000),
            purchases: 2,
            spent: 224_000,
            p_alive: Some(0.71),
            risk: Some(0.62),
            value: Some(3_820_000),
            saves: Some(1_240_000),
            leave: Some(today().plus(23)),
            ..Figures::default()
        },
        owner: "Sara".into(),
        cases: Vec::new(),
        steps: Vec::new(),
        facts: vec![
            fact(1, FactKind::Need, "fast delivery", 3, 1),
            fact(2, FactKind::Taste, "football, tea", 0, 0),
        ],
        relations: vec![(
            Relation {
                id: RelationId(1),
                from: customer.id,
                to: CustomerId(2),
                kind: RelationKind::Household,
                note: String::new(),
            },
            CustomerId(2),
            "Mina Ahmadi".into(),
        )],
        purchases: vec![bought(2, 64, 124_000), bought(1, 200, 100_000)],
        interactions: vec![
            (talk(2, 0, "no_answer", ""), "Sara".into()),
            (talk(1, 12, "answered", "delivery is late\nwill write to the shop"), "Ali".into()),
        ],
        subscriptions: Vec::new(),
        memberships: Vec::new(),
        propositions: Vec::new(),
        offered: Vec::new(),
        campaigns: Vec::new(),
        outlook: None,
        moves: Vec::new(),
        win_back: None,
        tasks: vec![Task {
            id: TaskId(5),
            customer: customer.id,
            kind: TaskKind::Callback,
            due: now() + 20.hours(),
            zone: "Asia/Tehran".into(),
            owner: AgentId(7),
            note: String::new(),
            state: TaskState::Open,
            from: None,
        }],
        products: vec![Product {
            id: ProductId(1),
            sku: "R1".into(),
            name: "router".into(),
            category: String::new(),
            price: None,
            unit_cost: Some(50_000),
        }],
        months: vec![0, 30, 50, 20, 80, 60, 10, 0, 5],
        risk: vec![0.71, 0.66, 0.6, 0.52, 0.44, 0.37, 0.3, 0.24, 0.2, 0.16, 0.12, 0.1],
        worth: None,
        reasons: vec![Reason::Silent { usual_gap_days: 21, silent_days: 64 }],
        completeness: 0.8,
        missing: vec![Field::Email],
        save_rate: (0.3, 0.09),
        customer,
    }
}

pub fn opened(width: u16, height: u16, language: vafa::domain::Language) -> Stage {
    let mut stage = Stage::at(width, height, language);
    stage.profile = Some(full);
    stage.keys("<Enter>");
    stage
}

fn ready() -> Stage {
    opened(120, 36, Language::English)
}

#[track_caller]
fn sent(keys: &str) -> Command {
    let mut stage = ready();
    stage.keys(keys);
    let screen = stage.screen();
    stage.sent.into_iter().rfind(|c| !matches!(c, Command::DropDraft(_))).expect(&screen)
}

#[test]
fn everything_of_a_customer_is_seen_at_once() {
    for text in [
        "+98 912 123 4567  evenings",
        "41 years",
        "household: Mina Ahmadi",
        "need fast delivery ●●●○○ met ●○○○○",
        "“delivery is late”",
        "purchase 1,240  router",
        "callback tomorrow 10:32",
        "buys every 21 d, silent 64 d",
        "62% in 26 w",
        "gone if silent until 14 Dec",
        "ask: e-mail",
    ] {
        ready().sees(text);
    }
    // At 80 columns what comes next folds under who it is.
    opened(80, 30, Language::English).sees("callback tomorrow 10:32").sees("delivery");
}

#[test]
fn the_timeline_is_filtered_and_read() {
    ready().keys("f").sees("f talks").sees_not("router");
    ready().keys("ff").sees("f purchases").sees_not("delivery is late");
    ready().keys("fff").sees("f notes").sees_not("no answer ");
    ready().keys("j<Enter>").sees("will write to the shop");
    ready().keys("jj<Enter>").sees("1 × router: 1,240.00");
}

#[test]
fn facts_people_purchases_and_tasks_are_added_from_the_keyboard() {
    match sent("atTea at five<Tab>4<F2>") {
        Command::SaveFact(f) => {
            assert_eq!((f.kind, f.text.as_str(), f.strength), (FactKind::Taste, "Tea at five", 4));
        }
        other => panic!("{other:?}"),
    }
    match sent("Rmina<Enter>") {
        Command::Relate(r) => assert_eq!((r.from, r.to), (CustomerId(1), CustomerId(2))),
        other => panic!("{other:?}"),
    }
    match sent("P12.50<Tab><Tab>rout<Tab><Backspace>2<Enter>") {
        Command::AddPurchase(p) => {
            assert_eq!((p.amount(), p.day), (1_250, today()));
            let line = &p.lines[0];
            assert_eq!(
                (line.product, line.quantity, line.cost),
                (Some(ProductId(1)), 2_000, Some(100_000))
            );
        }
        other => panic!("{other:?}"),
    }
    match sent("Srout<Tab>35.50<F2>") {
        Command::SaveSubscription { subscription: s, product } => {
            assert_eq!((s.customer, s.amount, product.as_str()), (CustomerId(1), 3_550, "rout"));
            assert_eq!((s.start, s.end, s.auto_renew), (today(), None, true));
        }
        other => panic!("{other:?}"),
    }
    match sent("Wmonday 9<Tab>send the offer<Alt-Enter>by post<F2>") {
        Command::AddTask(t) => {
            assert_eq!((t.kind, t.note.as_str()), (TaskKind::Todo, "send the offer\nby post"));
            assert_eq!(t.due.to_string(), "2026-11-23T05:30:00Z");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn wrong_values_are_told_where_they_stand() {
    ready().keys("P12.505<Tab>").sees("! at most 2 digits after the point");
    ready().keys("Pabc<Enter>").sees("not an amount");
    ready().keys("Rnobody<Enter>").sees("nobody of that name");
    ready().keys("an<F2>").sees("must not be empty");
    ready().keys("antea<Tab>9<Tab>").sees("must lie between 1 and 5");
}

#[test]
fn what_is_under_the_cursor_is_finished_dropped_corrected_and_followed() {
    assert!(matches!(
        sent("d"),
        Command::ChangeTask { task: TaskId(5), change: TaskChange::Finish }
    ));
    assert!(
        matches!(sent("=r"), Command::Correct { interaction: InteractionId(2), outcome, .. } if outcome == "refused")
    );
    assert!(matches!(sent("j=s"), Command::Correct { interaction: InteractionId(1), .. }));
    // The last lines of who: two facts; the person before them.
    assert!(matches!(sent("<BackTab>Gx"), Command::DropFact(CustomerId(1), FactId(2))));
    assert!(matches!(sent("<BackTab>Gkkx"), Command::Unrelate { relation: RelationId(1), .. }));
    let mut stage = ready();
    stage.keys("<BackTab>Gkk<Enter>").sees("Mina Ahmadi  loyal");
    stage.keys("q").sees("Reza Karimi  loyal");
}

#[test]
fn an_edit_is_saved_against_its_revision() {
    match sent("e<Tab><Tab>, 021 88 00 11 22<F2>") {
        Command::Edit { customer, base } => {
            assert_eq!(base, 3);
            let phones: Vec<_> =
                customer.contacts.iter().map(|c| (c.value.as_str(), c.label.as_str())).collect();
            assert_eq!(phones, [("+989121234567", "evenings"), ("+982188001122", "")]);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_conflict_shows_both_values_and_loses_neither() {
    let mut stage = ready();
    let mut current = full(&stage.people[0]).customer;
    current.place.city = "Qom".into();
    current.place.region = "Markazi".into();
    let conflict = || Refusal::Conflict {
        by: "Ali".into(),
        current: Some(Box::new(current.clone())),
        revision: 9,
    };
    stage.refusals = vec![conflict()];
    stage.keys("e<Tab><Tab><Tab><Tab><Tab><Backspace><Backspace>X<F2>");
    stage.sees("Ali changed this record").sees("TehrX").sees("now in the store: Qom");
    // What only Ali changed is taken over; ours is kept on F2, theirs taken on F3.
    stage.keys("<F2>");
    match stage.sent.iter().rfind(|c| matches!(c, Command::Edit { .. })) {
        Some(Command::Edit { customer, base }) => {
            let place = &customer.place;
            assert_eq!(
                (*base, place.city.as_str(), place.region.as_str()),
                (9, "TehrX", "Markazi")
            );
        }
        other => panic!("{other:?}"),
    }
    let mut stage = ready();
    stage.refusals = vec![conflict()];
    stage.keys("e<Tab><Tab><Tab><Tab><Tab>X<F2><F3><F2>");
    match stage.sent.iter().rfind(|c| matches!(c, Command::Edit { .. })) {
        Some(Command::Edit { customer, .. }) => assert_eq!(customer.place.city, "Qom"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_was_typed_is_never_lost() {
    let mut stage = ready();
    stage.keys("antea<Esc>").sees("kept for the next time");
    stage.keys("an").sees("tea").sees("here again");
    // Saved: the draft goes.
    stage.keys("<F2>");
    assert!(stage.drafts.is_empty(), "{:?}", stage.drafts);
    // A line that is lost: the session asks the model.
    let mut stage = ready();
    stage.keys("anlost line");
    assert_eq!(stage.model.drafts()[0].fields, [("text".to_owned(), "lost line".to_owned())]);
}

#[test]
fn the_editor_takes_a_note_and_gives_it_back() {
    let mut stage = ready();
    stage.keys("W+3d<Tab>long<F4>");
    assert_eq!(stage.edited, ["long"]);
    stage.send(Msg::Edited(Some("long\nand longer\n".into())));
    stage.keys("<F2>");
    assert!(
        matches!(&stage.sent[..], [.., Command::AddTask(t), Command::DropDraft(_)] if t.note == "long\nand longer")
    );
}

#[test]
fn a_change_by_somebody_else_is_told() {
    let mut stage = ready();
    let deed = Deed::Edited { customer: CustomerId(1), name: "Reza Karimi".into() };
    let notice =
        Notice { seq: 9, gesture: GestureId(9), by: AgentId(8), at: now(), deed, begun: 0 };
    stage.send(Msg::Heard(Heard::Notice(Arc::new(notice.clone()))));
    stage.sees("Ali has just changed this customer");
    stage.keys("e");
    stage.send(Msg::Heard(Heard::Notice(Arc::new(notice))));
    stage.sees("saving will show both values");
}

#[test]
fn a_customer_is_made_from_what_was_searched() {
    let mut stage = ready();
    stage.keys("q/Zahra<Esc>n").sees("New customer");
    stage.keys("<F2>");
    assert!(matches!(stage.sent.first(), Some(Command::Create(c)) if c.name == "Zahra"));
    let mut stage = ready();
    stage.keys("q/0912 555<Esc>n<F2>").sees("must not be empty");
    stage.keys("Zahra<F2>");
    match stage.sent.first() {
        Some(Command::Create(c)) => assert_eq!((c.name.as_str(), c.contacts.len()), ("Zahra", 1)),
        other => panic!("{other:?}"),
    }
}

/// 12,000 x 45 % = 5,400; less 400 for the offer; x 30 % x 27 % = 405.
fn worth_a_call(customer: &Customer) -> Profile {
    let worth = vafa::insight::retention::Worth {
        value_if_kept: 12_000.0,
        kept: 0.45,
        leaver_value: 5_400.0,
        p_alive: 0.9,
        p_leave: 0.3,
        save_rate: 0.3,
        offer_cost: 400.0,
        saved: 405.0,
        given_away: 252.0,
        call_cost: 3.0,
        ev: 150.0,
        ev_per_minute: 25.0,
        leave_in_weeks: None,
        verdict: vafa::insight::retention::Verdict::Call,
    };
    Profile { worth: Some(worth), ..full(customer) }
}

#[test]
fn every_factor_of_the_worth_of_a_call_is_shown() {
    for (language, figures) in [
        (
            Language::English,
            &["12,000", "45% − 400 offer = 5,000", "37% in 26 w", "− 10% = 27%", "405 − 252 offer"]
                [..],
        ),
        (Language::Persian, &["۱۲٬۰۰۰", "۴۵٪", "۵٬۰۰۰", "۳۷٪", "۱۰٪", "۲۷٪", "۴۰۵", "۲۵۲"]),
    ] {
        let mut stage = Stage::at(120, 36, language);
        stage.profile = Some(worth_a_call);
        stage.keys("<Enter>");
        for figure in figures {
            stage.sees(figure);
        }
    }
}
