//! What stands in the three regions, line by line. Knows nothing of widths: the canvas cuts.

mod contracts;
mod timeline;

use crate::desk::Profile as Known;
use crate::domain::{CaseState, Customer, Day, Fact, Field, Task};
use crate::text::words::{customers as c, profile as w};
use crate::text::{Dir, SafeText, phone, safe, width, wrap};

use super::super::shell::Shell;
use super::super::terms;
use super::super::theme::Role;
use super::super::{why, win_back};
use super::{Item, Profile, Region};
use contracts::contracts;
pub use timeline::{interaction_in_full, purchase_in_full};

/// Cells a sentence has in the narrowest `next`.
const NARROWEST: usize = 28;

/// One line: its parts, what stands at its end, and what it stands for.
pub struct Line {
    pub parts: Vec<(SafeText, Role)>,
    pub end: Option<(SafeText, Role)>,
    pub item: Option<Item>,
    pub picture: Option<Picture>,
}

/// Columns drawn after the parts.
pub struct Picture {
    pub values: Vec<f64>,
    pub top: f64,
}

impl Line {
    fn new(text: SafeText, role: Role) -> Self {
        Self { parts: vec![(text, role)], end: None, item: None, picture: None }
    }

    fn blank() -> Self {
        Self { parts: Vec::new(), end: None, item: None, picture: None }
    }

    fn is(self, item: Item) -> Self {
        Self { item: Some(item), ..self }
    }

    fn and(mut self, text: SafeText, role: Role) -> Self {
        if !text.is_empty() {
            self.parts.push((text, role));
        }
        self
    }

    fn ends(self, text: SafeText, role: Role) -> Self {
        Self { end: Some((text, role)), ..self }
    }
}

/// The lines of a region; none before the profile is here.
pub fn of(screen: &Profile, region: Region, shell: &Shell) -> Vec<Line> {
    let Some(profile) = &screen.known else { return Vec::new() };
    match region {
        Region::Who => who(profile, shell),
        Region::Timeline => timeline::timeline(profile, screen.shown, shell),
        Region::Next => next(profile, shell),
    }
}

fn clean(text: &str) -> SafeText {
    SafeText::clean(text)
}

fn who(profile: &Known, shell: &Shell) -> Vec<Line> {
    let customer = &profile.customer;
    let mut lines = Vec::new();
    if let Some(wish) = &customer.consent.do_not_call {
        let since = shell.date(wish.since);
        let text = shell.say_with(w::DO_NOT_CALL, &[("when", since.into())]);
        lines.push(Line::new(safe!["⊘ ", text], Role::Warning));
        if !wish.reason.is_empty() {
            lines.push(Line::new(safe!["  ", clean(&wish.reason)], Role::Warning));
        }
    }
    for (at, contact) in customer.contacts.iter().enumerate() {
        let value = match contact.kind {
            crate::domain::ContactKind::Phone => phone::pretty(&contact.value, shell.lang()),
            _ => clean(&contact.value).ltr(),
        };
        let line = Line::new(value, Role::Text).is(Item::Contact(at));
        let label = clean(&contact.label);
        lines.push(if label.is_empty() { line } else { line.and(safe!["  ", label], Role::Dim) });
    }
    let comma = shell.say(w::COMMA);
    let place = &customer.place;
    let parts = [&place.city, &place.region, &place.address, &place.postal_code];
    let parts: Vec<SafeText> =
        parts.iter().filter(|t| !t.is_empty()).map(|t| clean(t).isolate()).collect();
    if !parts.is_empty() {
        lines.push(Line::new(SafeText::join(&parts, &comma), Role::Text));
    }
    lines.extend(person(profile, shell));
    if !customer.tags.is_empty() {
        let tags: Vec<SafeText> = customer.tags.iter().map(|t| clean(t).isolate()).collect();
        lines
            .push(Line::new(safe!["# "], Role::Dim).and(SafeText::join(&tags, &comma), Role::Text));
    }
    for (relation, _, name) in &profile.relations {
        let kind = shell.say(terms::relation(relation.kind));
        let line = Line::new(safe![kind, ": "], Role::Dim)
            .and(clean(name).isolate(), Role::Text)
            .is(Item::Relation(relation.id));
        lines.push(if relation.note.is_empty() {
            line
        } else {
            line.and(safe!["  ", clean(&relation.note).isolate()], Role::Dim)
        });
    }
    for (at, fact) in profile.facts.iter().enumerate() {
        lines.push(fact_line(fact, shell).is(Item::Fact(at)));
    }
    for (name, value) in &customer.fields {
        lines.push(Line::new(safe![clean(name), ": "], Role::Dim).and(clean(value), Role::Text));
    }
    lines
}

/// Age, gender, since when, whose.
fn person(profile: &Known, shell: &Shell) -> Vec<Line> {
    let customer = &profile.customer;
    let mut parts = Vec::new();
    if let Some(age) = customer.birth.and_then(|birth| years(birth, shell.today())) {
        parts.push(shell.say_with(w::YEARS_OLD, &[("n", age.into())]));
    }
    parts.extend(customer.gender.map(|g| shell.say(terms::gender(g))));
    let span = shell.ago(customer.joined);
    parts.push(shell.say_with(w::CUSTOMER_FOR, &[("span", span.into())]));
    let dot = safe![" · "];
    let mut lines = vec![Line::new(SafeText::join(&parts, &dot), Role::Text)];
    let mut parts = Vec::new();
    if !profile.owner.is_empty() {
        parts.push(shell.say_with(w::OWNER, &[("name", clean(&profile.owner).into())]));
    }
    for text in [&customer.source, &customer.language] {
        if !text.is_empty() {
            parts.push(clean(text).isolate());
        }
    }
    if !parts.is_empty() {
        lines.push(Line::new(SafeText::join(&parts, &dot), Role::Dim));
    }
    if let Some(agreed) = customer.consent.marketing {
        let phrase = if agreed { w::MARKETING_YES } else { w::MARKETING_NO };
        lines.push(Line::new(shell.say(phrase), Role::Dim));
    }
    if !customer.other_names.is_empty() {
        let names: Vec<SafeText> = customer.other_names.iter().map(|n| clean(n)).collect();
        let names = SafeText::join(&names, &shell.say(w::COMMA));
        lines.push(Line::new(shell.say_with(w::ALSO, &[("names", names.into())]), Role::Dim));
    }
    if let Some(id) = &customer.external_id {
        lines.push(Line::new(
            shell.say_with(w::KNOWN_AS, &[("id", clean(id).ltr().into())]),
            Role::Dim,
        ));
    }
    lines
}

/// Whole years between two days.
fn years(birth: Day, today: Day) -> Option<i32> {
    let (birth, today) = (birth.date()?, today.date()?);
    let had = (today.month(), today.day()) >= (birth.month(), birth.day());
    Some(i32::from(today.year()) - i32::from(birth.year()) - i32::from(!had))
}

fn fact_line(fact: &Fact, shell: &Shell) -> Line {
    let kind = shell.say(terms::fact(fact.kind));
    let mut line = Line::new(safe![kind, " "], Role::Dim).and(clean(&fact.text), Role::Text);
    if fact.strength > 0 {
        line = line.and(safe![" ", why::dots(fact.strength).ltr()], Role::Accent);
    }
    if fact.met > 0 {
        let met = shell.say_with(w::MET, &[("marks", why::dots(fact.met).ltr().into())]);
        line = line.and(safe![" ", met], Role::Dim);
    }
    line
}

/// A task as the title of what is read.
pub fn task_title(task: &Task, shell: &Shell) -> SafeText {
    safe![shell.say(terms::task(task.kind)), " ", shell.when(task.due)]
}

fn next(profile: &Known, shell: &Shell) -> Vec<Line> {
    let back = win_back::told(profile, shell);
    let mut lines: Vec<Line> = back.into_iter().map(|(text, role)| Line::new(text, role)).collect();
    for task in &profile.tasks {
        let is_late = task.due < shell.now;
        let role = if is_late { Role::Overdue } else { Role::Text };
        let mut line = Line::new(task_title(task, shell), role).is(Item::Task(task.id));
        if is_late {
            line = line.and(safe![" ", shell.say(w::LATE)], Role::Overdue);
        }
        if let Some(first) = task.note.lines().next() {
            line = line.and(safe!["  ", clean(first)], Role::Dim);
        }
        lines.push(line);
    }
    let open = profile.cases.iter().filter(|line| line.case.state == CaseState::Open);
    for case in open.clone() {
        let is_late = case.case.due < shell.now;
        let role = if is_late { Role::Overdue } else { Role::Text };
        let args = [
            ("process", clean(&case.process).into()),
            ("n", (usize::from(case.case.step) + 1).into()),
            ("of", case.steps.into()),
            ("team", clean(&case.step.team).into()),
        ];
        lines.push(Line::new(shell.say_with(w::CASE, &args), role));
        let when = shell.when(case.case.due);
        let mut at = Line::new(safe!["  ", clean(&case.step.name).isolate(), "  "], Role::Dim)
            .and(when, role);
        if is_late {
            at = at.and(safe![" ", shell.say(w::LATE)], Role::Overdue);
        }
        lines.push(at);
    }
    if profile.tasks.is_empty() && open.count() == 0 {
        lines.extend(wrapped(&shell.say(w::NO_TASKS), shell));
    }
    lines.push(Line::blank());
    lines.extend(offers(profile, shell));
    lines.extend(points(profile, shell));
    lines.extend(figures(profile, shell));
    lines.push(Line::blank());
    lines.extend(pictures(profile, shell));
    lines
}

/// The offer to make, with what speaks for it.
fn offers(profile: &Known, shell: &Shell) -> Vec<Line> {
    let Some(best) = profile.propositions.first() else { return Vec::new() };
    let mut lines = Vec::new();
    for (label, figure) in why::proposition(best, shell) {
        let role = if lines.is_empty() { Role::Accent } else { Role::Text };
        lines.extend(paired(label, &figure, role, shell));
    }
    lines.push(Line::blank());
    lines
}

/// Points and tier in each programme.
fn points(profile: &Known, shell: &Shell) -> Vec<Line> {
    let mut lines = Vec::new();
    for m in &profile.memberships {
        let n = m.balance.points.max(0) as usize;
        let text = shell.say_with(w::POINTS, &[("n", n.into())]);
        let text = safe![text, " = ", shell.money(m.worth)];
        lines.push(Line::new(clean(&m.programme.name), Role::Dim).ends(text, Role::Text));
        if let Some(tier) = &m.tier {
            let share = shell.percent(f64::from(tier.discount) / 1_000.0);
            let discount = shell.say_with(w::TIER, &[("share", share.into())]);
            let mut parts = Vec::new();
            parts.extend((tier.discount > 0).then_some(discount));
            parts.extend((!tier.terms.is_empty()).then(|| clean(&tier.terms).isolate()));
            if !parts.is_empty() {
                let text = SafeText::join(&parts, &shell.say(w::COMMA));
                lines.push(Line::new(SafeText::EMPTY, Role::Dim).ends(text, Role::Good));
            }
        }
        if let Some((day, n)) = m.balance.next {
            let n = n.max(0) as usize;
            let args = [("n", n.into()), ("when", shell.date(day).into())];
            let text = shell.say_with(w::POINTS_LOST, &args);
            lines.push(Line::new(SafeText::EMPTY, Role::Dim).ends(text, Role::Dim));
        }
    }
    if !lines.is_empty() {
        lines.push(Line::blank());
    }
    lines
}

/// A label and its figure; where both have no room in one line the figure goes below, in as many lines as
/// it needs.
fn paired(label: SafeText, figure: &SafeText, role: Role, shell: &Shell) -> Vec<Line> {
    if width(&label) + width(figure) + 2 <= NARROWEST {
        return vec![Line::new(label, Role::Dim).ends(figure.clone(), role)];
    }
    let above = (!label.is_empty()).then(|| Line::new(label, Role::Dim));
    let below = wrap(figure, NARROWEST - 1, shell.dir()).into_iter();
    let below = below.map(|part| Line::new(SafeText::EMPTY, Role::Dim).ends(part, role));
    above.into_iter().chain(below).collect()
}

/// A sentence in as many lines as it needs.
fn wrapped(text: &SafeText, shell: &Shell) -> impl Iterator<Item = Line> {
    let lines = wrap(text, NARROWEST, shell.dir());
    lines.into_iter().map(|line| Line::new(line, Role::Dim))
}

fn figures(profile: &Known, shell: &Shell) -> Vec<Line> {
    let figures = &profile.figures;
    let row =
        |label: SafeText, value: SafeText| Line::new(label, Role::Dim).ends(value, Role::Text);
    let mut lines = Vec::new();
    let arithmetic = why::arithmetic(profile, shell);
    if let (true, Some(risk)) = (arithmetic.is_empty(), figures.risk) {
        let weeks = shell.settings().map_or(26, |s| s.horizon_weeks);
        let share = shell.percent(f64::from(risk));
        let value = shell.say_with(w::IN_WEEKS, &[("share", share.into()), ("n", weeks.into())]);
        lines.push(row(shell.say(w::LEAVE_CHANCE), value));
    }
    for (label, figure) in arithmetic {
        lines.extend(paired(label, &figure, Role::Text, shell));
    }
    if figures.risk.is_none() && figures.value.is_none() {
        lines.extend(wrapped(&shell.say(w::NO_MODEL), shell));
    }
    for reason in profile.reasons.iter().take(4) {
        let text = why::reason(reason, shell);
        for (i, part) in wrap(&text, NARROWEST, shell.dir()).into_iter().enumerate() {
            let sign = if i == 0 { "· " } else { "  " };
            lines.push(Line::new(safe![sign, part], Role::Text));
        }
    }
    lines.extend(contracts(profile, shell));
    let times = shell.say_with(w::TIMES, &[("n", figures.purchases.into())]);
    lines.push(row(
        safe![shell.say(w::SPENT), shell.say(w::COMMA), times],
        shell.whole(figures.spent),
    ));
    if figures.last.is_known() {
        lines.push(row(shell.say(c::LAST), shell.ago(figures.last)));
    }
    lines
}

fn pictures(profile: &Known, shell: &Shell) -> Vec<Line> {
    let mut lines = Vec::new();
    let label = |phrase| safe![shell.say(phrase), " "];
    if profile.months.iter().any(|m| *m > 0) {
        let values: Vec<f64> = profile.months.iter().map(|m| *m as f64).collect();
        let top = values.iter().copied().fold(0.0, f64::max);
        let mut line = Line::new(label(w::BUYS_SPARK), Role::Dim);
        line.picture = Some(Picture { values, top });
        lines.push(line);
        let n = profile.months.len();
        lines
            .push(Line::new(safe!["  ", shell.say_with(w::MONTHS, &[("n", n.into())])], Role::Dim));
    }
    if let (Some(first), Some(last)) = (profile.risk.first(), profile.risk.last()) {
        let (from, to) = (shell.percent(*first), shell.percent(*last));
        let mut line = Line::new(label(w::RISK_SPARK), Role::Dim);
        line.picture = Some(Picture { values: profile.risk.clone(), top: 1.0 });
        lines.push(line);
        let args = [("n", profile.risk.len().into()), ("from", from.into()), ("to", to.into())];
        lines.push(Line::new(safe!["  ", shell.say_with(w::MONTHS_AHEAD, &args)], Role::Dim));
    }
    lines
}

/// What to ask next.
fn ask(field: Field, shell: &Shell) -> SafeText {
    let what = shell.say(match field {
        Field::Text => w::ASK_NEEDS,
        Field::Other => w::ASK_TASTES,
        field => terms::field(field),
    });
    shell.say_with(w::ASK, &[("what", what.into())])
}

/// The head line, the most needed first.
pub fn head(profile: &Known, shell: &Shell) -> Vec<SafeText> {
    let figures = &profile.figures;
    let mut parts = Vec::new();
    if let Some(value) = figures.value {
        parts.push(shell.say_with(w::VALUE, &[("n", shell.whole(value).into())]));
    }
    let filled = shell.percent(profile.completeness);
    let filled = shell.say_with(w::FILLED, &[("n", filled.into())]);
    parts.push(match profile.missing.first() {
        Some(field) => {
            let arrow = if shell.dir() == Dir::Rtl { safe![" ◂ "] } else { safe![" ▸ "] };
            safe![filled, arrow, ask(*field, shell)]
        }
        None => filled,
    });
    if let Some(p) = figures.p_alive {
        parts.push(shell.say_with(w::ALIVE, &[("n", shell.percent(f64::from(p)).into())]));
    }
    if let Some(day) = figures.leave {
        let days = day.since(shell.today());
        let when = if days < 300 { shell.day_month(day) } else { shell.date(day) };
        parts.push(if days <= 0 {
            shell.say(w::COUNTS_AS_GONE)
        } else {
            shell.say_with(w::LEAVES, &[("when", when.into())])
        });
    }
    parts
}

/// The stage beside the name.
pub fn stage(customer: &Customer, shell: &Shell) -> SafeText {
    shell.say(terms::stage(customer.stage))
}
