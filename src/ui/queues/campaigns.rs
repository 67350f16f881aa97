//! The campaigns on the screen of queues: their row of tabs, what is said of the one that is open, and
//! who of its segment is not called now.

use crate::desk::tell::campaign as told;
use crate::desk::{CampaignRow, CampaignTab, QueuePage, QueueRow};
use crate::domain::CampaignId;
use crate::text::words::campaigns as w;
use crate::text::{SafeText, safe, width};

use super::super::canvas::{Area, Canvas};
use super::super::shell::Shell;
use super::super::terms;
use super::super::theme::Role;
use super::Queues;

/// Cells a name may take in the tabs.
const NAME: usize = 20;
/// Cells between tabs.
const GAP: usize = 2;
/// Cells kept for how many more there are at an end.
const MORE: usize = 5;

/// A tab and where it stands.
struct Placed<'a> {
    tab: &'a CampaignTab,
    x: u16,
    name: u16,
    count: SafeText,
}

/// The tabs that have room, from one on such that the open one is among them; how many there are before
/// and after.
fn placed<'a>(
    screen: &'a Queues,
    area: Area,
    shell: &Shell,
) -> (SafeText, usize, Vec<Placed<'a>>, usize) {
    let label = safe![shell.say(w::TABS), "  "];
    let Some(page) = &screen.page else { return (label, 0, Vec::new(), 0) };
    let all = &page.campaigns;
    let sized: Vec<(usize, SafeText)> = all
        .iter()
        .map(|tab| {
            let name = width(&SafeText::clean(&tab.name)).min(NAME);
            (name, shell.number(tab.ready))
        })
        .collect();
    let wide = |at: usize| sized.get(at).map_or(0, |(name, n)| name + 1 + width(n) + GAP);
    let room = usize::from(area.width).saturating_sub(width(&label) + 2 * MORE + 1);
    let open = all.iter().position(|tab| Some(tab.id) == screen.campaign).unwrap_or(0);
    let mut first = 0;
    while first < open && (first..=open).map(wide).sum::<usize>() > room {
        first += 1;
    }
    let mut x = 1 + width(&label) + if first > 0 { MORE } else { 0 };
    let end = usize::from(area.width).saturating_sub(MORE);
    let mut tabs = Vec::new();
    for (tab, (name, count)) in all.iter().zip(&sized).skip(first) {
        if x + name + 1 + width(count) > end && !tabs.is_empty() {
            break;
        }
        let name = *name as u16;
        tabs.push(Placed { tab, x: area.x + x as u16, name, count: count.clone() });
        x += usize::from(name) + 1 + width(count) + GAP;
    }
    let after = all.len() - first - tabs.len();
    (label, first, tabs, after)
}

/// Draws the row of tabs.
pub fn tabs(screen: &Queues, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    if area.is_empty() {
        return;
    }
    let (label, before, tabs, after) = placed(screen, area, shell);
    let x = area.x + 1;
    let used = canvas.put((x, area.y), area.width.saturating_sub(1), &label, Role::Dim);
    if before > 0 {
        let text = safe!["‹ ", shell.number(before)];
        canvas.put((x + used, area.y), MORE as u16, &text, Role::Dim);
    }
    for tab in tabs {
        let role = if Some(tab.tab.id) == screen.campaign { Role::Accent } else { Role::Dim };
        let name = SafeText::clean(&tab.tab.name);
        canvas.put((tab.x, area.y), tab.name, &name, role);
        let left = (area.x + area.width).saturating_sub(tab.x + tab.name + 1);
        canvas.put((tab.x + tab.name + 1, area.y), left, &tab.count, role);
    }
    if after > 0 {
        let text = safe![shell.number(after), " ›"];
        canvas.put_end((area.x, area.y), area.width.saturating_sub(1), &text, Role::Dim);
    }
}

/// The campaign whose tab is at a column.
pub fn tab_at(screen: &Queues, area: Area, x: u16, shell: &Shell) -> Option<CampaignId> {
    let (_, _, tabs, _) = placed(screen, area, shell);
    let hit =
        |tab: &Placed<'_>| (tab.x..tab.x + tab.name + 1 + width(&tab.count) as u16).contains(&x);
    tabs.iter().find(|tab| hit(tab)).map(|tab| tab.tab.id)
}

/// Why there is nobody to call now.
pub fn empty(row: &CampaignRow, shell: &Shell) -> SafeText {
    let name = SafeText::clean(&row.campaign.name);
    if row.preparing {
        return shell.say(w::PREPARING);
    }
    if let Some(ban) = row.stopped.first() {
        let why = told::ban(*ban, shell.lang());
        return shell.say_with(w::STOPPED, &[("name", name.into()), ("why", why.into())]);
    }
    match row.opens {
        Some(at) => {
            let args = [("name", name.into()), ("at", shell.when(at).into())];
            shell.say_with(w::OPENS, &args)
        }
        None => shell.say_with(w::NOBODY, &[("name", name.into())]),
    }
}

/// Who of the segment is not called now: as many reasons as there is room for, the commonest first.
pub fn left_out(page: &QueuePage, room: usize, shell: &Shell) -> SafeText {
    let Some(row) = &page.campaign else { return SafeText::EMPTY };
    let mut held = row.held.clone();
    held.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let mut list: Vec<SafeText> = held
        .iter()
        .map(|(hold, n)| shell.say_with(terms::hold(*hold), &[("n", (*n).into())]))
        .collect();
    let said = |list: &[SafeText]| {
        let list = SafeText::join(list, &safe![" · "]);
        shell.say_with(w::NOT_NOW, &[("list", list.into())])
    };
    while list.len() > 1 && width(&said(&list)) > room {
        list.pop();
    }
    if list.is_empty() { shell.say(w::ALL_READY) } else { said(&list) }
}

/// What the detail says of the campaign and of what it has tried: labels and values.
pub fn about(row: &CampaignRow, tried: &QueueRow, shell: &Shell) -> Vec<(SafeText, SafeText)> {
    let c = &row.campaign;
    let mut lines = Vec::new();
    if !row.script.is_empty() {
        lines.push((shell.say(w::SCRIPT), SafeText::clean(&row.script).isolate()));
    }
    let hours = [("from", u64::from(c.calls_from)), ("to", u64::from(c.calls_to))];
    let hours = hours.map(|(name, n)| (name, shell.number(n as usize).into()));
    lines.push((shell.say(w::CALLS), shell.say_with(w::HOURS, &hours)));
    if let Some(tried) = &tried.tried {
        let n = [("n", tried.attempts.into()), ("of", usize::from(c.attempts).into())];
        lines.push((shell.say(w::TRIED), shell.say_with(w::TRIED_OF, &n)));
        if let Some((at, outcome)) = &tried.last {
            let outcome = outcome.as_ref().map_or("", |o| o.code.as_str());
            let ago = shell.ago(shell.day_of(*at));
            lines.push((
                shell.say(w::LAST_CALL),
                safe![shell.outcome(outcome).isolate(), " · ", ago],
            ));
        }
    }
    if c.budget > 0 {
        let args = [
            ("spent", shell.short_money(row.spent).into()),
            ("of", shell.short_money(c.budget).into()),
        ];
        lines.push((shell.say(w::BUDGET), shell.say_with(w::SPENT_OF, &args)));
    }
    lines
}

/// How often one was tried, for the list.
pub fn tried(row: &QueueRow, screen: &Queues, shell: &Shell) -> SafeText {
    let campaign = screen.page.as_ref().and_then(|page| page.campaign.as_ref());
    let (Some(tried), Some(campaign)) = (&row.tried, campaign) else { return SafeText::EMPTY };
    let of = usize::from(campaign.campaign.attempts);
    safe![shell.number(tried.attempts), "/", shell.number(of)]
}
