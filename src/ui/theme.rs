//! Roles and their looks. A role never relies on colour alone: each look differs from plain text in
//! weight or line, or stands beside a sign or a word.

use ratatui::style::{Color, Modifier, Style};

use crate::domain::ThemeKind;

/// What a piece of the screen is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Plain text.
    Text,
    /// Can wait.
    Dim,
    /// The one accent: where you are.
    Accent,
    /// Names and headings.
    Strong,
    /// Needs care.
    Warning,
    /// Late.
    Overdue,
    /// Went well.
    Good,
    /// The row under the cursor.
    Selected,
    /// The row under the cursor of a region that has not the focus.
    Cursor,
    /// Letters that match the search.
    Match,
    /// A field to write in.
    Field,
    /// The field that takes the keys.
    Focus,
    /// The cell the next letter goes to.
    Caret,
    /// A key in a hint.
    Key,
    /// Lines between regions.
    Rule,
    /// The filled part of a bar.
    Bar,
    /// A cell of a heat map: 0 is nothing, 4 the most.
    Heat(u8),
    /// What is wrong.
    Error,
}

/// The looks of all roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    kind: ThemeKind,
}

/// The few colours of a theme.
struct Palette {
    dim: Color,
    accent: Color,
    warning: Color,
    late: Color,
    good: Color,
    selected: Color,
    cursor: Color,
    field: Color,
    focus: Color,
    rule: Color,
    /// Ground and letters of a heat map's cells.
    heat: [(Color, Color); 5],
}

const DARK: Palette = Palette {
    dim: Color::Indexed(245),
    accent: Color::Indexed(80),
    warning: Color::Indexed(215),
    late: Color::Indexed(203),
    good: Color::Indexed(114),
    selected: Color::Indexed(237),
    cursor: Color::Indexed(235),
    field: Color::Indexed(235),
    focus: Color::Indexed(238),
    rule: Color::Indexed(239),
    heat: [
        (Color::Indexed(235), Color::Indexed(245)),
        (Color::Indexed(23), Color::Indexed(252)),
        (Color::Indexed(29), Color::Indexed(255)),
        (Color::Indexed(37), Color::Indexed(16)),
        (Color::Indexed(80), Color::Indexed(16)),
    ],
};

const LIGHT: Palette = Palette {
    dim: Color::Indexed(242),
    accent: Color::Indexed(24),
    warning: Color::Indexed(130),
    late: Color::Indexed(124),
    good: Color::Indexed(28),
    selected: Color::Indexed(253),
    cursor: Color::Indexed(255),
    field: Color::Indexed(255),
    focus: Color::Indexed(252),
    rule: Color::Indexed(250),
    heat: [
        (Color::Indexed(255), Color::Indexed(242)),
        (Color::Indexed(152), Color::Indexed(16)),
        (Color::Indexed(73), Color::Indexed(16)),
        (Color::Indexed(30), Color::Indexed(255)),
        (Color::Indexed(24), Color::Indexed(255)),
    ],
};

impl Theme {
    pub const fn new(kind: ThemeKind) -> Self {
        Self { kind }
    }

    /// Heat maps have grounds of many shades; elsewhere block signs stand for them.
    pub const fn has_shades(self) -> bool {
        matches!(self.kind, ThemeKind::Dark | ThemeKind::Light)
    }

    /// The look of a role, to be laid over what is there.
    pub fn style(self, role: Role) -> Style {
        match self.kind {
            ThemeKind::Dark => coloured(&DARK, role),
            ThemeKind::Light => coloured(&LIGHT, role),
            ThemeKind::Ansi => ansi(role),
            ThemeKind::Mono => mono(role),
        }
    }
}

fn coloured(p: &Palette, role: Role) -> Style {
    let plain = Style::new();
    match role {
        Role::Text => plain,
        Role::Dim => plain.fg(p.dim),
        Role::Accent => plain.fg(p.accent).add_modifier(Modifier::BOLD),
        Role::Strong => plain.add_modifier(Modifier::BOLD),
        Role::Warning => plain.fg(p.warning),
        Role::Overdue => plain.fg(p.late).add_modifier(Modifier::BOLD),
        Role::Good => plain.fg(p.good),
        Role::Selected => plain.bg(p.selected),
        Role::Cursor => plain.bg(p.cursor),
        Role::Match => plain.fg(p.accent).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        Role::Field => plain.bg(p.field),
        Role::Focus => plain.bg(p.focus),
        Role::Caret => plain.add_modifier(Modifier::REVERSED),
        Role::Key => plain.fg(p.accent),
        Role::Rule => plain.fg(p.rule),
        Role::Bar => plain.fg(p.accent),
        Role::Error => plain.fg(p.late),
        Role::Heat(level) => {
            let (ground, letters) = p.heat[usize::from(level.min(4))];
            plain.bg(ground).fg(letters)
        }
    }
}

fn ansi(role: Role) -> Style {
    let plain = Style::new();
    match role {
        Role::Text => plain,
        Role::Dim | Role::Rule => plain.add_modifier(Modifier::DIM),
        Role::Accent => plain.fg(Color::Cyan).add_modifier(Modifier::BOLD),
        Role::Strong => plain.add_modifier(Modifier::BOLD),
        Role::Warning => plain.fg(Color::Yellow),
        Role::Overdue => plain.fg(Color::Red).add_modifier(Modifier::BOLD),
        Role::Good => plain.fg(Color::Green),
        Role::Selected | Role::Caret => plain.add_modifier(Modifier::REVERSED),
        Role::Cursor | Role::Field => plain.add_modifier(Modifier::UNDERLINED),
        Role::Match => plain.fg(Color::Cyan).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        Role::Focus => plain.add_modifier(Modifier::UNDERLINED | Modifier::BOLD),
        Role::Key | Role::Bar => plain.fg(Color::Cyan),
        Role::Error => plain.fg(Color::Red),
        Role::Heat(_) => plain,
    }
}

fn mono(role: Role) -> Style {
    let plain = Style::new();
    match role {
        Role::Text | Role::Dim | Role::Rule | Role::Bar | Role::Good | Role::Heat(_) => plain,
        Role::Accent => plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        Role::Strong | Role::Key | Role::Warning | Role::Error => {
            plain.add_modifier(Modifier::BOLD)
        }
        Role::Overdue | Role::Match => plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        Role::Selected | Role::Caret => plain.add_modifier(Modifier::REVERSED),
        Role::Cursor | Role::Field => plain.add_modifier(Modifier::UNDERLINED),
        Role::Focus => plain.add_modifier(Modifier::UNDERLINED | Modifier::BOLD),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_colour_no_role_has_one() {
        for role in [Role::Dim, Role::Accent, Role::Overdue, Role::Selected, Role::Match] {
            let style = Theme::new(ThemeKind::Mono).style(role);
            assert_eq!((style.fg, style.bg), (None, None), "{role:?}");
        }
    }

    #[test]
    fn what_must_be_seen_differs_without_colour() {
        for kind in ThemeKind::ALL {
            for role in [Role::Accent, Role::Overdue, Role::Match, Role::Caret] {
                let style = Theme::new(*kind).style(role);
                assert!(!style.add_modifier.is_empty(), "{kind} {role:?}");
            }
        }
    }
}
