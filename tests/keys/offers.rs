//! Offers from wherever a customer is seen, and giving up to have somebody back.

use vafa::desk::{Answer, Command, Log, Question};
use vafa::domain::{Channel, CustomerId, Direction, OfferAnswer, QueueKind, WinBackState, WrapUp};

use super::seat::Seat;

/// Somebody an offer fits, and its name.
fn offered(seat: &Seat) -> (CustomerId, String) {
    let found = seat.customers().into_iter().find_map(|c| {
        match seat.ask(Question::Propositions { customer: c.id, campaign: None }) {
            Answer::Propositions(all) => all.first().map(|p| (c.id, p.offer.name.clone())),
            other => panic!("{other:?}"),
        }
    });
    found.expect("an offer that fits somebody")
}

#[test]
fn an_offer_is_made_and_answered_from_every_screen() {
    // From the profile; then from the list, where the same offer rests.
    let mut seat = Seat::new();
    let (id, name) = offered(&seat);
    let phone = seat.profile(id).customer.contacts[0].value.clone();
    seat.press(&format!("2/{}<Enter>", &phone[1..]));
    assert_eq!(seat.target(), Some(id));
    seat.press("o");
    seat.sees("Offer ").sees(&name).sees("[1] accepted");
    let keys = seat.press("2too dear<Enter>");
    assert_eq!(keys, "2too dear".len() + 1);
    let (call, _) = seat.profile(id).interactions.first().cloned().expect("a call");
    let made = call.wrap_up.offer.expect("an offer");
    assert_eq!((made.answer, made.reason.as_str()), (OfferAnswer::Refused, "too dear"));
    assert_eq!(call.outcome, "answered");
    seat.press("o");
    assert!(!seat.screen().contains(&format!("▸ {name}")), "refused a moment ago");
    seat.press("<Esc>");
    // From a queue the call belongs to the queue.
    seat.press("3");
    let here = seat.target();
    seat.press("o");
    seat.sees("[3] undecided");
    seat.press("3<Enter>");
    let here = here.expect("somebody");
    let (call, _) = seat.profile(here).interactions.first().cloned().expect("a call");
    assert_eq!(call.wrap_up.offer.map(|o| o.answer), Some(OfferAnswer::Undecided));
    assert_eq!(call.queue, Some(QueueKind::Retention));
    // From today; Esc at the reason goes back to the answers, and again closes.
    seat.press("1");
    let before = seat.target().map(|id| seat.profile(id).interactions.len());
    seat.press("o1<Esc><Esc>");
    assert_eq!(before, seat.target().map(|id| seat.profile(id).interactions.len()));
}

#[test]
fn winning_back_is_told_and_given_up_in_its_queue() {
    let mut seat = Seat::new();
    seat.press("3<Tab>");
    let id = seat.target().expect("somebody who left");
    seat.act(Command::Log(Log {
        customer: id,
        outcome: "answered".into(),
        note: String::new(),
        channel: Channel::Call,
        direction: Direction::Outbound,
        seconds: 300,
        callback: None,
        queue: Some(QueueKind::WinBack),
        finishes: None,
        wrap_up: WrapUp::default(),
    }));
    let state = |seat: &Seat| seat.profile(id).win_back.map(|back| back.state);
    assert_eq!(state(&seat), Some(WinBackState::Contacted));
    let found = |seat: &Seat, expression: &str| match seat.ask(Question::Ids {
        text: String::new(),
        expression: expression.into(),
        sort: vafa::directory::Sort::default(),
    }) {
        Answer::Ids(ids) => ids,
        other => panic!("{other:?}"),
    };
    // Those whom the campaign called are there too.
    let contacted = found(&seat, "winback:contacted");
    assert!(contacted.contains(&id), "{contacted:?}");
    assert!(!found(&seat, "-winback:contacted").contains(&id));
    for expression in ["بازگرداندن:\"تماس گرفته\"", "win_back:called"] {
        assert_eq!(found(&seat, expression), contacted, "{expression}");
    }
    let phone = seat.profile(id).customer.contacts[0].value.clone();
    seat.press(&format!("2/{}<Enter>", &phone[1..]));
    seat.sees("win-back: contacted");
    seat.press("Bmoved away<Enter>");
    assert_eq!(state(&seat), Some(WinBackState::Closed));
    seat.sees("win-back: closed").sees("moved away");
    assert_eq!(found(&seat, "winback:closed"), [id]);
    seat.press("u");
    assert_eq!(found(&seat, "winback:contacted"), contacted);
    assert!(found(&seat, "winback:closed").is_empty());
}

#[test]
fn own_fields_offer_what_they_take_in_changes_of_many() {
    let mut seat = Seat::new();
    seat.press("2");
    let id = seat.target().expect("somebody");
    let value = |seat: &Seat, name: &str| {
        let fields = seat.profile(id).customer.fields;
        fields.into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
    };
    seat.press("bf");
    seat.sees("employees").sees("review").sees("another field");
    seat.press("prefers<Enter>");
    seat.sees("visit");
    seat.press("mess<Enter>");
    assert_eq!(value(&seat, "prefers").as_deref(), Some("message"));
    let before = value(&seat, "employees");
    seat.press("bfempl<Enter>many<Enter>");
    seat.sees("not a number");
    assert_eq!(value(&seat, "employees"), before);
    seat.press("bfempl<Enter>12<Enter>");
    assert_eq!(value(&seat, "employees").as_deref(), Some("12"));
}

#[test]
fn what_becomes_known_while_a_customer_is_seen_is_shown() {
    let mut seat = Seat::new();
    let said = |seat: &Seat, name: &str| {
        let screen = seat.screen();
        assert!(screen.contains(name), "{name:?} is not on the screen:\n{screen}");
    };
    for (n, open) in ["3", "<Enter>"].into_iter().enumerate() {
        seat.press(open);
        let id = seat.target().expect("somebody");
        let offer = seat.profile(id).propositions.first().expect("an offer").offer.id;
        let plans = seat.plans();
        let mut offers = plans.definitions.offers.iter().cloned();
        let kept = offers.find(|kept| kept.record.id == offer).expect("there");
        let name = format!("Renamed {n}");
        let renamed = vafa::domain::Offer { name: name.clone(), ..kept.record };
        let definition = Box::new(renamed.into());
        // The answers to offers are read once more after this, behind the open screen.
        seat.act(Command::SaveDefinition { definition, base: kept.revision });
        seat.press("?<Esc>");
        said(&seat, &name);
    }
}
