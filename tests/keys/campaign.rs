//! A campaign from the keyboard: its queue, its calls, what a rule forbids and a supervisor sets aside.

use vafa::desk::{Answer, Command, Question};
use vafa::domain::{
    Campaign, CampaignId, CampaignKind, CampaignState, CustomerId, Membership, Offer, OfferAnswer,
    Segment, SegmentId, Settings, Weekend,
};

use super::seat::Seat;

/// Seats somebody where every day is one of calls and a campaign runs over all customers.
fn with_campaign() -> (Seat, CampaignId) {
    let seat = Seat::new();
    let kept = seat.plans().settings;
    let settings = Settings { weekend: Some(Weekend::None), hold_out: 0.0, ..kept.record };
    seat.act(Command::SaveSettings { settings, base: kept.revision });
    let offer =
        Offer { name: "Winter tea".into(), margin: Some(9_000), active: true, ..Offer::default() };
    seat.act(Command::SaveDefinition { definition: Box::new(offer.into()), base: 0 });
    let plans = seat.plans().definitions;
    let offer = plans.offers.iter().find(|kept| kept.record.name == "Winter tea").expect("kept");
    let campaign = Campaign {
        segment: "spent>=0".into(),
        offer: Some(offer.record.id),
        state: CampaignState::Running,
        calls_from: 0,
        calls_to: 24,
        ..Campaign::new("A round of very warm winter tea", CampaignKind::Retention)
    };
    seat.act(Command::SaveDefinition { definition: Box::new(campaign.into()), base: 0 });
    let id = kept_campaign(&seat).0.id;
    (seat, id)
}

fn kept_campaign(seat: &Seat) -> (Campaign, u64) {
    let plans = seat.plans().definitions;
    let mut all = plans.campaigns.iter();
    let kept = all.find(|kept| kept.record.name.starts_with("A round")).expect("kept");
    (kept.record.clone(), kept.revision)
}

fn queue(seat: &Seat, campaign: CampaignId) -> Vec<CustomerId> {
    match seat.ask(Question::CampaignQueue { campaign, from: 0, count: 20, anchor: None }) {
        Answer::Queue(page) => page.rows.iter().map(|row| row.row.customer.id).collect(),
        other => panic!("{other:?}"),
    }
}

/// Turns the tabs of the queues until the campaign is open.
fn open(seat: &mut Seat) {
    seat.press("3");
    for _ in 0..20 {
        if seat.screen().contains("0 of 3") {
            return;
        }
        seat.press("<Tab>");
    }
    panic!("no tab of the campaign on\n{}", seat.screen());
}

#[test]
fn calls_are_logged_for_the_campaign_with_its_offer_one_after_the_other() {
    let (mut seat, id) = with_campaign();
    open(&mut seat);
    // The name is cut where it is too long for a tab.
    seat.sees("campaigns").sees("A round of very war…").sees("called so far").sees("their time");
    let before = queue(&seat, id);
    assert_eq!(seat.target(), Some(before[0]));
    seat.press("l");
    seat.sees("Winter tea");
    assert!(seat.press("1a<Enter>") <= 3);
    let told = seat.profile(before[0]).interactions[0].0.clone();
    assert_eq!((told.wrap_up.campaign, told.queue), (Some(id), None));
    assert_eq!(told.wrap_up.offer.expect("an answer").answer, OfferAnswer::Accepted);
    assert_eq!(seat.target(), Some(before[1]));
    assert!(seat.press("ln") <= 2);
    assert_eq!(seat.last_call(before[1]).0, "no_answer");
    assert_eq!(seat.target(), Some(before[2]));
    seat.sees("1 waiting").sees("1 answered");
    // Put off until tomorrow, and taken back.
    seat.press("st");
    assert_eq!(seat.target(), Some(before[3]));
    seat.press("u");
    assert!(queue(&seat, id).contains(&before[2]));
}

#[test]
fn a_supervisor_says_why_a_forbidden_call_was_made() {
    let (mut seat, id) = with_campaign();
    open(&mut seat);
    let first = seat.target().expect("somebody to call");
    seat.press("l");
    let (campaign, base) = kept_campaign(&seat);
    let paused = Campaign { state: CampaignState::Paused, ..campaign };
    seat.act(Command::SaveDefinition { definition: Box::new(paused.into()), base });
    seat.press("n");
    seat.sees("all the same").sees("does not run today");
    let calls = seat.profile(first).interactions.len();
    // Nothing is logged without a reason.
    seat.press("<Enter>");
    assert_eq!(seat.profile(first).interactions.len(), calls);
    seat.press("already dialled<Enter>");
    let told = seat.profile(first).interactions[0].0.wrap_up.clone();
    assert_eq!((told.campaign, told.despite.as_deref()), (Some(id), Some("already dialled")));
}

#[test]
fn a_segment_is_sent_to_a_campaign_which_is_started_and_paused_in_one_key() {
    let (mut seat, _) = with_campaign();
    let membership = Membership::Rule("stage:loyal".into());
    let (id, target, note) = (SegmentId(0), false, String::new());
    let segment = Segment { id, name: "AA first of all".into(), membership, target, note };
    seat.act(Command::SaveSegment { segment, base: 0 });
    seat.press("4gc");
    seat.sees("New: Campaigns").sees("segment:\"AA first of all\"");
    seat.press("0 tea for the loyal<F2>");
    let named = |seat: &Seat| {
        let plans = seat.plans().definitions;
        let mut all = plans.campaigns.iter().map(|kept| kept.record.clone());
        all.find(|c| c.name == "0 tea for the loyal").expect("kept")
    };
    assert_eq!(named(&seat).segment, "segment:\"AA first of all\"");
    // Campaigns are the third kind; this one is the first by name.
    seat.press("7jj<Tab>g");
    for (key, state) in [("s", CampaignState::Running), ("s", CampaignState::Paused)] {
        seat.press(key);
        assert_eq!(named(&seat).state, state);
    }
}
