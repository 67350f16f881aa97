//! Market baskets (9,835 of 169 products, Hahsler et al. 2006) against mlxtend and exact integer counts
//! (`groceries_summary.json`, `groceries_rule_counts_integer.json`,
//! `groceries_rules_supp0.01_conf0.2.csv`).

use std::collections::{BTreeMap, HashMap};

use vafa::insight::affinity::{Part, frequent_sets, next_products, rules};

use crate::data::{Table, near, read};

struct Groceries {
    names: Vec<String>,
    baskets: Vec<Vec<u32>>,
}

fn groceries() -> Groceries {
    let text = read("data/groceries.csv");
    let mut ids: BTreeMap<&str, u32> = BTreeMap::new();
    for item in text.lines().flat_map(|line| line.split(',')).map(str::trim) {
        ids.insert(item, 0);
    }
    ids.values_mut().zip(0..).for_each(|(id, next)| *id = next);
    let baskets =
        text.lines().map(|line| line.split(',').map(|item| ids[item.trim()]).collect()).collect();
    Groceries { names: ids.into_keys().map(str::to_owned).collect(), baskets }
}

#[test]
fn itemsets_and_rules_by_integer_counts() {
    let data = groceries();
    assert_eq!((data.baskets.len(), data.names.len()), (9_835, 169));
    for (out_of, itemsets, rule_counts) in [
        (1_000, 13_492, &[(2, 21_633), (5, 5_668), (8, 410), (9, 129)][..]),
        (500, 4_223, &[(2, 5_111), (5, 1_098), (8, 11), (9, 0)]),
        (200, 1_001, &[(2, 872), (5, 120), (8, 0)]),
        (100, 333, &[(2, 231), (5, 15), (8, 0)]),
    ] {
        let sets = frequent_sets(data.baskets.iter().map(Vec::as_slice), Part { of: 1, out_of });
        assert_eq!((sets.count.len(), sets.cut_short), (itemsets, false), "1 in {out_of}");
        for (tenths, wanted) in rule_counts {
            let found = rules(&sets, Part { of: *tenths, out_of: 10 });
            assert_eq!(found.len(), *wanted, "1 in {out_of}, confidence .{tenths}");
        }
    }
}

#[test]
fn every_rule_of_the_list() {
    let data = groceries();
    let sets = frequent_sets(data.baskets.iter().map(Vec::as_slice), Part { of: 1, out_of: 100 });
    let found = rules(&sets, Part { of: 2, out_of: 10 });
    let by_name: HashMap<(String, &str), _> = found
        .iter()
        .map(|rule| {
            let mut from: Vec<&str> =
                rule.from.iter().map(|i| data.names[*i as usize].as_str()).collect();
            from.sort_unstable();
            ((from.join("|"), data.names[rule.to as usize].as_str()), rule)
        })
        .collect();
    let mut seen = 0;
    for row in Table::read("reference/analytics/groceries_rules_supp0.01_conf0.2.csv").rows() {
        if row.text("rhs").contains('|') {
            continue; // rules with more than one product on the right
        }
        let mut from: Vec<&str> = row.text("lhs").split('|').collect();
        from.sort_unstable();
        let key = (from.join("|"), row.text("rhs"));
        let rule = by_name.get(&key).unwrap_or_else(|| panic!("no rule {key:?}"));
        assert_eq!(f64::from(rule.count), row.number("count"), "{key:?}");
        near(rule.support(), row.number("support"), 1e-9, &key.0);
        near(rule.confidence(), row.number("confidence"), 1e-9, &key.0);
        near(rule.lift(), row.number("lift"), 1e-9, &key.0);
        seen += 1;
    }
    assert_eq!(seen, found.len());
}

#[test]
fn what_goes_with_a_basket() {
    let data = groceries();
    let sets = frequent_sets(data.baskets.iter().map(Vec::as_slice), Part { of: 1, out_of: 100 });
    let found = rules(&sets, Part { of: 2, out_of: 10 });
    let id = |name: &str| data.names.iter().position(|n| n == name).expect(name) as u32;
    let mut has = [id("citrus fruit"), id("root vegetables")];
    has.sort_unstable();
    let next = next_products(&found, &has);
    // Confidence .586, the highest of the list with this left side.
    assert_eq!(next.first().map(|s| s.product), Some(id("other vegetables")));
}
