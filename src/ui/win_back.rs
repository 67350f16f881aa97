//! How far it is with having a customer back: the state and since when, what it has cost, what came of it.

use crate::desk::Profile;
use crate::domain::{Purchase, PurchaseKind, WinBackState};
use crate::text::SafeText;
use crate::text::words::frame::TODAY_DAY;
use crate::text::words::{lifecycle as l, profile as w};

use super::shell::Shell;
use super::terms;
use super::theme::Role;

/// The lines that tell it; none where nothing was to be tried.
pub fn told(p: &Profile, shell: &Shell) -> Vec<(SafeText, Role)> {
    let Some(found) = &p.win_back else { return Vec::new() };
    let when = match shell.today().since(found.since) {
        0 => shell.say(TODAY_DAY),
        ..0 => shell.ahead(found.since),
        _ => shell.ago(found.since),
    };
    let args = [
        ("state", shell.say(terms::win_back(found.state)).into()),
        ("when", when.into()),
        ("cost", shell.whole(found.cost).into()),
    ];
    let role = match found.state {
        WinBackState::Left | WinBackState::Contacted => Role::Warning,
        WinBackState::Returned => Role::Good,
        WinBackState::Closed => Role::Dim,
    };
    let mut lines = vec![(shell.say_with(l::WIN_BACK, &args), role)];
    if found.state == WinBackState::Returned {
        let sales = p.purchases.iter().filter(|p| p.kind == PurchaseKind::Sale);
        let since = sales.filter(|p| p.day >= found.since).map(Purchase::amount).sum();
        lines.push((shell.say_with(l::BROUGHT, &[("sum", shell.whole(since).into())]), Role::Good));
    }
    if !found.note.is_empty() {
        let note = SafeText::clean(&found.note);
        lines.push((shell.say_with(w::QUOTED, &[("text", note.into())]), Role::Dim));
    }
    lines
}
