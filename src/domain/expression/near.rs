//! The nearest known word to one that is not known.

/// The nearest of `known` by edit distance, when it is near enough to be meant.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let word: Vec<char> = super::attribute::plain(word).chars().take(64).collect();
    let most = (word.len() / 3).clamp(1, 3);
    known
        .map(|name| {
            let other: Vec<char> = super::attribute::plain(name).chars().collect();
            let starts = word.len() >= 2 && other.starts_with(&word);
            (if starts { 0 } else { distance(&word, &other) }, name)
        })
        .filter(|(d, _)| *d <= most)
        .min_by_key(|(d, _)| *d)
        .map(|(_, name)| name.to_owned())
}

/// Insertions, deletions, replacements and swaps of neighbours between two words.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let replaced = row[j] + usize::from(x != y);
            let mut best = replaced.min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_understood_and_nonsense_is_not() {
        let known = ["city", "spent", "stage", "returned"];
        for (word, want) in [
            ("ctiy", Some("city")),
            ("spend", Some("spent")),
            ("stag", Some("stage")),
            ("retruend", Some("returned")),
            ("ret", Some("returned")),
            ("weight", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, known.into_iter()).as_deref(), want, "{word}");
        }
    }
}
