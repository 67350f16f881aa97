//! Manage at a real desk: records of every kind are made, seen, changed, dropped and taken back.

use vafa::domain::{Definition, DefinitionKind};

use super::seat::Seat;

fn named(seat: &Seat, kind: DefinitionKind, name: &str) -> Definition {
    seat.plans().definitions.named(kind, name).expect("kept").record
}

#[test]
fn an_offer_is_made_changed_dropped_and_taken_back() {
    let mut seat = Seat::without_plan();
    seat.press("7");
    seat.sees("▸ Offers").sees("No offers yet").sees("Audit log");
    // Where the rule goes wrong is shown at the character, and nothing is saved.
    seat.press("nFree delivery<Tab>stage:<Tab><Tab>1.20<F2>");
    seat.sees("New: Offers").sees("▲");
    assert!(seat.plans().definitions.offers.is_empty());
    seat.press("loyal<F2>");
    let Definition::Offer(offer) = named(&seat, DefinitionKind::Offer, "free delivery") else {
        panic!("an offer")
    };
    assert_eq!((offer.segment.as_str(), offer.cost, offer.margin), ("stage:loyal", 120, None));
    assert!(offer.active);
    seat.sees("Free delivery").sees("stage:loyal");
    // Another name.
    seat.press("<Enter>");
    seat.sees("Edit Free delivery");
    seat.press(" at once<F2>");
    named(&seat, DefinitionKind::Offer, "Free delivery at once");
    seat.press("D");
    seat.sees("No offers yet");
    seat.press("u");
    seat.sees("Free delivery at once");
    seat.press("uu");
    seat.sees("No offers yet");
    assert!(seat.plans().definitions.offers.is_empty());
}

#[test]
fn a_field_is_checked_when_it_is_left() {
    let mut seat = Seat::without_plan();
    let lacks = |seat: &Seat, text: &str| {
        assert!(!seat.screen().contains(text), "{text:?} is on the screen:\n{}", seat.screen());
    };
    seat.press("7n<Tab>");
    seat.sees("must not be empty");
    seat.press("<BackTab>Gift<Tab>");
    lacks(&seat, "must not be empty");
    seat.sees("everyone");
    // An expression: while it is typed and once it is left.
    seat.press("stage:bogus<Tab>");
    seat.sees("does not know");
    lacks(&seat, "everyone");
    // Amounts and dates: each under its field, all of them at once.
    seat.press("<Tab>abc<Tab>1x<Tab>");
    assert_eq!(seat.screen().matches("not an amount").count(), 2, "{}", seat.screen());
    seat.press("<Tab>tomorow<Tab>");
    seat.sees("does not know").sees("tomorrow");
    assert_eq!(seat.screen().matches("not an amount").count(), 2, "{}", seat.screen());
    // Saving goes to the first that is wrong, and nothing is kept.
    seat.press("<F2>");
    assert!(seat.plans().definitions.offers.is_empty());
    for _ in 0.."bogus".len() {
        seat.press("<Backspace>");
    }
    seat.press("loyal<Tab>");
    lacks(&seat, "does not know");
    seat.sees("not an amount");
}

#[test]
fn every_kind_has_its_form() {
    let mut seat = Seat::without_plan();
    seat.press("7hjl");
    seat.press("nClub<Tab><Tab>10<Tab>0.05<Tab>365<Tab>0 | 0%<Enter>500 | 5% | 30 days<F2>");
    let Definition::Programme(club) = named(&seat, DefinitionKind::Programme, "Club") else {
        panic!("a programme")
    };
    assert_eq!((club.spend_per_point, club.point_value, club.expires_days), (1_000, 5, Some(365)));
    assert_eq!(
        (club.tiers.len(), club.tiers[1].discount, club.tiers[1].threshold),
        (2, 50, 50_000)
    );
    seat.sees("Club").sees("30 days");

    seat.press("hjjl");
    seat.press("nReturn<Tab>listen | support | 8<Enter>mend | technicians | 24<Tab>");
    seat.press("outcome refused<F2>");
    let Definition::Process(complaint) = named(&seat, DefinitionKind::Process, "Return") else {
        panic!("a process")
    };
    assert_eq!(
        (complaint.steps.len(), complaint.steps[1].hours, complaint.starts.len()),
        (2, 24, 1)
    );
    seat.sees("mend | technicians | 24");

    seat.press("hjl");
    seat.press("nGreeting<Tab><Tab>Hello {name}<Enter>[ ] Ask for needs<F2>");
    let Definition::Script(script) = named(&seat, DefinitionKind::Script, "Greeting") else {
        panic!("a script")
    };
    assert_eq!((script.lines.len(), script.lines[1].check), (2, true));

    seat.press("hjl");
    seat.press("nShoe<Tab><Tab><Tab>3<F2>");
    named(&seat, DefinitionKind::OwnField, "shoe");

    seat.press("hkkkl");
    seat.press("nSpring<Tab><Tab>stage:loyal<F2>");
    seat.sees("Saved: Spring");
    named(&seat, DefinitionKind::Campaign, "Spring");
    seat.sees("Spring").sees("draft");

    // The small tables: who works here, what was done, what holds.
    seat.press("hjjjjl");
    seat.sees("no answer");
    seat.press("hjjl");
    seat.sees("Sara").sees("administrator");
    seat.press("hjl");
    seat.sees("held out to compare");
    seat.press("hjl");
    seat.sees("campaign Spring");
}
