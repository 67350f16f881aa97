//! The tale that the writers write: from the number of the last step alone follows every row that
//! must be there, so that a lost, torn or doubled commit shows.

use jiff::Timestamp;
use vafa::domain::{AgentId, CustomerId, Day, Draft, Fact, FactId, FactKind};
use vafa::store::records::{delete, get, keys, open, put};
use vafa::store::{
    Batch, Commit, Depth, Engine, Expect, KeyRange, StoreError, Sync, Table, Write, check,
};

/// Steps after which a fact is deleted again.
const LASTING: u64 = 50;

fn step_key(teller: u64) -> Vec<u8> {
    keys::draft(AgentId(teller), "step")
}

fn fact(teller: u64, step: u64) -> Fact {
    let length = (teller * 131 + step * 977) % 4_000;
    Fact {
        id: FactId(step),
        customer: CustomerId(teller),
        kind: FactKind::Need,
        text: format!("{step} ").repeat(1 + length as usize / 4),
        strength: 1,
        met: 0,
        source: String::new(),
        on: Day(step as i32),
    }
}

/// Writes the next step of a teller: a new fact, the count, an old fact deleted; together.
pub fn tell(engine: &dyn Engine, teller: u64, step: u64) -> Result<Commit, StoreError> {
    let fact_key = |step| keys::fact(CustomerId(teller), FactId(step));
    let count = Draft {
        agent: AgentId(teller),
        slot: "step".into(),
        fields: vec![("step".into(), step.to_string())],
        at: Timestamp::UNIX_EPOCH,
    };
    let mut writes: Vec<Write> = vec![
        put(fact_key(step), &fact(teller, step), Expect::Absent)?,
        put(step_key(teller), &count, Expect::Any)?,
    ];
    if step > LASTING {
        writes.push(delete::<Fact>(fact_key(step - LASTING), Expect::Any));
    }
    engine.commit(Batch {
        actor: teller,
        at: Timestamp::UNIX_EPOCH,
        request: u128::from(teller) << 64 | u128::from(step),
        gesture: 0,
        label: "tell".into(),
        writes,
        sync: Sync::Now,
    })
}

/// The last step of a teller.
pub fn last_step(engine: &dyn Engine, teller: u64) -> Result<u64, StoreError> {
    let draft = get::<Draft>(engine, &step_key(teller))?;
    Ok(draft.map_or(0, |(draft, _)| draft.fields[0].1.parse().unwrap()))
}

/// The last step of each teller, provided that the store is whole: its check finds nothing, and
/// the rows are those of the tale. Else what is wrong.
pub fn verify(engine: &dyn Engine, tellers: u64) -> Result<Vec<u64>, String> {
    let words = |error: StoreError| error.to_string();
    let report = check(engine, Depth::Deep, &mut |_| {}).map_err(words)?;
    if let Some(finding) = report.findings.first() {
        return Err(finding.words(vafa::text::Lang::En).to_string());
    }
    let mut steps = Vec::new();
    for teller in 0..tellers {
        let last = last_step(engine, teller).map_err(words)?;
        let first = last.saturating_sub(LASTING) + 1;
        let prefix = KeyRange::prefix(&keys::customer(CustomerId(teller)));
        let page = engine.scan(Table::Fact, prefix, usize::MAX).map_err(words)?;
        let facts: Result<Vec<Fact>, _> =
            page.rows.iter().map(|(key, record)| open(key, record.lend())).collect();
        let expected: Vec<Fact> = (first..=last).map(|step| fact(teller, step)).collect();
        assert!(facts.map_err(words)? == expected, "teller {teller} at step {last} differs");
        steps.push(last);
    }
    assert_eq!(report.head, steps.iter().sum::<u64>(), "one commit a step");
    Ok(steps)
}
