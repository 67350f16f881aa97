//! How well a row matches: a tier, and within it a place. Small is good.

/// No match.
pub(super) const NONE: u16 = u16::MAX;

/// Ranks there are below [`NONE`].
pub(super) const RANKS: usize = 8 * 256;

/// The tiers, the best first.
#[derive(Clone, Copy)]
pub(super) enum Tier {
    /// The id, the external id, or the last digits of a phone.
    Exact,
    /// The beginning of a word of a name.
    Prefix,
    /// The inside of a word of a name.
    Inside,
    /// A part of an e-mail address, external id or phone.
    Contact,
    /// As if typed on the other keyboard layout.
    Swapped,
    /// The letters in order, with others between.
    Fuzzy,
    /// The same sounds in the other script.
    Skeleton,
    /// The letters in order across words.
    Across,
}

/// A rank.
pub(super) const fn rank(tier: Tier, place: usize) -> u16 {
    let place = if place > 255 { 255 } else { place as u16 };
    (tier as u16) << 8 | place
}

/// The rank of a match that is made of two.
pub(super) const fn both(a: u16, b: u16) -> u16 {
    if a == NONE || b == NONE {
        return NONE;
    }
    let tier = if a > b { a & 0xff00 } else { b & 0xff00 };
    let place = (a & 0xff) + (b & 0xff);
    tier | if place > 255 { 255 } else { place }
}

/// The tier moved, the place a sign of the old rank.
pub(super) const fn moved(to: Tier, from: u16) -> u16 {
    if from == NONE {
        return NONE;
    }
    rank(to, (from >> 8) as usize * 64 + (from & 0xff) as usize / 4)
}
