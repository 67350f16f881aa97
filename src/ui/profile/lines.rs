//! What stands in the three regions, line by line. Knows nothing of widths: the canvas cuts.

use jiff::Timestamp;

use crate::desk::Profile as Known;
use crate::domain::{
    CaseState, Channel, Customer, Day, Direction, Fact, Field, Interaction, Line as Bought,
    Purchase, PurchaseKind, StageMove, Task, WinBack,
};
use crate::insight::lifecycle::Rule;
use crate::text::words::{customers as c, lifecycle as l, profile as w};
use crate::text::{SafeText, phone, safe, width, wrap};

use super::super::shell::Shell;
use super::super::terms;
use super::super::theme::Role;
use super::super::why;
use super::{Item, Profile, Region, Shown};

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
        Region::Timeline => timeline(profile, screen.shown, shell),
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

/// What happened, newest first, of both kinds.
fn timeline(profile: &Known, shown: Shown, shell: &Shell) -> Vec<Line> {
    let is_shown = |i: &Interaction| match shown {
        Shown::All => true,
        Shown::Talks => i.channel != Channel::Note,
        Shown::Notes => !i.note.is_empty(),
        Shown::Buys => false,
    };
    let talks = profile.interactions.iter().filter(|(i, _)| is_shown(i));
    let mut lines: Vec<(Day, Timestamp, Line)> = talks
        .map(|(i, agent)| {
            let day = shell.day_of(i.at);
            let line = talk(i, agent, profile, shell).is(Item::Interaction(i.id));
            (day, i.at, line)
        })
        .collect();
    if matches!(shown, Shown::All | Shown::Buys) {
        for p in &profile.purchases {
            let line = bought(p, profile, shell).is(Item::Purchase(p.id));
            lines.push((p.day, Timestamp::MIN, line));
        }
    }
    if matches!(shown, Shown::All) {
        for moved in &profile.moves {
            lines.push((shell.day_of(moved.at), moved.at, stage_move(moved, shell)));
        }
    }
    lines.sort_by_key(|(day, at, _)| std::cmp::Reverse((*day, *at)));
    lines.into_iter().map(|(.., line)| line).collect()
}

/// The day in a column of its own: `today`, `12 d`, `6 mo`.
fn day_column(day: Day, shell: &Shell) -> SafeText {
    match shell.today().since(day) {
        0 => shell.say(crate::text::words::frame::TODAY_DAY),
        ..0 => shell.ahead(day),
        _ => shell.ago(day),
    }
}

/// What was offered and said, and how satisfied the customer is.
fn wrap_up(i: &Interaction, profile: &Known, shell: &Shell) -> Vec<SafeText> {
    let mut parts = Vec::new();
    if let Some(made) = &i.wrap_up.offer {
        let name = profile.offered.iter().find(|(id, _)| *id == made.offer);
        let name = name.map_or_else(|| safe!["–"], |(_, name)| clean(name).isolate());
        let answer = shell.say(terms::answer(made.answer));
        let args = [("offer", name.into()), ("answer", answer.into())];
        parts.push(shell.say_with(w::OFFERED, &args));
        if !made.reason.is_empty() {
            parts.push(shell.say_with(w::QUOTED, &[("text", clean(&made.reason).into())]));
        }
    }
    if let Some(n) = i.wrap_up.satisfaction {
        parts.push(shell.say_with(w::SAYS, &[("n", usize::from(n).into())]));
    }
    if let Some(n) = i.wrap_up.recommend {
        parts.push(shell.say_with(w::RECOMMENDS, &[("n", usize::from(n).into())]));
    }
    parts
}

fn talk(i: &Interaction, agent: &str, profile: &Known, shell: &Shell) -> Line {
    let mut line = Line::new(day_column(shell.day_of(i.at), shell), Role::Dim);
    line = line.and(shell.say(terms::channel(i.channel)), Role::Dim);
    if i.direction == Direction::Inbound {
        line = line.and(safe![shell.say(w::INBOUND), shell.say(w::COMMA)], Role::Dim);
    }
    if !i.outcome.is_empty() {
        line = line.and(safe![shell.outcome(&i.outcome), " "], Role::Text);
    }
    if let Some(first) = i.note.lines().find(|l| !l.trim().is_empty()) {
        let quoted = shell.say_with(w::QUOTED, &[("text", clean(first).into())]);
        line = line.and(quoted, Role::Text);
    }
    for part in wrap_up(i, profile, shell) {
        line = line.and(safe![" · ", part], Role::Text);
    }
    line.ends(clean(agent), Role::Dim)
}

/// A move to another stage, and why.
fn stage_move(moved: &StageMove, shell: &Shell) -> Line {
    let stage = |stage| shell.say(terms::stage(stage)).into();
    let words = shell.say_with(l::MOVED, &[("from", stage(moved.from)), ("to", stage(moved.to))]);
    let why = match Rule::parse(&moved.rule) {
        Some(rule) => shell.say(terms::rule(rule)),
        None if moved.reason.is_empty() => shell.say(l::BY_HAND),
        None => shell.say_with(w::QUOTED, &[("text", clean(&moved.reason).into())]),
    };
    Line::new(day_column(shell.day_of(moved.at), shell), Role::Dim)
        .and(safe![words, "  "], Role::Accent)
        .and(why, Role::Dim)
}

/// How far it is with having the customer back.
fn win_back(found: &WinBack, shell: &Shell) -> Line {
    let args = [
        ("state", shell.say(terms::win_back(found.state)).into()),
        ("when", day_column(found.since, shell).into()),
        ("cost", shell.whole(found.cost).into()),
    ];
    Line::new(shell.say_with(l::WIN_BACK, &args), Role::Warning)
}

fn product_name(line: &Bought, profile: &Known) -> Option<SafeText> {
    let id = line.product?;
    profile.products.iter().find(|p| p.id == id).map(|p| clean(&p.name).isolate())
}

fn bought(p: &Purchase, profile: &Known, shell: &Shell) -> Line {
    let amount = shell.whole(if p.kind == PurchaseKind::Sale { p.amount() } else { -p.amount() });
    let names: Vec<SafeText> =
        p.lines.iter().filter_map(|l| product_name(l, profile)).take(4).collect();
    let role = if p.kind == PurchaseKind::Sale { Role::Good } else { Role::Warning };
    Line::new(day_column(p.day, shell), Role::Dim)
        .and(shell.say(terms::purchase(p.kind)), role)
        .and(safe![amount, "  "], Role::Strong)
        .and(SafeText::join(&names, &shell.say(w::COMMA)), Role::Text)
}

/// A task as the title of what is read.
pub fn task_title(task: &Task, shell: &Shell) -> SafeText {
    safe![shell.say(terms::task(task.kind)), " ", shell.when(task.due)]
}

fn next(profile: &Known, shell: &Shell) -> Vec<Line> {
    let mut lines: Vec<Line> = profile.win_back.iter().map(|w| win_back(w, shell)).collect();
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
    if let Some(field) = profile.missing.first() {
        let what = shell.say(match field {
            Field::Text => w::ASK_NEEDS,
            Field::Other => w::ASK_TASTES,
            field => terms::field(*field),
        });
        lines.push(Line::blank());
        lines.push(Line::new(shell.say_with(w::ASK, &[("what", what.into())]), Role::Accent));
    }
    lines
}

/// The offer to make, with what speaks for it.
fn offers(profile: &Known, shell: &Shell) -> Vec<Line> {
    let Some(best) = profile.propositions.first() else { return Vec::new() };
    let mut lines = Vec::new();
    for (label, figure) in why::proposition(best, shell) {
        let role = if lines.is_empty() { Role::Accent } else { Role::Text };
        if width(&label) + width(&figure) + 2 > NARROWEST && !label.is_empty() {
            lines.push(Line::new(label, Role::Dim));
            lines.push(Line::new(SafeText::EMPTY, Role::Dim).ends(figure, role));
        } else {
            lines.push(Line::new(label, Role::Dim).ends(figure, role));
        }
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
        // Where both have no room in one line, the figure goes below.
        if width(&label) + width(&figure) + 2 > NARROWEST {
            lines.push(Line::new(label, Role::Dim));
            lines.push(row(SafeText::EMPTY, figure));
        } else {
            lines.push(row(label, figure));
        }
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

/// Contracts, and what the models say of the one most likely to end.
fn contracts(profile: &Known, shell: &Shell) -> Vec<Line> {
    let mut lines = Vec::new();
    for (at, s) in profile.subscriptions.iter().enumerate() {
        let product = profile.products.iter().find(|p| Some(p.id) == s.product);
        let what = product.map_or_else(|| safe!["–"], |p| clean(&p.name));
        let term = shell.say(terms::subscription_term(s.term));
        let args = [("what", what.into()), ("term", term.into())];
        let line = Line::new(shell.say_with(w::CONTRACT, &args), Role::Text).is(Item::Contract(at));
        lines.push(line.ends(shell.whole(s.amount), Role::Text));
        if let Some(end) = s.end {
            let label = Line::new(safe!["  ", shell.say(w::CONTRACT_ENDED)], Role::Dim);
            lines.push(label.ends(shell.date(end), Role::Dim));
        }
    }
    let Some(outlook) = &profile.outlook else { return lines };
    let share = shell.percent(outlook.chance);
    let args = [("share", share.into()), ("n", outlook.horizon_weeks.into())];
    let role = if outlook.chance >= 0.5 { Role::Warning } else { Role::Text };
    let label = Line::new(shell.say(w::CONTRACT_CHANCE), Role::Dim);
    lines.push(label.ends(shell.say_with(w::IN_WEEKS, &args), role));
    if let Some(day) = outlook.ends {
        let label = Line::new(shell.say(w::CONTRACT_ENDS), Role::Dim);
        lines.push(label.ends(shell.date(day), Role::Text));
    }
    for pull in &outlook.reasons {
        let phrase = if pull.pull > 0.0 { w::PULL_UP } else { w::PULL_DOWN };
        let args = [
            ("name", trait_name(&pull.name, shell).into()),
            ("value", trait_value(&pull.name, &pull.value, profile, shell).into()),
        ];
        lines.push(Line::new(shell.say_with(phrase, &args), Role::Text));
    }
    lines
}

/// The name of a trait: a field's, or as the customer's own field is called.
fn trait_name(name: &str, shell: &Shell) -> SafeText {
    match (name, Field::parse(name)) {
        ("tenure", _) => shell.say(w::TENURE),
        ("age", _) => shell.say(w::AGE),
        (_, Some(field)) => shell.say(terms::field(field)),
        (_, None) => clean(name),
    }
}

/// Its value: a word of the business where it is one.
fn trait_value(name: &str, value: &str, profile: &Known, shell: &Shell) -> SafeText {
    use crate::domain::{CustomerKind, Gender, Term};
    if let Some(number) = value.parse::<u64>().ok().filter(|_| name != "product") {
        let minor = shell.currency().minor_per_major();
        return match name {
            "amount" => shell.money((number as i64).saturating_mul(minor)),
            _ => crate::text::ungrouped(number, shell.lang()),
        };
    }
    if let Some(product) = profile.products.iter().find(|p| name == "product" && p.sku == value) {
        return clean(&product.name).isolate();
    }
    let term = Term::parse(value).map(terms::subscription_term);
    let gender = || Gender::parse(value).map(terms::gender);
    let kind = || CustomerKind::parse(value).map(terms::kind);
    match term.or_else(gender).or_else(kind) {
        Some(phrase) => shell.say(phrase),
        None => match value {
            "yes" => shell.say(crate::text::words::commands::YES),
            "no" => shell.say(crate::text::words::commands::NO),
            _ => clean(value),
        },
    }
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

/// An interaction to be read whole.
pub fn interaction_in_full(
    i: &Interaction,
    agent: &str,
    profile: &Known,
    shell: &Shell,
) -> (SafeText, Vec<SafeText>) {
    let what = safe![shell.say(terms::channel(i.channel)), " ", shell.outcome(&i.outcome)];
    let when = safe![shell.date(shell.day_of(i.at)), " ", shell.clock(i.at)];
    let by = shell.say_with(w::BY, &[("when", when.into()), ("who", clean(agent).into())]);
    let mut lines = vec![by];
    lines.extend(wrap_up(i, profile, shell));
    lines.extend(SafeText::clean_lines(&i.note).iter().map(SafeText::isolate));
    (what, lines)
}

/// A purchase to be read whole.
pub fn purchase_in_full(p: &Purchase, profile: &Known, shell: &Shell) -> (SafeText, Vec<SafeText>) {
    let title = safe![
        shell.say(terms::purchase(p.kind)),
        " ",
        shell.date(p.day),
        "  ",
        shell.money(p.amount()),
        " ",
        clean(p.currency.code())
    ];
    let lines = p.lines.iter().map(|line| {
        let what = product_name(line, profile).unwrap_or_else(|| safe!["–"]);
        let quantity = crate::text::decimal(line.quantity as f64 / 1000.0, 0, shell.lang());
        let what = safe![quantity, " × ", what];
        let amount = shell.money(line.amount);
        shell.say_with(w::LINE, &[("what", what.into()), ("amount", amount.into())])
    });
    (title, lines.collect())
}

/// The head line, the most needed first.
pub fn head(profile: &Known, shell: &Shell) -> Vec<SafeText> {
    let figures = &profile.figures;
    let mut parts = Vec::new();
    if let Some(value) = figures.value {
        parts.push(shell.say_with(w::VALUE, &[("n", shell.whole(value).into())]));
    }
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
    let filled = shell.percent(profile.completeness);
    parts.push(shell.say_with(w::FILLED, &[("n", filled.into())]));
    parts
}

/// The stage beside the name.
pub fn stage(customer: &Customer, shell: &Shell) -> SafeText {
    shell.say(terms::stage(customer.stage))
}
