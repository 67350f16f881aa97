//! Scripts filled in with a customer's facts, which of them belongs to a call, and what of them was said.

use vafa::desk::{
    Answer, Cancel, Command, Question, Refusal, Said, Spoken, SpokenPart, Which, Who,
};
use vafa::domain::{
    Campaign, CampaignId, CampaignKind, CampaignState, Channel, Customer, CustomerId, Day,
    Direction, Fact, FactId, FactKind, Offer, QueueKind, Relation, RelationId, RelationKind,
    Script, ScriptLine, ScriptPlace, Settings, Stage, Weekend, WrapUp,
};

use super::bench::Bench;
use super::scoring::shop;

fn script(name: &str, queue: Option<QueueKind>, lines: &[(&str, bool)]) -> Script {
    let lines =
        lines.iter().map(|(text, check)| ScriptLine { text: (*text).into(), check: *check });
    Script { name: name.into(), queue, lines: lines.collect(), ..Script::default() }
}

fn save(bench: &Bench, definition: impl Into<vafa::domain::Definition>) {
    bench.act(Command::SaveDefinition { definition: Box::new(definition.into()), base: 0 });
}

fn asked(bench: &Bench, customer: CustomerId, which: Which) -> Option<Spoken> {
    match bench.ask(Question::Script { customer, which }) {
        Answer::Script(found) => found.map(|script| *script),
        other => panic!("{other:?}"),
    }
}

fn of_call(
    bench: &Bench,
    customer: CustomerId,
    queue: Option<QueueKind>,
    campaign: Option<CampaignId>,
) -> Option<String> {
    asked(bench, customer, Which::Call { queue, campaign }).map(|script| script.name)
}

/// What fills the place of a line that is nothing else.
fn fact(bench: &Bench, customer: CustomerId, place: ScriptPlace) -> Option<Said> {
    let found = asked(bench, customer, Which::Named("All".into())).expect("a script");
    let mut parts = found.lines.iter().flat_map(|line| &line.parts);
    let said = parts.find_map(|part| match part {
        SpokenPart::Fact(known, said) if *known == place => Some(said.clone()),
        _ => None,
    });
    said.expect("a place for it")
}

#[test]
fn places_are_filled_with_facts_and_left_open_without() {
    let bench = Bench::new();
    let all: Vec<String> = ScriptPlace::ALL.iter().map(|place| format!("{{{place}}}")).collect();
    let lines: Vec<(&str, bool)> = all.iter().map(|text| (text.as_str(), true)).collect();
    save(&bench, script("All", None, &lines));
    let bare = bench.create("Mina");
    let mut reza = Customer::named(CustomerId(0), "Reza", Day(20_000));
    reza.place.city = "Shiraz".into();
    reza.stage = Stage::Loyal;
    let reza = match bench.act(Command::Create(Box::new(reza))).deed {
        vafa::desk::Deed::Created { customer, .. } => customer,
        other => panic!("{other:?}"),
    };
    let text = |text: &str| Some(Said::Text(text.into()));
    for place in ScriptPlace::ALL {
        let want = match place {
            ScriptPlace::Name => text("Mina"),
            ScriptPlace::Agent => text("Sara"),
            ScriptPlace::Stage => Some(Said::Stage(Stage::Prospect)),
            _ => None,
        };
        assert_eq!(fact(&bench, bare, *place), want, "{place}");
    }
    let fact_of = |kind, text: &str| Fact {
        id: FactId(0),
        customer: reza,
        kind,
        text: text.into(),
        strength: 3,
        met: 0,
        source: String::new(),
        on: Day(20_700),
    };
    bench.act(Command::SaveFact(fact_of(FactKind::Expectation, "an invoice by post")));
    assert_eq!(fact(&bench, reza, ScriptPlace::Need), text("an invoice by post"));
    bench.act(Command::SaveFact(fact_of(FactKind::Need, "fast delivery")));
    assert_eq!(fact(&bench, reza, ScriptPlace::Need), text("fast delivery"));
    bench.act(Command::Relate(Relation {
        id: RelationId(0),
        from: reza,
        to: bare,
        kind: RelationKind::WorksAt,
        note: String::new(),
    }));
    save(&bench, Offer { name: "Trial month".into(), active: true, ..Offer::default() });
    for (place, want) in [
        (ScriptPlace::City, text("Shiraz")),
        (ScriptPlace::Stage, Some(Said::Stage(Stage::Loyal))),
        (ScriptPlace::Company, text("Mina")),
        (ScriptPlace::Offer, text("Trial month")),
        (ScriptPlace::Points, None),
        (ScriptPlace::LastPurchase, None),
    ] {
        assert_eq!(fact(&bench, reza, place), want, "{place}");
    }
}

#[test]
fn a_call_has_the_script_of_its_campaign_or_its_queue() {
    let bench = Bench::new();
    let id = bench.create("Reza");
    save(&bench, script("Staying", Some(QueueKind::Retention), &[("{name}", false)]));
    save(&bench, script("Coming back", None, &[("{offer}", true)]));
    save(&bench, Offer { name: "Half price".into(), active: true, ..Offer::default() });
    let plans = bench.plans();
    let offer = plans.definitions.offers.first().map(|kept| kept.record.id);
    let scripts = &plans.definitions.scripts;
    let spring = scripts.iter().find(|kept| kept.record.name == "Coming back");
    let campaign = Campaign {
        script: spring.map(|kept| kept.record.id),
        offer,
        ..Campaign::new("Spring", CampaignKind::WinBack)
    };
    save(&bench, campaign);
    save(&bench, Campaign::new("Bare", CampaignKind::WinBack));
    let campaigns = bench.plans().definitions.campaigns.clone();
    let named = |name: &str| campaigns.iter().find(|c| c.record.name == name).map(|c| c.record.id);
    let (spring, bare) = (named("Spring"), named("Bare"));
    let retention = Some(QueueKind::Retention);
    for (queue, campaign, want) in [
        (retention, None, Some("Staying")),
        (Some(QueueKind::WinBack), None, None),
        (None, None, None),
        (retention, spring, Some("Coming back")),
        (retention, bare, Some("Staying")),
        (None, bare, None),
        (retention, Some(CampaignId(99)), Some("Staying")),
    ] {
        let found = of_call(&bench, id, queue, campaign);
        assert_eq!(found.as_deref(), want, "{queue:?} {campaign:?}");
    }
    for (word, want) in
        [("staying", "Staying"), ("RETENTION", "Staying"), ("spring", "Coming back")]
    {
        let found = asked(&bench, id, Which::Named(word.into())).expect("a script");
        assert_eq!(found.name, want, "{word}");
    }
    let which = Which::Named("autumn".into());
    let refused =
        bench.desk.ask(&bench.who, Question::Script { customer: id, which }, &Cancel::default());
    assert!(matches!(refused, Err(Refusal::NotFound { what: "script", .. })), "{refused:?}");
}

#[test]
fn what_was_said_is_told_with_how_many_steps_there_were() {
    let bench = Bench::new();
    let id = bench.create("Reza");
    let lines = [("Hello {name}", false), ("Ask", true), ("Offer", true), ("Thank", true)];
    save(&bench, script("Staying", Some(QueueKind::Retention), &lines));
    let log = |queue, checked: &[u8]| {
        bench.act(Command::Log(vafa::desk::Log {
            customer: id,
            outcome: "answered".into(),
            note: String::new(),
            channel: Channel::Call,
            direction: Direction::Outbound,
            seconds: 60,
            callback: None,
            queue,
            finishes: None,
            wrap_up: WrapUp { checked: checked.to_vec(), ..WrapUp::default() },
        }));
        let profile = bench.profile(id);
        let newest = profile.interactions.iter().map(|(i, _)| i).max_by_key(|i| i.id);
        let newest = newest.expect("a call").id;
        profile.steps.iter().find(|(of, _)| *of == newest).map(|(_, steps)| *steps)
    };
    let retention = Some(QueueKind::Retention);
    assert_eq!(log(retention, &[]), None);
    assert_eq!(log(retention, &[1, 3]), Some(3));
    // The script is not known any more: as many as were ticked off.
    assert_eq!(log(None, &[0, 1]), Some(2));
}

#[test]
fn a_call_from_nowhere_has_the_script_where_most_is_at_stake() {
    let bench = shop();
    let settings =
        Settings { weekend: Some(Weekend::None), ..bench.plans().settings.record.clone() };
    bench.act(bench.settings(settings));
    let purpose = |bench: &Bench, who: &Who, customer| {
        let which = Which::Call { queue: None, campaign: None };
        let question = Question::Script { customer, which };
        match bench.desk.ask(who, question, &Cancel::default()).expect("answered") {
            Answer::Script(found) => found.map(|found| (found.name, found.queue, found.campaign)),
            other => panic!("{other:?}"),
        }
    };
    let sara = &bench.who;
    assert_eq!(purpose(&bench, sara, CustomerId(1)), None, "there are no scripts");
    let kinds = [(QueueKind::Retention, "Staying"), (QueueKind::UpSell, "More")];
    for (kind, name) in kinds {
        save(&bench, script(name, Some(kind), &[("{name}", true)]));
    }
    let worth = |kind, id| {
        let rows = bench.queue(kind).rows.into_iter();
        rows.map(|row| (row.row.customer.id, row.expected_value)).find(|(of, _)| *of == id)
    };
    let mut named = 0;
    for id in (1..=40).map(CustomerId) {
        let stakes =
            kinds.iter().filter_map(|(kind, name)| Some((worth(*kind, id)?.1, *kind, *name)));
        let most = stakes.max_by_key(|(value, ..)| *value);
        let want = most.map(|(_, kind, name)| (name.to_owned(), Some(kind), None));
        // The window holds the first fifty of a queue.
        if want.is_some() {
            assert_eq!(purpose(&bench, sara, id), want);
            named += 1;
        }
    }
    assert!(named > 5, "{named}");

    // A campaign that may call now, and in which more is at stake, goes before; another team's does not.
    save(&bench, script("Club", None, &[("{name}", true)]));
    let club = bench.plans().definitions.scripts.iter().find(|k| k.record.name == "Club").cloned();
    let campaign = Campaign {
        script: club.map(|kept| kept.record.id),
        segment: "name:c".into(),
        state: CampaignState::Running,
        team: "north".into(),
        ..Campaign::new("Spring", CampaignKind::Loyalty)
    };
    save(&bench, campaign);
    bench.desk.prepare().expect("learned");
    let spring = bench.plans().definitions.campaigns[0].record.id;
    let id = bench.queue(QueueKind::Retention).rows[0].row.customer.id;
    let of_campaign = Some(("Club".to_owned(), None, Some(spring)));
    assert_eq!(purpose(&bench, sara, id), of_campaign);
    let mina = bench.other(7, vafa::domain::Role::Agent);
    let of_queue = Some(("Staying".to_owned(), Some(QueueKind::Retention), None));
    assert_eq!(purpose(&bench, &mina, id), of_queue);
    // Who has answered is not called by it any more.
    let mut log = super::acts::log(id, "refused");
    log.wrap_up.campaign = Some(spring);
    bench.act(Command::Log(log));
    let after = purpose(&bench, sara, id);
    assert!(after.as_ref().is_none_or(|(_, _, campaign)| campaign.is_none()), "{after:?}");
    bench.act(Command::Undo(None));
    assert_eq!(purpose(&bench, sara, id), of_campaign);
}
