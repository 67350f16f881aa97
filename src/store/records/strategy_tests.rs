//! The bytes of the records a strategy is made of, composed as those of [`super::tests`].

use super::tests::{at, check};
use crate::domain::{
    AgentId, Campaign, CampaignId, CampaignKind, CampaignState, Case, CaseId, CaseState,
    CustomerId, Day, InteractionId, Offer, OfferId, OwnField, OwnFieldId, OwnFieldKind, Passage,
    Points, PointsId, Process, ProcessId, ProductId, Programme, ProgrammeId, PurchaseId, QueueKind,
    Roll, Script, ScriptId, ScriptLine, Stage, StageMove, StageMoveId, Start, Step, Tier, WinBack,
    WinBackState,
};

const OFFER: &str = "\
    fc701101000d467265652064656c697665727910666f72207468726565206d6f6e7468730d666173\
    742064656c69766572790b636974793a54656872616e0109fc8038010001fc80a9030001fb409c01\
    fbf49c01";

const BARE_OFFER: &str = "030548656c6c6f000000000000000000";

const PROGRAMME: &str = "\
    0404436c75620b73746167653a6c6f79616cfbd0071401fb6d0102000000fc40420f003207333020\
    6461797301";

const POINTS: &str = "05fb2c0104fbf301fb409c01fb1a9f01fc701101000108046769667407";

const EARNED: &str = "06fb2c010418090000000000";

const PROCESS: &str = "\
    0209436f6d706c61696e7402066c697374656e07737570706f7274056167656e7408057265706179\
    0766696e616e636500fb2c01030009636f6d706c61696e74010502097461673a616e67727901";

const CASE: &str = "\
    fc7111010002fb2c0101fc00e2a7ca0afc20fea7ca000107000100fc78e2a7ca00070663616c6c65\
    640b6c6174652070617263656c";

const ROLL: &str = "020101fb2c0101fc00e2a7ca0a030003fb2c01";

const CLOSED_CASE: &str = "010203000100000000020000";

const CAMPAIGN: &str = "\
    0609436f6d65206261636b020c73746167653a6c61707365640103010101fb409c01fb7c9c0a1204\
    0204627573791e096e6f5f616e73776572fba005c80201fc8096980001056e6f727468";

const BARE_CAMPAIGN: &str = "01014105000000000009140300000200000000";

const SCRIPT: &str = "010857696e2d6261636b0101020c48656c6c6f207b6e616d657d000741736b2077687901";

const STAGE_MOVE: &str = "09fb2c010305fc00e2a7ca0a0b73696c656e7420393020640673696c656e7400";

const WIN_BACK: &str = "fb2c0101fb7e9c010e61736b656420666f722074696d65";

const OWN_FIELD: &str = "020473686f650302023432023433fb2c01";

#[test]
fn offers() {
    let full = Offer {
        id: OfferId(70_000),
        name: "Free delivery".into(),
        note: "for three months".into(),
        need: "fast delivery".into(),
        segment: "city:Tehran".into(),
        product: Some(ProductId(9)),
        cost: 40_000,
        margin: Some(120_000),
        from: Some(Day(20_000)),
        until: Some(Day(20_090)),
        active: true,
    };
    check(OFFER, full);
    check(BARE_OFFER, Offer { id: OfferId(3), name: "Hello".into(), ..Offer::default() });
}

#[test]
fn programmes_and_points() {
    let tier = |threshold, discount, terms: &str| Tier { threshold, discount, terms: terms.into() };
    let programme = Programme {
        id: ProgrammeId(4),
        name: "Club".into(),
        eligible: "stage:loyal".into(),
        spend_per_point: 1_000,
        point_value: 10,
        expires_days: Some(365),
        tiers: vec![tier(0, 0, ""), tier(500_000, 50, "30 days")],
        active: true,
    };
    check(PROGRAMME, programme);
    let redeemed = Points {
        id: PointsId(5),
        customer: CustomerId(300),
        programme: ProgrammeId(4),
        points: -250,
        day: Day(20_000),
        expires: Some(Day(20_365)),
        purchase: Some(PurchaseId(70_000)),
        interaction: Some(InteractionId(8)),
        note: "gift".into(),
        by: AgentId(7),
    };
    let earned = Points {
        id: PointsId(6),
        points: 12,
        day: Day(-5),
        expires: None,
        purchase: None,
        interaction: None,
        note: String::new(),
        by: AgentId(0),
        ..redeemed.clone()
    };
    check(POINTS, redeemed);
    check(EARNED, earned);
}

#[test]
fn processes_and_cases() {
    let step = |name: &str, team: &str, role: &str, hours| Step {
        name: name.into(),
        team: team.into(),
        role: role.into(),
        hours,
    };
    let process = Process {
        id: ProcessId(2),
        name: "Complaint".into(),
        steps: vec![step("listen", "support", "agent", 8), step("repay", "finance", "", 300)],
        starts: vec![
            Start::Outcome("complaint".into()),
            Start::Stage(Stage::AtRisk),
            Start::Enters("tag:angry".into()),
        ],
        active: true,
    };
    check(PROCESS, process);
    let open = Case {
        id: CaseId(70_001),
        process: ProcessId(2),
        customer: CustomerId(300),
        step: 1,
        opened: at(1_700_000_000, 5),
        due: at(1_700_003_600, 0),
        owner: Some(AgentId(7)),
        state: CaseState::Open,
        passages: vec![Passage {
            step: 0,
            at: at(1_700_000_060, 0),
            by: AgentId(7),
            note: "called".into(),
        }],
        note: "late parcel".into(),
    };
    let dropped = Case {
        id: CaseId(1),
        customer: CustomerId(3),
        step: 0,
        opened: at(-1, 0),
        due: at(0, 0),
        owner: None,
        state: CaseState::Dropped,
        passages: Vec::new(),
        note: String::new(),
        ..open.clone()
    };
    check(CASE, open);
    check(CLOSED_CASE, dropped);
}

#[test]
fn rolls() {
    let ids = [Roll::BLOCK, Roll::BLOCK + 3, Roll::BLOCK + 303];
    let roll = Roll {
        process: ProcessId(2),
        start: 1,
        block: 1,
        rule: 300,
        scored: true,
        at: at(1_700_000_000, 5),
        inside: ids.into_iter().map(CustomerId).collect(),
    };
    check(ROLL, roll);
}

#[test]
fn campaigns_and_scripts() {
    let full = Campaign {
        id: CampaignId(6),
        name: "Come back".into(),
        kind: CampaignKind::WinBack,
        segment: "stage:lapsed".into(),
        offer: Some(OfferId(3)),
        script: Some(ScriptId(1)),
        from: Some(Day(20_000)),
        until: Some(Day(20_030)),
        calls_from: 10,
        calls_to: 18,
        attempts: 4,
        delays: vec![("busy".into(), 30), ("no_answer".into(), 1_440)],
        cap_day: 200,
        cap_week: 2,
        needs_consent: true,
        budget: 5_000_000,
        state: CampaignState::Running,
        team: "north".into(),
    };
    check(CAMPAIGN, full);
    let bare = Campaign::new("A", CampaignKind::Loyalty);
    check(BARE_CAMPAIGN, Campaign { id: CampaignId(1), ..bare });
    let line = |text: &str, check| ScriptLine { text: text.into(), check };
    let script = Script {
        id: ScriptId(1),
        name: "Win-back".into(),
        queue: Some(QueueKind::WinBack),
        lines: vec![line("Hello {name}", false), line("Ask why", true)],
    };
    check(SCRIPT, script);
}

#[test]
fn moves_win_backs_and_own_fields() {
    let moved = StageMove {
        id: StageMoveId(9),
        customer: CustomerId(300),
        from: Stage::Loyal,
        to: Stage::AtRisk,
        at: at(1_700_000_000, 5),
        reason: "silent 90 d".into(),
        rule: "silent".into(),
        by: AgentId(0),
    };
    check(STAGE_MOVE, moved);
    let win_back = WinBack {
        customer: CustomerId(300),
        state: WinBackState::Contacted,
        since: Day(20_031),
        cost: -1,
        note: "asked for time".into(),
    };
    check(WIN_BACK, win_back);
    let field = OwnField {
        id: OwnFieldId(2),
        name: "shoe".into(),
        kind: OwnFieldKind::Choice,
        choices: vec!["42".into(), "43".into()],
        order: 300,
    };
    check(OWN_FIELD, field);
}
