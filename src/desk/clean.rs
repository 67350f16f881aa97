//! The door of the store: no control, override or invisible character that a terminal or a reader
//! could obey comes in with a command, whoever sends it. The rows of an import are cleaned where they
//! are read (`exchange::import`), a million at a time.

use crate::domain::{Customer, Definition, Membership, Segment, Start, WrapUp};
use crate::text::{store_line, store_note};

use super::command::{CaseChange, Change, Command, TaskChange};

/// The command with every text of it fit to be kept. What is clean stays as it is, its spaces too.
pub(super) fn cleaned(mut command: Command) -> Command {
    match &mut command {
        Command::Create(customer) | Command::Edit { customer, .. } => clean_customer(customer),
        Command::Change { change, .. } => match change {
            Change::Tag(text) | Change::Untag(text) | Change::Source(text) => line(text),
            Change::DoNotCall(Some(reason)) => line(reason),
            Change::Field(name, value) => {
                line(name);
                line(value);
            }
            Change::Moved(_, reason) => line(reason),
            Change::Stage(_)
            | Change::Owner(_)
            | Change::DoNotCall(None)
            | Change::Marketing(_) => {}
        },
        Command::SaveFact(fact) => {
            note(&mut fact.text);
            line(&mut fact.source);
        }
        Command::Relate(relation) => line(&mut relation.note),
        Command::Log(log) => {
            line(&mut log.outcome);
            note(&mut log.note);
            clean_wrap_up(&mut log.wrap_up);
        }
        Command::Correct { outcome, .. } => line(outcome),
        Command::AddTask(task) => {
            note(&mut task.note);
            line(&mut task.zone);
        }
        Command::PutOff { reason, .. } => line(reason),
        Command::Redeem { note: text, .. } => line(text),
        Command::StartCase { note: said, .. } => note(said),
        Command::ChangeCase { change, .. } => match change {
            CaseChange::Finish(said) => note(said),
            CaseChange::Drop(reason) => line(reason),
            CaseChange::Give(_) | CaseChange::Move(_) => {}
        },
        Command::AddPurchase(purchase) => purchase.external_id.iter_mut().for_each(line),
        Command::SaveSubscription { subscription, product } => {
            subscription.external_id.iter_mut().for_each(line);
            line(product);
        }
        Command::SaveSegment { segment, .. } => clean_segment(segment),
        Command::SaveDefinition { definition, .. } => clean_definition(definition),
        Command::LoadPlan { segments, definitions } => {
            segments.iter_mut().for_each(clean_segment);
            for planned in definitions {
                clean_definition(&mut planned.definition);
            }
        }
        Command::SaveOutcome { outcome, .. } => {
            [&mut outcome.code, &mut outcome.name_en, &mut outcome.name_fa]
                .into_iter()
                .for_each(line);
        }
        Command::SaveProduct { product, .. } => {
            [&mut product.sku, &mut product.name, &mut product.category].into_iter().for_each(line);
        }
        Command::SaveAgent { agent, .. } => {
            let preferences = &mut agent.preferences;
            [&mut agent.name, &mut agent.team, &mut preferences.time_zone]
                .into_iter()
                .for_each(line);
            preferences.columns.iter_mut().for_each(line);
        }
        Command::SaveSettings { settings, .. } => {
            [&mut settings.country, &mut settings.time_zone].into_iter().for_each(line);
        }
        Command::SavePreferences(preferences) => {
            line(&mut preferences.time_zone);
            preferences.columns.iter_mut().for_each(line);
        }
        Command::SaveDraft(draft) => {
            line(&mut draft.slot);
            for (name, text) in &mut draft.fields {
                line(name);
                note(text);
            }
        }
        Command::CloseWinBack { note: text, .. } => line(text),
        Command::Begin { label } => line(label),
        Command::ChangeTask {
            change:
                TaskChange::Finish | TaskChange::Drop | TaskChange::Move(_) | TaskChange::HandOver(_),
            ..
        }
        | Command::DropFact(..)
        | Command::Lifecycle
        | Command::DropSubscription(..)
        | Command::Merge { .. }
        | Command::Erase { .. }
        | Command::Unrelate { .. }
        | Command::DropSegment(_)
        | Command::DropDefinition { .. }
        | Command::DropDraft(_)
        | Command::Accrue
        | Command::Undo(_)
        | Command::Redo
        | Command::Fit { .. }
        | Command::Load { .. }
        | Command::Close { .. }
        | Command::Abandon { .. } => {}
    }
    command
}

fn clean_segment(segment: &mut Segment) {
    line(&mut segment.name);
    note(&mut segment.note);
    match &mut segment.membership {
        Membership::Rule(text) | Membership::Tag(text) => line(text),
    }
}

fn clean_wrap_up(wrap_up: &mut WrapUp) {
    if let Some(proposed) = &mut wrap_up.offer {
        line(&mut proposed.reason);
    }
    wrap_up.despite.iter_mut().for_each(line);
}

fn clean_definition(definition: &mut Definition) {
    match definition {
        Definition::Offer(offer) => {
            note(&mut offer.note);
            [&mut offer.name, &mut offer.need, &mut offer.segment].into_iter().for_each(line);
        }
        Definition::Programme(programme) => {
            [&mut programme.name, &mut programme.eligible].into_iter().for_each(line);
            programme.tiers.iter_mut().for_each(|tier| line(&mut tier.terms));
        }
        Definition::Process(process) => {
            line(&mut process.name);
            for step in &mut process.steps {
                [&mut step.name, &mut step.team, &mut step.role].into_iter().for_each(line);
            }
            for start in &mut process.starts {
                match start {
                    Start::Outcome(text) | Start::Enters(text) => line(text),
                    Start::Stage(_) => {}
                }
            }
        }
        Definition::Script(script) => {
            line(&mut script.name);
            script.lines.iter_mut().for_each(|said| line(&mut said.text));
        }
        Definition::Campaign(campaign) => {
            [&mut campaign.name, &mut campaign.segment, &mut campaign.team]
                .into_iter()
                .for_each(line);
            campaign.delays.iter_mut().for_each(|(code, _)| line(code));
        }
        Definition::OwnField(field) => {
            line(&mut field.name);
            field.choices.iter_mut().for_each(line);
        }
    }
}

fn clean_customer(customer: &mut Customer) {
    let place = &mut customer.place;
    let texts = [
        &mut customer.name,
        &mut place.city,
        &mut place.region,
        &mut place.country,
        &mut place.address,
        &mut place.postal_code,
        &mut customer.time_zone,
        &mut customer.language,
        &mut customer.source,
    ];
    texts.into_iter().for_each(line);
    customer.external_id.iter_mut().chain(&mut customer.other_ids).for_each(line);
    customer.other_names.iter_mut().chain(&mut customer.tags).for_each(line);
    for contact in &mut customer.contacts {
        line(&mut contact.value);
        line(&mut contact.label);
    }
    for (name, value) in &mut customer.fields {
        line(name);
        line(value);
    }
    if let Some(ban) = &mut customer.consent.do_not_call {
        line(&mut ban.reason);
    }
}

fn line(text: &mut String) {
    keep(store_line(text), text);
}

fn note(text: &mut String) {
    keep(store_note(text), text);
}

fn keep(clean: String, text: &mut String) {
    if clean != text.trim_matches(' ') {
        *text = clean;
    }
}
