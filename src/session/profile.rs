//! What the terminal at the other end does with right-to-left text, told from what it answers when
//! asked: never from the environment, which says what was started, not what is looked at.
//!
//! What each of them does was measured (reference/persian/terminals.tsv); the numbers of secondary
//! device attributes are those that vim's `term.c` tells the same terminals by, and that xterm 379,
//! pterm 0.78, mlterm 3.9.0, kitty 0.26.5, Konsole 22.12.3, VTE 0.70.6 and tmux 3.3a were seen to give.

use crate::domain::BidiKind;
use crate::text::Bidi;

/// A kind of terminal, as far as right-to-left text is concerned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// Leaves cells where they are: xterm, Alacritty, foot, urxvt, and whoever does not answer.
    #[default]
    Plain,
    /// Leaves them where they are once told by `CSI 8 l`: VTE.
    Heeds,
    Konsole,
    Mlterm,
    /// Turns every run between blanks round: kitty without `force_ltr`, which cannot be asked.
    Kitty,
    /// Orders whole lines and knows no word against it: PuTTY, Terminal.app.
    Orders,
    /// Stands between the program and a terminal that cannot be asked: tmux.
    Tmux,
}

/// How the answer to XTVERSION begins.
const VERSIONS: &[(&str, Profile)] = &[
    ("Konsole", Profile::Konsole),
    ("mlterm", Profile::Mlterm),
    ("kitty", Profile::Kitty),
    ("VTE", Profile::Heeds),
    ("tmux", Profile::Tmux),
];

/// Secondary device attributes, all three.
const DEVICES: &[([u32; 3], Profile)] = &[
    ([0, 136, 0], Profile::Orders),  // PuTTY, pterm
    ([1, 95, 0], Profile::Orders),   // Terminal.app
    ([0, 115, 0], Profile::Konsole), // versions that have no XTVERSION
    ([24, 279, 0], Profile::Mlterm), // 3.9.0; xterm 279 as a VT240 says the same and does not mind
];

impl Profile {
    /// By its name and version in its own words.
    pub fn of_version(version: &str) -> Option<Self> {
        VERSIONS.iter().find(|(name, _)| version.starts_with(name)).map(|(_, profile)| *profile)
    }

    /// By its secondary device attributes.
    pub fn of_device(device: [u32; 3]) -> Option<Self> {
        DEVICES.iter().find(|(known, _)| *known == device).map(|(_, profile)| *profile)
    }

    /// By what became of mode 8 after it was reset: 1 set, 2 reset, 3 set for ever (DECRPM).
    pub fn of_mode_8(setting: u8) -> Option<Self> {
        match setting {
            2 | 4 => Some(Self::Heeds),
            1 | 3 => Some(Self::Orders),
            _ => None,
        }
    }

    /// What makes it leave cells where they are beyond `CSI 8 l`, and what takes that back.
    pub const fn words(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Konsole => Some((
                "\x1b]50;BidiRenderingEnabled=false\x07",
                "\x1b]50;BidiRenderingEnabled=true\x07",
            )),
            Self::Mlterm => Some((
                "\x1b]5379;use_bidi=false\x07\x1b]5379;use_ctl=false\x07",
                "\x1b]5379;use_ctl=true\x07\x1b]5379;use_bidi=true\x07",
            )),
            // Passed on to the terminal around it, which is told nothing that others than VTE heed;
            // dropped where `allow-passthrough` is off.
            Self::Tmux => Some(("\x1bPtmux;\x1b\x1b[8l\x1b\\", "\x1bPtmux;\x1b\x1b[8h\x1b\\")),
            Self::Plain | Self::Heeds | Self::Kitty | Self::Orders => None,
        }
    }

    /// How text reaches it when somebody wishes so.
    pub const fn bidi(self, wish: BidiKind) -> Bidi {
        match (wish, self) {
            (BidiKind::Auto, Self::Kitty) => Bidi::Kitty,
            (BidiKind::Auto, Self::Orders) | (BidiKind::Terminal, _) => Bidi::Terminal,
            (BidiKind::Auto | BidiKind::App, _) => Bidi::App,
            (BidiKind::Off, _) => Bidi::Off,
        }
    }
}

/// True when the program orders, so that the terminal must not.
pub const fn is_ours(wish: BidiKind) -> bool {
    matches!(wish, BidiKind::Auto | BidiKind::App)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_terminal_of_the_table_by_its_answers() {
        // Name and version, secondary attributes, mode 8 after its reset; as measured.
        for (terminal, version, device, mode, expected, bidi) in [
            ("xterm 379", "XTerm(379)", [41, 379, 0], 0, Profile::Plain, Bidi::App),
            ("Alacritty", "", [0, 1100, 1], 0, Profile::Plain, Bidi::App),
            ("foot", "foot(1.13.1)", [1, 11301, 0], 0, Profile::Plain, Bidi::App),
            ("urxvt", "", [85, 95, 0], 0, Profile::Plain, Bidi::App),
            ("iTerm2", "iTerm2 3.5", [0, 95, 0], 0, Profile::Plain, Bidi::App),
            ("silence", "", [0, 0, 0], 0, Profile::Plain, Bidi::App),
            ("VTE that has a name", "VTE(7006)", [65, 7006, 1], 0, Profile::Heeds, Bidi::App),
            ("VTE", "", [65, 7006, 1], 2, Profile::Heeds, Bidi::App),
            ("Konsole", "Konsole 22.12.3", [1, 115, 0], 0, Profile::Konsole, Bidi::App),
            ("old Konsole", "", [0, 115, 0], 0, Profile::Konsole, Bidi::App),
            ("mlterm", "", [24, 279, 0], 0, Profile::Mlterm, Bidi::App),
            ("kitty", "kitty(0.26.5)", [1, 4000, 26], 0, Profile::Kitty, Bidi::Kitty),
            ("tmux", "tmux 3.3a", [84, 0, 0], 0, Profile::Tmux, Bidi::App),
            ("PuTTY", "", [0, 136, 0], 0, Profile::Orders, Bidi::Terminal),
            ("Terminal.app", "", [1, 95, 0], 0, Profile::Orders, Bidi::Terminal),
            ("one that does not obey", "", [0, 0, 0], 3, Profile::Orders, Bidi::Terminal),
        ] {
            let found = Profile::of_version(version)
                .or_else(|| Profile::of_device(device))
                .or_else(|| Profile::of_mode_8(mode))
                .unwrap_or_default();
            assert_eq!(found, expected, "{terminal}");
            assert_eq!(found.bidi(BidiKind::Auto), bidi, "{terminal}");
            // A person's word goes before it.
            assert_eq!(found.bidi(BidiKind::App), Bidi::App);
            assert_eq!(found.bidi(BidiKind::Terminal), Bidi::Terminal);
            assert_eq!(found.bidi(BidiKind::Off), Bidi::Off);
        }
    }
}
