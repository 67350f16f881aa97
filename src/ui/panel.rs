//! Where panels lie and what they have in common: a rule with a title, then their own rows.

use crate::text::SafeText;

use super::canvas::{Area, Canvas};
use super::theme::Role;

/// A panel at the foot of the body, so that what it is about stays in sight; answers its inside.
pub fn foot(canvas: &mut Canvas<'_>, body: Area, rows: u16, title: &SafeText) -> Area {
    let (_, area) = body.split_foot(rows.saturating_add(1).min(body.height));
    framed(canvas, area, title)
}

/// A panel over most of the body; answers its inside.
pub fn whole(canvas: &mut Canvas<'_>, body: Area, title: &SafeText) -> Area {
    let keep = if body.height > 12 { 2 } else { 0 };
    let (_, area) = body.split_top(keep);
    framed(canvas, area, title)
}

fn framed(canvas: &mut Canvas<'_>, area: Area, title: &SafeText) -> Area {
    canvas.clear(area);
    let (head, inside) = area.split_top(1);
    // With one row only, the row is for what is typed.
    if inside.is_empty() {
        return area;
    }
    canvas.rule((head.x, head.y), head.width);
    let room = head.width.saturating_sub(4);
    let text = crate::text::safe![" ", title, " "];
    let wide = (crate::text::width(&text) as u16).min(room);
    // Cleared first, so that the words do not take the look of the rule.
    canvas.clear(Area { x: head.x + 1.min(head.width), width: wide, ..head });
    canvas.put((head.x + 1.min(head.width), head.y), room, &text, Role::Strong);
    inside.inset(1)
}
