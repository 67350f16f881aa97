//! The FP-tree: baskets as paths that share their beginnings, most frequent items first.

use std::collections::HashMap;

use super::MOST_SETS;

/// A node of the tree; its parent always comes before it.
struct Node {
    /// Rank of its item.
    rank: u32,
    parent: u32,
    count: u32,
    /// The node of the same item before this one.
    same: u32,
}

const NONE: u32 = u32::MAX;
const ROOT: u32 = 0;

/// Items by rank, 0 the most frequent.
struct Item {
    id: u32,
    count: u32,
    /// Its last node.
    last: u32,
}

/// A tree of baskets, or of the parts of baskets that lie before an item.
pub(super) struct Tree {
    items: Vec<Item>,
    nodes: Vec<Node>,
}

impl Tree {
    /// A tree of baskets with the items that at least `least` of them hold.
    pub fn of_baskets(baskets: &[&[u32]], least: u32) -> Self {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        let mut once = Vec::new();
        for basket in baskets {
            unique(basket, &mut once);
            for item in &once {
                *counts.entry(*item).or_default() += 1;
            }
        }
        let (mut tree, ranks) = Self::new(counts, least);
        let mut builder = Builder::default();
        for basket in baskets {
            unique(basket, &mut once);
            let mut path: Vec<u32> = once.iter().filter_map(|i| ranks.get(i).copied()).collect();
            path.sort_unstable();
            builder.insert(&mut tree, &path, 1);
        }
        tree
    }

    fn new(counts: HashMap<u32, u32>, least: u32) -> (Self, HashMap<u32, u32>) {
        let mut items: Vec<Item> = counts
            .into_iter()
            .filter(|(_, count)| *count >= least)
            .map(|(id, count)| Item { id, count, last: NONE })
            .collect();
        items.sort_unstable_by(|a, b| b.count.cmp(&a.count).then(a.id.cmp(&b.id)));
        let ranks = items.iter().zip(0..).map(|(item, rank)| (item.id, rank)).collect();
        let root = Node { rank: NONE, parent: NONE, count: 0, same: NONE };
        (Self { items, nodes: vec![root] }, ranks)
    }

    /// Collects every frequent set that ends in `suffix`; false when it had to stop.
    pub fn grow(
        &self,
        suffix: &mut Vec<u32>,
        least: u32,
        found: &mut HashMap<Box<[u32]>, u32>,
    ) -> bool {
        for item in self.items.iter().rev() {
            if found.len() >= MOST_SETS {
                return false;
            }
            suffix.push(item.id);
            let mut set = suffix.clone();
            set.sort_unstable();
            found.insert(set.into(), item.count);
            let whole = self.before(item, least).is_none_or(|tree| tree.grow(suffix, least, found));
            suffix.pop();
            if !whole {
                return false;
            }
        }
        true
    }

    /// The tree of what comes before an item on its paths; `None` when nothing frequent does.
    fn before(&self, item: &Item, least: u32) -> Option<Self> {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for node in self.nodes_of(item) {
            for rank in self.path(node) {
                *counts.entry(rank).or_default() += node.count;
            }
        }
        let (mut tree, ranks) = Self::new(counts, least);
        if tree.items.is_empty() {
            return None;
        }
        let mut builder = Builder::default();
        let mut path = Vec::new();
        for node in self.nodes_of(item) {
            path.clear();
            path.extend(self.path(node).filter_map(|rank| ranks.get(&rank).copied()));
            path.sort_unstable();
            builder.insert(&mut tree, &path, node.count);
        }
        // The items were known by rank in this tree; give them their own names.
        for inner in &mut tree.items {
            inner.id = self.items.get(inner.id as usize).map_or(inner.id, |item| item.id);
        }
        Some(tree)
    }

    fn node(&self, at: u32) -> Option<&Node> {
        self.nodes.get(at as usize)
    }

    fn nodes_of(&self, item: &Item) -> impl Iterator<Item = &Node> {
        std::iter::successors(self.node(item.last), |node| self.node(node.same))
    }

    /// Ranks of the items above a node.
    fn path(&self, node: &Node) -> impl Iterator<Item = u32> {
        std::iter::successors(self.node(node.parent), |node| self.node(node.parent))
            .map(|node| node.rank)
            .filter(|rank| *rank != NONE)
    }
}

/// Finds children while a tree is built.
#[derive(Default)]
struct Builder {
    child: HashMap<(u32, u32), u32>,
}

impl Builder {
    /// Adds `count` baskets with the items of these ranks, ascending.
    fn insert(&mut self, tree: &mut Tree, path: &[u32], count: u32) {
        let mut at = ROOT;
        for &rank in path {
            let next = tree.nodes.len() as u32;
            let child = *self.child.entry((at, rank)).or_insert(next);
            if child == next
                && let Some(item) = tree.items.get_mut(rank as usize)
            {
                tree.nodes.push(Node { rank, parent: at, count: 0, same: item.last });
                item.last = next;
            }
            if let Some(node) = tree.nodes.get_mut(child as usize) {
                node.count += count;
            }
            at = child;
        }
    }
}

fn unique(basket: &[u32], into: &mut Vec<u32>) {
    into.clear();
    into.extend_from_slice(basket);
    into.sort_unstable();
    into.dedup();
}
