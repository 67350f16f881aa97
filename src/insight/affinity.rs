//! What is bought together: frequent sets by FP-growth (Han, Pei and Yin 2000) and the rules they
//! carry. Counts are compared as integers, never as rounded fractions: at support .001 and confidence
//! .8 the groceries data hold 410 rules, of which floating point loses four.

mod growth;

use std::collections::HashMap;

use growth::Tree;

/// A part as a fraction, so that a count is compared with it exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Part {
    /// Numerator.
    pub of: u32,
    /// Denominator; zero counts as one.
    pub out_of: u32,
}

impl Part {
    /// `count` is at least this part of `all`.
    pub fn holds(self, count: u32, all: u32) -> bool {
        u64::from(count) * u64::from(self.out_of.max(1)) >= u64::from(self.of) * u64::from(all)
    }

    /// The smallest count that is this part of `all`, and no less than 1.
    fn least(self, all: u32) -> u32 {
        let least = (u64::from(self.of) * u64::from(all)).div_ceil(u64::from(self.out_of.max(1)));
        u32::try_from(least).unwrap_or(u32::MAX).max(1)
    }
}

/// Sets bought together often enough.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Itemsets {
    /// Baskets looked at.
    pub baskets: u32,
    /// Baskets that hold all of a set; sets are ascending.
    pub count: HashMap<Box<[u32]>, u32>,
    /// The search ended at [`MOST_SETS`]: rarer sets may be missing.
    pub cut_short: bool,
}

/// More sets than this are not collected: support was set too low for the data.
pub const MOST_SETS: usize = 1_000_000;

/// All sets of items that at least `support` of the baskets hold. An item twice in a basket counts
/// once; an empty basket counts as one of all.
pub fn frequent_sets<'a>(baskets: impl IntoIterator<Item = &'a [u32]>, support: Part) -> Itemsets {
    let baskets: Vec<&[u32]> = baskets.into_iter().collect();
    let all = u32::try_from(baskets.len()).unwrap_or(u32::MAX);
    let least = support.least(all);
    let mut found = Itemsets { baskets: all, ..Itemsets::default() };
    let tree = Tree::of_baskets(&baskets, least);
    found.cut_short = !tree.grow(&mut Vec::new(), least, &mut found.count);
    found
}

/// Who takes `from` also takes `to`.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Ascending.
    pub from: Box<[u32]>,
    /// The one product that follows.
    pub to: u32,
    /// Baskets with all of it.
    pub count: u32,
    /// Baskets with `from`.
    pub count_from: u32,
    /// Baskets with `to`.
    pub count_to: u32,
    /// Baskets in all.
    pub baskets: u32,
}

impl Rule {
    /// Part of all baskets that hold all of it.
    pub fn support(&self) -> f64 {
        f64::from(self.count) / f64::from(self.baskets.max(1))
    }

    /// Part of the baskets with `from` that hold `to` as well.
    pub fn confidence(&self) -> f64 {
        f64::from(self.count) / f64::from(self.count_from.max(1))
    }

    /// How much more often `to` comes with `from` than at all: above 1 they are complements, below 1
    /// one stands in for the other.
    pub fn lift(&self) -> f64 {
        self.confidence() * f64::from(self.baskets) / f64::from(self.count_to.max(1))
    }
}

/// All rules with one product on the right that hold with `confidence`, the highest lift first; ties
/// by count, then by items.
pub fn rules(sets: &Itemsets, confidence: Part) -> Vec<Rule> {
    let mut rules = Vec::new();
    let mut from = Vec::new();
    for (set, &count) in sets.count.iter().filter(|(set, _)| set.len() > 1) {
        for (at, &to) in set.iter().enumerate() {
            from.clear();
            from.extend(set.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, item)| *item));
            // Every part of a frequent set is frequent, so both are there unless cut short.
            let (Some(&count_from), Some(&count_to)) =
                (sets.count.get(from.as_slice()), sets.count.get([to].as_slice()))
            else {
                continue;
            };
            if confidence.holds(count, count_from) {
                let from = from.as_slice().into();
                let baskets = sets.baskets;
                rules.push(Rule { from, to, count, count_from, count_to, baskets });
            }
        }
    }
    rules.sort_by(|a, b| {
        b.lift()
            .total_cmp(&a.lift())
            .then(b.count.cmp(&a.count))
            .then_with(|| (&a.from, a.to).cmp(&(&b.from, b.to)))
    });
    rules
}

/// A product that goes with what someone has, and the rule that says so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Suggestion<'a> {
    /// The product.
    pub product: u32,
    /// Of the rules that apply, the one with the highest confidence.
    pub because: &'a Rule,
}

/// Complements of what someone has and has not yet: the most confident rule for each product, of
/// those with lift above 1, ordered by confidence. `has` must be ascending.
pub fn next_products<'a>(rules: &'a [Rule], has: &[u32]) -> Vec<Suggestion<'a>> {
    let owns = |item: &u32| has.binary_search(item).is_ok();
    let mut best: HashMap<u32, &Rule> = HashMap::new();
    for rule in rules.iter().filter(|r| r.lift() > 1.0 && !owns(&r.to) && r.from.iter().all(owns)) {
        let kept = best.entry(rule.to).or_insert(rule);
        if rule.confidence() > kept.confidence() {
            *kept = rule;
        }
    }
    let mut found: Vec<Suggestion> =
        best.into_iter().map(|(product, because)| Suggestion { product, because }).collect();
    found.sort_by(|a, b| {
        b.because.confidence().total_cmp(&a.because.confidence()).then(a.product.cmp(&b.product))
    });
    found
}

/// Which product tends to be taken first after which: from the order of first purchases.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Taken first.
    pub from: u32,
    /// Taken later for the first time.
    pub to: u32,
    /// Customers who did so.
    pub count: u32,
    /// Customers who ever took `from`.
    pub count_from: u32,
    /// Customers who took `to` before `from` or on the same day: the other order.
    pub count_back: u32,
    /// Median days from the one to the other.
    pub median_days: u32,
}

impl Step {
    /// Part of those who took `from` that went on to `to`.
    pub fn confidence(&self) -> f64 {
        f64::from(self.count) / f64::from(self.count_from.max(1))
    }

    /// Of those with both, the part that took them in this order: near 1 is an upgrade path.
    pub fn direction(&self) -> f64 {
        f64::from(self.count) / f64::from((self.count + self.count_back).max(1))
    }
}

/// Steps from one first purchase to another that at least `support` of the customers took, the most
/// confident first. A customer is the products with the day each was first bought, in any order.
pub fn steps<'a>(
    customers: impl IntoIterator<Item = &'a [(u32, i32)]>,
    support: Part,
) -> Vec<Step> {
    let mut all = 0_u32;
    let mut takers: HashMap<u32, u32> = HashMap::new();
    let mut days: HashMap<(u32, u32), Vec<u32>> = HashMap::new();
    let mut both: HashMap<(u32, u32), u32> = HashMap::new();
    for customer in customers {
        all = all.saturating_add(1);
        for (i, &(from, first)) in customer.iter().enumerate() {
            *takers.entry(from).or_default() += 1;
            for &(to, then) in customer.iter().skip(i + 1).filter(|(to, _)| *to != from) {
                *both.entry((from.min(to), from.max(to))).or_default() += 1;
                let gap = then.abs_diff(first);
                if then > first {
                    days.entry((from, to)).or_default().push(gap);
                } else if then < first {
                    days.entry((to, from)).or_default().push(gap);
                }
            }
        }
    }
    let mut found: Vec<Step> = days
        .into_iter()
        .filter_map(|((from, to), mut gaps)| {
            let count = u32::try_from(gaps.len()).unwrap_or(u32::MAX);
            let middle = gaps.len() / 2;
            let median_days = *gaps.select_nth_unstable(middle).1;
            let with_both = both.get(&(from.min(to), from.max(to))).copied()?;
            support.holds(count, all).then_some(Step {
                from,
                to,
                count,
                count_from: takers.get(&from).copied()?,
                count_back: with_both.saturating_sub(count),
                median_days,
            })
        })
        .collect();
    found.sort_by(|a, b| {
        b.confidence().total_cmp(&a.confidence()).then((a.from, a.to).cmp(&(b.from, b.to)))
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALF: Part = Part { of: 1, out_of: 2 };

    /// The transactions of the FP-growth paper's running example (table 1), as numbers.
    fn paper() -> Vec<Vec<u32>> {
        ["facdgimp", "abcflmo", "bfhjo", "bcksp", "afcelpmn"]
            .map(|t| t.bytes().map(u32::from).collect())
            .to_vec()
    }

    fn letters(set: &str) -> Box<[u32]> {
        let mut set: Vec<u32> = set.bytes().map(u32::from).collect();
        set.sort_unstable();
        set.into()
    }

    #[test]
    fn the_papers_example() {
        let baskets = paper();
        let sets = frequent_sets(baskets.iter().map(Vec::as_slice), Part { of: 3, out_of: 5 });
        // Minimum support 3: f 4, c 4, a 3, b 3, m 3, p 3, and what they form.
        for (set, count) in
            [("f", 4), ("c", 4), ("a", 3), ("b", 3), ("m", 3), ("p", 3), ("cp", 3), ("fcam", 3)]
        {
            assert_eq!(sets.count.get(&letters(set)), Some(&count), "{set}");
        }
        // All 15 subsets of fcam, b, p and cp.
        assert_eq!((sets.count.len(), sets.baskets, sets.cut_short), (18, 5, false));
    }

    #[test]
    fn counts_are_those_of_counting() {
        let baskets: Vec<Vec<u32>> = (0..60_u32)
            .map(|i| (0..8).filter(|item| (i * 7 + item * item) % (item + 2) < 2).collect())
            .collect();
        let least = Part { of: 1, out_of: 10 };
        let sets = frequent_sets(baskets.iter().map(Vec::as_slice), least);
        let mut expected = HashMap::new();
        for mask in 1..256_u32 {
            let set: Vec<u32> = (0..8).filter(|i| mask >> i & 1 == 1).collect();
            let count = baskets.iter().filter(|b| set.iter().all(|i| b.contains(i))).count() as u32;
            if least.holds(count, 60) {
                expected.insert(set.into_boxed_slice(), count);
            }
        }
        assert!(expected.len() > 20);
        assert_eq!(sets.count, expected);
    }

    #[test]
    fn rules_and_suggestions() {
        let baskets: [&[u32]; 6] = [&[1, 2], &[1, 2], &[2, 1, 1], &[1], &[3], &[3, 2]];
        let sets = frequent_sets(baskets, Part { of: 1, out_of: 6 });
        let rules = rules(&sets, HALF);
        let found: Vec<_> =
            rules.iter().map(|r| (r.from.to_vec(), r.to, r.count, r.count_from)).collect();
        // 2 -> 1 and 1 -> 2: 3 of 4 each; 3 -> 2: 1 of 2, which is exactly half.
        assert_eq!(found, [(vec![1], 2, 3, 4), (vec![2], 1, 3, 4), (vec![3], 2, 1, 2)]);
        assert!((rules[0].lift() - 0.75 * 6.0 / 4.0).abs() < 1e-12);
        let next = next_products(&rules, &[1, 3]);
        assert_eq!(next.iter().map(|s| (s.product, s.because.count)).collect::<Vec<_>>(), [(2, 3)]);
        assert_eq!(next_products(&rules, &[1, 2]), []);
        assert_eq!(next_products(&rules, &[3]), []); // lift .75: no complement
        let nothing: [&[u32]; 0] = [];
        assert!(super::rules(&frequent_sets(nothing, HALF), HALF).is_empty());
    }

    #[test]
    fn steps_follow_the_order_of_first_purchases() {
        let customers: [&[(u32, i32)]; 4] = [
            &[(1, 0), (2, 30)],
            &[(2, 50), (1, 10)],
            &[(1, 5), (2, 5)], // the same day is no order
            &[(2, 0), (1, 9)],
        ];
        let found = steps(customers, HALF);
        let step = Step { from: 1, to: 2, count: 2, count_from: 4, count_back: 2, median_days: 40 };
        assert_eq!(found, [step]);
        assert_eq!((step.confidence(), step.direction()), (0.5, 0.5));
    }
}
