//! Writes a sample into a store, through the desk's commands as an import would.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::desk::{
    Answer, Cancel, CaseChange, Command, Deed, Desk, Load, Loading, Question, Refusal, Who,
};
use crate::directory::{Sort, SortField};
use crate::domain::{
    Agent, AgentId, Customer, CustomerId, Definition, DefinitionKind, Fact, FactId, Field,
    GestureId, InteractionId, Product, ProductId, Purchase, PurchaseId, RelationId, Stage,
    Subscription, SubscriptionId, Task, TaskId,
};

use super::install::{Named, install, redeem};
use super::{Course, Sample};

/// Rows of one part of the gesture.
const ROWS: usize = 1_000;
/// The label of the gesture in the audit log.
const LABEL: &str = "demo";

/// The fields the sample gives of each customer.
const GIVEN: &[Field] = &[
    Field::Name,
    Field::Kind,
    Field::ExternalId,
    Field::Phone,
    Field::Email,
    Field::BirthDate,
    Field::Gender,
    Field::City,
    Field::Region,
    Field::Country,
    Field::Address,
    Field::TimeZone,
    Field::Language,
    Field::Source,
    Field::Owner,
    Field::Stage,
    Field::Tags,
    Field::Joined,
    Field::Own,
    Field::Other,
    Field::DoNotCall,
    Field::Marketing,
];

/// Writes a sample into an empty store; `progress` is told how many records of how many are written.
///
/// `who` must be an administrator. Unless that is the program itself, it takes the place of the sample's
/// first agent, with all customers and callbacks. Customers, products, purchases and conversations
/// are one gesture; if a part of it is refused, the gesture is given up.
pub fn fill(
    desk: &Desk,
    who: &Who,
    sample: Sample,
    progress: &mut dyn FnMut(Loading),
) -> Result<(), Refusal> {
    let Sample { settings, agents, relations, tasks, segments, .. } = &sample;
    let bulk = sample.products.len()
        + sample.customers.len()
        + sample.purchases.len()
        + sample.interactions.len()
        + sample.subscriptions.len();
    let of = bulk + relations.len() + tasks.len() + segments.len() + sample.courses.len();
    let mut done = 0;
    let mut told = |more: usize| {
        done += more;
        progress(Loading { done, of });
    };
    let base = revision_of_settings(desk, who)?;
    desk.act(who, Command::SaveSettings { settings: settings.clone(), base })?;
    let me = who.agent.id;
    for agent in agents.iter().skip(usize::from(me != AgentId(0))) {
        let agent = crate::domain::Agent { id: AgentId(0), ..agent.clone() };
        desk.act(who, Command::SaveAgent { agent, base: 0 })?;
    }
    join_team(desk, who, agents.first())?;
    let staff = staff(desk, who, &sample)?;
    let relations = relations.clone();
    // A callback is entered as of the call in which it was promised: late ones were not late then.
    let promised = |task: &Task| {
        let call = task.from.and_then(|i| sample.interactions.get((i.0 as usize).wrapping_sub(1)));
        call.map_or(who.now, |i| i.at.min(who.now))
    };
    let tasks: Vec<_> = tasks.iter().map(|t| (promised(t), t.clone())).collect();
    let redemptions = sample.redemptions.clone();
    let (processes, mut courses) = (sample.processes.clone(), sample.courses.clone());
    courses.sort_by_key(|course| course.opened);
    let names: Vec<String> = sample.customers.iter().map(external).collect();
    let gesture = desk.act(who, Command::Begin { label: LABEL.to_owned() })?.gesture;
    let loaded = load(desk, who, gesture, sample, &staff, &mut told);
    let named = match loaded {
        Ok(named) => named,
        Err(refusal) => {
            // The reason matters more than a failure to tidy up, which recovery does at the next start.
            let _ = desk.act(who, Command::Abandon { gesture });
            return Err(refusal);
        }
    };
    desk.act(who, Command::Close { gesture })?;
    let ids = ids(desk, who, &names)?;
    let id = |sample: CustomerId| {
        let name = names.get((sample.0 as usize).wrapping_sub(1));
        let found = name.and_then(|n| ids.get(n.as_str())).copied();
        found.ok_or_else(|| Refusal::NotFound {
            what: "customer",
            name: name.cloned().unwrap_or_default(),
        })
    };
    for mut relation in relations {
        relation.id = RelationId(0);
        (relation.from, relation.to) = (id(relation.from)?, id(relation.to)?);
        desk.act(who, Command::Relate(relation))?;
        told(1);
    }
    for (then, mut task) in tasks {
        task.id = TaskId(0);
        task.customer = id(task.customer)?;
        task.owner = of_staff(&staff, task.owner);
        // The store's id of the conversation is not told by an import.
        task.from = None;
        desk.act(&Who { now: then, ..who.clone() }, Command::AddTask(task))?;
        told(1);
    }
    for redemption in redemptions {
        let customer = id(redemption.customer)?;
        redeem(desk, who, &named, &staff, customer, redemption)?;
    }
    let names_of: Vec<String> = processes.iter().map(|p| p.name.clone()).collect();
    for process in processes {
        let definition = Box::new(process.into());
        desk.act(who, Command::SaveDefinition { definition, base: 0 })?;
    }
    for mut course in courses {
        course.customer = id(course.customer)?;
        walk(desk, who, &staff, &names_of, course)?;
        told(1);
    }
    Ok(())
}

/// Whoever sits at the screen works in the team of the agent whose place that is.
fn join_team(desk: &Desk, who: &Who, first: Option<&Agent>) -> Result<(), Refusal> {
    let Answer::Plans(plans) = desk.ask(who, Question::Plans, &Cancel::default())? else {
        return Ok(());
    };
    let me = plans.agents.into_iter().find(|kept| kept.record.id == who.agent.id);
    if let (Some(kept), Some(first)) = (me.filter(|kept| kept.record.team.is_empty()), first) {
        let agent = Agent { team: first.team.clone(), ..kept.record };
        desk.act(who, Command::SaveAgent { agent, base: kept.revision })?;
    }
    Ok(())
}

/// Walks a case as it went, each step by its agent and at its time.
fn walk(
    desk: &Desk,
    who: &Who,
    staff: &[AgentId],
    processes: &[String],
    course: Course,
) -> Result<(), Refusal> {
    let as_of = |then: Timestamp, agent: Option<usize>| {
        let id = agent.map_or(who.agent.id, |at| of_staff(staff, AgentId(at as u64 + 1)));
        let agent = Agent { id, ..who.agent.clone() };
        Who { now: then.min(who.now), agent }
    };
    let Answer::Plans(plans) = desk.ask(who, Question::Plans, &Cancel::default())? else {
        return Ok(());
    };
    let name = processes.get(course.process).map_or("", String::as_str);
    let Some(Definition::Process(process)) =
        plans.definitions.named(DefinitionKind::Process, name).map(|kept| kept.record)
    else {
        return Ok(());
    };
    let (process, customer, note) = (process.id, course.customer, course.note);
    let start = Command::StartCase { process, customer, note };
    let begun = match desk.act(&as_of(course.opened, None), start) {
        // The stage the customer was brought in at has begun one already.
        Err(Refusal::InUse { .. }) => return Ok(()),
        begun => begun?,
    };
    let Deed::CaseChanged { case, .. } = begun.deed else { return Ok(()) };
    let change = |change| Command::ChangeCase { customer, case, change };
    for (at, agent, note) in course.passed {
        desk.act(&as_of(at, Some(agent)), change(CaseChange::Finish(note)))?;
    }
    if let Some(agent) = course.taken {
        let who = as_of(who.now, Some(agent));
        let taken = CaseChange::Give(Some(who.agent.id));
        desk.act(&who, change(taken))?;
    }
    Ok(())
}

fn revision_of_settings(desk: &Desk, who: &Who) -> Result<u64, Refusal> {
    match desk.ask(who, Question::Plans, &Cancel::default())? {
        Answer::Plans(plans) => Ok(plans.settings.revision),
        _ => Ok(0),
    }
}

fn external(customer: &Customer) -> String {
    customer.external_id.clone().unwrap_or_default()
}

/// The store's id of each agent of the sample, in order.
fn staff(desk: &Desk, who: &Who, sample: &Sample) -> Result<Vec<AgentId>, Refusal> {
    let answer = desk.ask(who, crate::desk::Question::Status, &Cancel::default())?;
    let known = if let Answer::Status(status) = answer { status.agents.to_vec() } else { vec![] };
    let me = who.agent.id;
    let store = |(at, name): (usize, &str)| {
        if at == 0 && me != AgentId(0) {
            return Ok(me);
        }
        let found = known.iter().find(|a| a.name == name).map(|a| a.id);
        found.ok_or_else(|| Refusal::NotFound { what: "agent", name: name.to_owned() })
    };
    sample.agents.iter().map(|a| a.name.as_str()).enumerate().map(store).collect()
}

fn of_staff(staff: &[AgentId], sample: AgentId) -> AgentId {
    staff.get((sample.0 as usize).wrapping_sub(1)).copied().unwrap_or_default()
}

/// Writes the bulk in parts of [`ROWS`]: products, then what names them, then customers, so that all who
/// take part in a programme are known, then what they did.
fn load(
    desk: &Desk,
    who: &Who,
    gesture: GestureId,
    mut sample: Sample,
    staff: &[AgentId],
    told: &mut dyn FnMut(usize),
) -> Result<Named, Refusal> {
    let keep = |rows: &mut dyn Iterator<Item = Load>, told: &mut dyn FnMut(usize)| {
        loop {
            let part: Vec<Load> = rows.take(ROWS).collect();
            if part.is_empty() {
                return Ok::<(), Refusal>(());
            }
            let count = part.len();
            desk.act(who, Command::Load { gesture, rows: part })?;
            told(count);
        }
    };
    let products = sample.products.iter().cloned();
    keep(&mut products.map(|p| Load::Product(Product { id: ProductId(0), ..p })), told)?;
    let named = install(desk, who, &sample.plan, &sample.segments)?;
    told(sample.segments.len());
    for interaction in &mut sample.interactions {
        named.put(interaction);
    }
    let (mut customers, mut rest) = rows(sample, staff);
    keep(&mut customers, told)?;
    keep(&mut rest, told)?;
    Ok(named)
}

/// The bulk as rows of an import: customers with their facts; purchases, conversations, contracts. The
/// sample's ids are taken out; external ids, skus and the ids of the staff stand for them.
fn rows(
    sample: Sample,
    staff: &[AgentId],
) -> (impl Iterator<Item = Load>, impl Iterator<Item = Load>) {
    let names: Vec<String> = sample.customers.iter().map(external).collect();
    let names = Arc::new(names);
    let skus: Vec<String> = sample.products.iter().map(|p| p.sku.clone()).collect();
    let mut facts = sample.facts.into_iter().peekable();
    let customers = sample.customers.into_iter().map(move |mut customer| {
        let mut own: Vec<Fact> = Vec::new();
        while let Some(fact) = facts.next_if(|f| f.customer == customer.id) {
            own.push(Fact { id: FactId(0), customer: CustomerId(0), ..fact });
        }
        customer.id = CustomerId(0);
        // What the business knows of its best is kept; all others are moved on by the rules, each move
        // on its day.
        if !matches!(customer.stage, Stage::Loyal | Stage::Advocate) {
            customer.stage = Stage::Prospect;
        }
        customer.owner = customer.owner.map(|a| of_staff(staff, a));
        Load::Customer { customer: Box::new(customer), given: GIVEN.to_vec(), facts: own }
    });
    let (of_contracts, of_skus) = (Arc::clone(&names), skus.clone());
    let of = Arc::clone(&names);
    let purchases = sample.purchases.into_iter().map(move |p| {
        let customer = name(&of, p.customer);
        bare_purchase(customer, p, &skus)
    });
    let interactions = sample.interactions.into_iter().map(move |mut interaction| {
        let customer = name(&names, interaction.customer);
        interaction.id = InteractionId(0);
        interaction.customer = CustomerId(0);
        interaction.agent = of_staff(staff, interaction.agent);
        Load::Interaction { customer, interaction }
    });
    let contracts = sample.subscriptions.into_iter().map(move |s| {
        let (customer, sku) =
            (name(&of_contracts, s.customer), s.product.and_then(|p| sku_of(&of_skus, p)));
        let bare =
            Subscription { id: SubscriptionId(0), customer: CustomerId(0), product: None, ..s };
        Load::Subscription { customer, subscription: bare, sku }
    });
    (customers, purchases.chain(interactions).chain(contracts))
}

/// The sku of a product of the sample.
fn sku_of(skus: &[String], id: ProductId) -> Option<String> {
    skus.get((id.0 as usize).checked_sub(1)?).cloned()
}

fn name(names: &[String], id: CustomerId) -> String {
    names.get((id.0 as usize).wrapping_sub(1)).cloned().unwrap_or_default()
}

fn bare_purchase(customer: String, mut purchase: Purchase, skus: &[String]) -> Load {
    purchase.id = PurchaseId(0);
    purchase.customer = CustomerId(0);
    let sku = |id: ProductId| skus.get((id.0 as usize).wrapping_sub(1)).cloned();
    let mut named = Vec::with_capacity(purchase.lines.len());
    for line in &mut purchase.lines {
        named.push(line.product.take().and_then(sku));
    }
    Load::Purchase { customer, purchase, skus: named }
}

/// The store's ids of the customers, by external id.
fn ids(desk: &Desk, who: &Who, names: &[String]) -> Result<HashMap<String, CustomerId>, Refusal> {
    let sort = Sort { field: SortField::Id, descending: false };
    let question =
        crate::desk::Question::Ids { text: String::new(), expression: String::new(), sort };
    let mut found = HashMap::with_capacity(names.len());
    let Answer::Ids(all) = desk.ask(who, question, &Cancel::default())? else { return Ok(found) };
    for part in all.chunks(ROWS) {
        let question = crate::desk::Question::Rows(part.to_vec());
        if let Answer::Rows(rows) = desk.ask(who, question, &Cancel::default())? {
            found.extend(rows.into_iter().map(|r| (external(&r.customer), r.customer.id)));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::super::{Recipe, make};
    use super::*;
    use crate::desk::Question;
    use crate::domain::{Agent, Day, Language};
    use crate::store::memory::MemoryEngine;

    fn filled(who: &Who, sample: Sample) -> Arc<Desk> {
        let desk = Desk::open(Arc::new(MemoryEngine::new()), who.now).unwrap();
        desk.wait_loaded(&mut |_| {}).unwrap();
        let mut told = Vec::new();
        fill(&desk, who, sample, &mut |l| told.push(l)).unwrap();
        assert!(told.is_sorted_by_key(|l| l.done));
        assert!(told.last().is_some_and(|l| l.done == l.of), "{:?}", told.last());
        desk.wait_loaded(&mut |_| {}).unwrap();
        desk
    }

    #[test]
    fn a_store_is_filled_with_all_of_it() {
        let recipe = Recipe {
            customers: 150,
            seed: 4,
            lang: Language::English,
            today: Day::of(jiff::civil::date(2026, 11, 21)),
        };
        let sample = make(recipe);
        let now: jiff::Timestamp = "2026-11-21T15:00:00Z".parse().unwrap();
        let program = Who { agent: Agent::program(), now };
        let desk = filled(&program, sample.clone());
        let ask = |question| desk.ask(&program, question, &Cancel::default()).unwrap();
        let Answer::Status(status) = ask(Question::Status) else { panic!("no status") };
        assert_eq!(status.customers, sample.customers.len());
        assert_eq!(*status.settings, sample.settings);
        let Answer::Segments(segments) = ask(Question::Segments) else { panic!("no segments") };
        for segment in &sample.segments {
            let row = segments.iter().find(|r| r.name == segment.name);
            assert!(row.is_some_and(|r| r.error.is_none()), "{}", segment.name);
        }
        let names: Vec<String> = sample.customers.iter().map(external).collect();
        let ids = ids(&desk, &program, &names).unwrap();
        let names_of_staff =
            |id: AgentId| sample.agents.iter().find(|a| a.id == id).map_or("", |a| a.name.as_str());
        for customer in &sample.customers {
            let id = ids[&external(customer)];
            let Answer::Profile(profile) = ask(Question::Profile(id)) else { panic!("no profile") };
            let was = customer.id;
            assert_eq!(profile.customer.name, customer.name);
            assert_eq!(profile.customer.tags, customer.tags);
            assert_eq!(profile.customer.consent, customer.consent);
            assert_eq!(profile.owner, customer.owner.map_or("", names_of_staff));
            let of = |count: usize, what: &str, want: usize| {
                assert_eq!(count, want, "{what} of {}", customer.name);
            };
            let mine = sample.facts.iter().filter(|f| f.customer == was).count();
            of(profile.facts.len(), "facts", mine);
            let mine = sample.relations.iter().filter(|r| r.from == was || r.to == was).count();
            of(profile.relations.len(), "relations", mine);
            let mine = sample.tasks.iter().filter(|t| t.customer == was).count();
            of(profile.tasks.len(), "tasks", mine);
            let mine = sample.interactions.iter().filter(|i| i.customer == was).count();
            of(profile.interactions.len(), "interactions", mine);
            let mine = sample.purchases.iter().filter(|p| p.customer == was).count();
            of(profile.purchases.len(), "purchases", mine);
        }
    }

    #[test]
    fn whoever_sits_at_the_screen_takes_the_first_agents_place() {
        let today = Day::of(jiff::civil::date(2026, 11, 21));
        let sample = make(Recipe { customers: 200, seed: 4, lang: Language::Persian, today });
        let now: jiff::Timestamp = "2026-11-21T15:00:00Z".parse().unwrap();
        let program = Who { agent: Agent::program(), now };
        let desk = Desk::open(Arc::new(MemoryEngine::new()), now).unwrap();
        let me = Agent { name: "me".to_owned(), ..Agent::program() };
        desk.act(&program, Command::SaveAgent { agent: me, base: 0 }).unwrap();
        let ask = |who: &Who, question| desk.ask(who, question, &Cancel::default()).unwrap();
        let Answer::Status(status) = ask(&program, Question::Status) else { panic!("no status") };
        let agent = status.agents.iter().find(|a| a.name == "me").unwrap().clone();
        let who = Who { agent, now };
        let first = sample.agents[0].name.clone();
        let late = sample.tasks.iter().filter(|t| t.owner == AgentId(1) && t.due < now).count();
        fill(&desk, &who, sample, &mut |_| {}).unwrap();
        let Answer::Status(status) = ask(&who, Question::Status) else { panic!("no status") };
        assert!(status.agents.iter().all(|a| a.name != first));
        assert!(late >= 3 && status.due >= late, "{} due, {late} of them late", status.due);
        // Nothing is left of a gesture that was refused: who may not import fills nothing.
        let mut clerk = who.clone();
        clerk.agent.role = crate::domain::Role::Agent;
        let again = make(Recipe { customers: 3, seed: 1, lang: Language::English, today });
        assert!(matches!(
            fill(&desk, &clerk, again, &mut |_| {}),
            Err(Refusal::NotPermitted { .. })
        ));
    }

    #[test]
    fn rows_carry_names_in_place_of_the_samples_ids() {
        let recipe =
            Recipe { customers: 300, seed: 4, lang: Language::English, today: Day(20_778) };
        let sample = make(recipe);
        let staff: Vec<AgentId> = (0..6).map(|at| AgentId(100 + at)).collect();
        let (mut customers, mut facts, mut lines) = (Vec::new(), 0, 0);
        let mut purchases = sample.purchases.iter();
        let mut interactions = sample.interactions.iter();
        let (first, rest) = rows(sample.clone(), &staff);
        for row in first.chain(rest) {
            match row {
                Load::Product(product) => panic!("{product:?} comes before its names"),
                Load::Carried { record, .. } => panic!("{record:?} is no row of a sample"),
                Load::Subscription { customer, subscription, sku } => {
                    assert!(customers.contains(&customer) && sku.is_some());
                    assert_eq!(subscription.product, None);
                }
                Load::Customer { customer, given, facts: own } => {
                    assert_eq!(customer.id, CustomerId(0));
                    assert!(customer.owner.is_none_or(|o| staff.contains(&o)));
                    assert!(given.contains(&Field::Name) && own.iter().all(|f| f.id == FactId(0)));
                    facts += own.len();
                    customers.push(customer.external_id.clone().unwrap());
                }
                Load::Purchase { customer, purchase, skus } => {
                    let was = purchases.next().unwrap();
                    assert_eq!(customer, customers[was.customer.0 as usize - 1]);
                    assert_eq!(purchase.external_id, was.external_id);
                    for (line, sku) in was.lines.iter().zip(&skus) {
                        let product = line.product.map(|p| &sample.products[p.0 as usize - 1].sku);
                        assert_eq!(product, sku.as_ref());
                        lines += 1;
                    }
                    assert!(purchase.lines.iter().all(|l| l.product.is_none()));
                }
                Load::Interaction { customer, interaction } => {
                    let was = interactions.next().unwrap();
                    assert_eq!(customer, customers[was.customer.0 as usize - 1]);
                    assert_eq!(interaction.agent.0, was.agent.0 + 99);
                }
            }
        }
        assert_eq!((customers.len(), facts), (300, sample.facts.len()));
        assert!(lines > 0 && purchases.next().is_none() && interactions.next().is_none());
    }
}
