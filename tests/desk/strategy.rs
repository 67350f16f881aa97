//! What a strategy is made of: saved with the revision it was read at, dropped while nothing hangs
//! on it, taken in whole.

use vafa::desk::{Command, Deed, Planned, Refusal, Tally};
use vafa::domain::{
    Campaign, CampaignKind, CampaignState, Definition, DefinitionKind, Field, Invalid, Membership,
    Offer, OwnField, OwnFieldId, OwnFieldKind, Process, Product, ProductId, Programme, Role,
    Script, ScriptLine, Segment, SegmentId, Start, Step,
};

use super::bench::Bench;

fn offer(name: &str) -> Offer {
    Offer { name: name.into(), segment: "stage:loyal".into(), active: true, ..Offer::default() }
}

fn process(name: &str) -> Process {
    let step = Step { name: "listen".into(), team: "support".into(), hours: 8, ..Step::default() };
    Process { name: name.into(), steps: vec![step], active: true, ..Process::default() }
}

fn script(name: &str) -> Script {
    let lines = vec![ScriptLine { text: "Hello {name}".into(), check: true }];
    Script { name: name.into(), lines, ..Script::default() }
}

fn one_of_each() -> Vec<Definition> {
    let field = OwnField {
        id: OwnFieldId(0),
        name: "shoe".into(),
        kind: OwnFieldKind::Number,
        choices: Vec::new(),
        order: 1,
    };
    vec![
        offer("Free delivery").into(),
        Programme { name: "Club".into(), active: true, ..Programme::default() }.into(),
        process("Complaint").into(),
        script("Win-back").into(),
        Campaign::new("Spring", CampaignKind::WinBack).into(),
        field.into(),
    ]
}

fn save(definition: impl Into<Definition>, base: u64) -> Command {
    Command::SaveDefinition { definition: Box::new(definition.into()), base }
}

fn rename(definition: &mut Definition, name: &str) {
    let place = match definition {
        Definition::Offer(offer) => &mut offer.name,
        Definition::Programme(programme) => &mut programme.name,
        Definition::Process(process) => &mut process.name,
        Definition::Script(script) => &mut script.name,
        Definition::Campaign(campaign) => &mut campaign.name,
        Definition::OwnField(field) => &mut field.name,
    };
    name.clone_into(place);
}

#[test]
fn definitions_of_every_kind_are_saved_changed_dropped_and_taken_back() {
    let bench = Bench::new();
    for definition in one_of_each() {
        let kind = definition.kind();
        let before = bench.digest();
        bench.act(save(definition.clone(), 0));
        let plans = bench.plans();
        let kept = plans.definitions.named(kind, definition.name()).expect("kept");
        assert_eq!(plans.definitions.all(kind).len(), 1);

        let mut changed = kept.record.clone();
        rename(&mut changed, "Another");
        bench.act(save(changed.clone(), kept.revision));
        let second = bench.plans().definitions.named(kind, "another").expect("kept");
        assert_eq!(second.record, changed, "found whatever the case");
        assert!(second.revision > kept.revision);

        // Whoever read the first form has lost sight of the second.
        for stale in [
            save(kept.record.clone(), kept.revision),
            Command::DropDefinition { kind, id: kept.record.id(), base: kept.revision },
        ] {
            let refused = bench.refused(stale);
            assert!(
                matches!(&refused, Refusal::Conflict { by, revision, .. }
                    if by == "Sara" && *revision == second.revision),
                "{refused:?}"
            );
        }
        bench.act(Command::DropDefinition { kind, id: kept.record.id(), base: second.revision });
        assert!(bench.plans().definitions.all(kind).is_empty());
        for _ in 0..3 {
            bench.act(Command::Undo(None));
        }
        assert_eq!(bench.digest(), before, "{kind}");
        bench.act(Command::Redo);
        assert_eq!(bench.plans().definitions.all(kind).len(), 1);
        bench.act(Command::Undo(None));
    }
}

#[test]
fn a_strategy_is_the_supervisors() {
    let bench = Bench::new();
    let agent = bench.other(9, Role::Agent);
    for command in [
        save(offer("A"), 0),
        Command::DropDefinition { kind: DefinitionKind::Offer, id: 1, base: 1 },
        Command::LoadPlan { segments: Vec::new(), definitions: Vec::new() },
    ] {
        let refused = bench.desk.act(&agent, command).expect_err("refused");
        assert!(
            matches!(refused, Refusal::NotPermitted { needs: Role::Supervisor }),
            "{refused:?}"
        );
    }
    let supervisor = bench.other(9, Role::Supervisor);
    bench.desk.act(&supervisor, save(offer("A"), 0)).expect("done");
}

#[test]
fn what_could_not_work_is_refused() {
    let bench = Bench::new();
    bench.act(save(offer("Gift"), 0));
    let with = |change: fn(&mut Campaign)| {
        let mut campaign = Campaign::new("Spring", CampaignKind::WinBack);
        change(&mut campaign);
        Definition::from(campaign)
    };
    let starting = |start| Process { starts: vec![start], ..process("Complaint") };
    for (definition, field) in [
        (Definition::from(offer(" ")), Field::Name),
        (offer(&"x".repeat(101)).into(), Field::Name),
        (Offer { product: Some(vafa::domain::ProductId(9)), ..offer("A") }.into(), Field::Product),
        (Process { steps: Vec::new(), ..process("A") }.into(), Field::Steps),
        (starting(Start::Outcome("nonsense".into())).into(), Field::Outcome),
        (starting(Start::Outcome(String::new())).into(), Field::Outcome),
        (starting(Start::Enters(" ".into())).into(), Field::Expression),
        (Script { lines: Vec::new(), ..script("A") }.into(), Field::Lines),
        (with(|c| c.delays = vec![("nonsense".into(), 5)]), Field::Outcome),
        (with(|c| c.offer = Some(vafa::domain::OfferId(9))), Field::Offer),
        (with(|c| c.script = Some(vafa::domain::ScriptId(9))), Field::Script),
        (with(|c| c.state = CampaignState::Running), Field::Expression),
    ] {
        let refused = bench.refused(save(definition, 0));
        assert!(
            matches!(&refused, Refusal::Invalid(Invalid { field: found, .. }) if *found == field),
            "{field}: {refused:?}"
        );
    }
    let refused = bench.refused(save(offer("GIFT"), 0));
    assert!(matches!(refused, Refusal::Taken { field: Field::Name, .. }), "{refused:?}");
    // The error points at the character.
    let wrong = Offer { segment: "city:Tehran age<".into(), ..offer("B") };
    let refused = bench.refused(save(wrong, 0));
    assert!(matches!(&refused, Refusal::Expression(error) if error.at.start == 15), "{refused:?}");
    let refused = bench.refused(save(starting(Start::Enters("segment:nobody".into())), 0));
    assert!(matches!(refused, Refusal::Expression(_)), "{refused:?}");
}

#[test]
fn what_something_else_needs_stays() {
    let bench = Bench::new();
    bench.act(save(offer("Gift"), 0));
    bench.act(save(script("Hello"), 0));
    let plans = bench.plans().definitions;
    let (offer, script) = (&plans.offers[0], &plans.scripts[0]);
    let campaign = Campaign {
        offer: Some(offer.record.id),
        script: Some(script.record.id),
        segment: "stage:loyal".into(),
        state: CampaignState::Running,
        ..Campaign::new("Spring", CampaignKind::Loyalty)
    };
    bench.act(save(campaign, 0));
    let campaign = bench.plans().definitions.campaigns[0].clone();
    for (kind, id, base) in [
        (DefinitionKind::Offer, offer.record.id.0, offer.revision),
        (DefinitionKind::Script, script.record.id.0, script.revision),
        (DefinitionKind::Campaign, campaign.record.id.0, campaign.revision),
    ] {
        let refused = bench.refused(Command::DropDefinition { kind, id, base });
        assert!(matches!(&refused, Refusal::InUse { .. }), "{kind}: {refused:?}");
    }
}

#[test]
fn segments_and_settings_are_not_saved_over_what_was_not_seen() {
    let bench = Bench::new();
    let membership = Membership::Rule("stage:loyal".into());
    let (id, target, note) = (SegmentId(0), false, String::new());
    let segment = Segment { id, name: "Loyal".into(), membership, target, note };
    bench.act(Command::SaveSegment { segment, base: 0 });
    let kept = bench.plans().segments[0].clone();
    let first = Segment { target: true, ..kept.record.clone() };
    let second = Segment { note: "seen too late".into(), ..kept.record.clone() };
    bench.act(Command::SaveSegment { segment: first.clone(), base: kept.revision });
    let refused = bench.refused(Command::SaveSegment { segment: second, base: kept.revision });
    assert!(matches!(refused, Refusal::Conflict { .. }), "{refused:?}");
    assert_eq!(bench.plans().segments[0].record, first);

    let kept = bench.plans();
    let settings = vafa::domain::Settings { cooling_days: 3, ..kept.settings.record.clone() };
    let base = kept.settings.revision;
    bench.act(Command::SaveSettings { settings: settings.clone(), base });
    let refused = bench.refused(Command::SaveSettings { settings, base });
    assert!(matches!(refused, Refusal::Conflict { .. }), "{refused:?}");
    let outcome = kept.outcomes[0].clone();
    let refused = bench.refused(Command::SaveOutcome { outcome: outcome.record.clone(), base: 0 });
    assert!(matches!(refused, Refusal::Conflict { .. }), "{refused:?}");
    let changed = vafa::domain::Outcome { active: false, ..outcome.record };
    bench.act(Command::SaveOutcome { outcome: changed, base: outcome.revision });
    let sara = kept.agents[0].clone();
    let refused = bench.refused(Command::SaveAgent { agent: sara.record, base: sara.revision + 1 });
    assert!(matches!(refused, Refusal::Conflict { .. }), "{refused:?}");
}

#[test]
fn two_who_edit_a_product_do_not_overwrite_each_other() {
    let bench = Bench::new();
    let blank = Product {
        id: ProductId(0),
        sku: "TEA".into(),
        name: "Tea".into(),
        category: String::new(),
        price: None,
        unit_cost: None,
    };
    bench.act(Command::SaveProduct { product: blank, base: 0 });
    let before = bench.digest();
    let kept = bench.plans().products[0].clone();
    let base = kept.revision;
    let dearer = Product { price: Some(500), ..kept.record.clone() };
    let renamed = Product { name: "Green tea".into(), ..kept.record };
    let mina = bench.other(7, Role::Supervisor);
    bench.desk.act(&mina, Command::SaveProduct { product: dearer.clone(), base }).expect("saved");
    for base in [base, 0] {
        let product = renamed.clone();
        let refused = bench.refused(Command::SaveProduct { product, base });
        assert!(matches!(refused, Refusal::Conflict { .. }), "{refused:?}");
    }
    let now = bench.plans().products[0].clone();
    assert_eq!(now.record, dearer);
    let both = Product { name: renamed.name, ..now.record };
    bench.act(Command::SaveProduct { product: both.clone(), base: now.revision });
    assert_eq!(bench.plans().products[0].record, both);
    bench.act(Command::Undo(None));
    bench.desk.act(&mina, Command::Undo(None)).expect("taken back");
    assert_eq!(bench.digest(), before);
}

fn plan() -> (Vec<Segment>, Vec<Planned>) {
    let membership = Membership::Rule("stage:lapsed".into());
    let (id, target, note) = (SegmentId(0), true, String::new());
    let segment = Segment { id, name: "Gone".into(), membership, target, note };
    let plain = |definition| Planned { definition, product: None, offer: None, script: None };
    let mut definitions: Vec<Planned> = one_of_each().into_iter().map(plain).collect();
    for planned in &mut definitions {
        if let Definition::Campaign(campaign) = &mut planned.definition {
            campaign.segment = "segment:gone".into();
            planned.offer = Some("free delivery".into());
            planned.script = Some("Win-back".into());
        }
    }
    (vec![segment], definitions)
}

#[test]
fn a_plan_is_one_gesture_that_can_be_repeated() {
    let bench = Bench::new();
    let before = bench.digest();
    let (segments, definitions) = plan();
    let load =
        || Command::LoadPlan { segments: segments.clone(), definitions: definitions.clone() };
    let tally = |notice: vafa::desk::Notice| match notice.deed {
        Deed::Closed { tally, .. } => tally,
        other => panic!("{other:?}"),
    };
    assert_eq!(tally(bench.act(load())), Tally { added: 7, ..Tally::default() });
    let plans = bench.plans();
    let campaign = &plans.definitions.campaigns[0].record;
    let named = plans.definitions.offer(campaign.offer.expect("an offer")).expect("there");
    assert_eq!(named.name, "Free delivery");
    assert_eq!(plans.teams, ["support"]);
    assert_eq!(tally(bench.act(load())), Tally { same: 7, ..Tally::default() });

    let mut changed = definitions.clone();
    if let Definition::Offer(offer) = &mut changed[0].definition {
        offer.cost = 500;
    }
    let notice = bench.act(Command::LoadPlan { segments: segments.clone(), definitions: changed });
    assert_eq!(tally(notice), Tally { changed: 1, same: 6, ..Tally::default() });
    bench.act(Command::Undo(None));
    bench.act(Command::Undo(None));
    assert_eq!(bench.digest(), before);
}

type Spoil = fn(&mut Vec<Segment>, &mut Vec<Planned>);

#[test]
fn a_plan_with_a_fault_changes_nothing_and_names_the_part() {
    let bench = Bench::new();
    let before = bench.digest();
    let cases: [(Spoil, usize, Field); 4] = [
        (|s, _| s[0].name.clear(), 0, Field::Name),
        (|_, d| d[4].offer = Some("nothing".into()), 5, Field::Offer),
        (|_, d| d[0].product = Some("nothing".into()), 1, Field::Product),
        (|_, d| d[0].definition = offer(" ").into(), 1, Field::Name),
    ];
    for (spoil, at, field) in cases {
        let (mut segments, mut definitions) = plan();
        spoil(&mut segments, &mut definitions);
        let refused = bench.refused(Command::LoadPlan { segments, definitions });
        let Refusal::InPlan { at: found, refusal } = &refused else { panic!("{refused:?}") };
        assert_eq!(*found, at, "{refused:?}");
        assert!(
            matches!(&**refusal, Refusal::Invalid(Invalid { field: found, .. }) if *found == field),
            "{refused:?}"
        );
    }
    let (segments, mut definitions) = plan();
    definitions.push(definitions[0].clone());
    let refused = bench.refused(Command::LoadPlan { segments, definitions });
    assert!(matches!(refused, Refusal::InPlan { at: 7, .. }), "twice in a plan: {refused:?}");
    assert_eq!(bench.digest(), before);
}
