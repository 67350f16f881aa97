//! Figures of the directory for a million customers, printed; long, so only with `VAFA_LONG=1`.
//!
//! `VAFA_LONG=1 cargo test --release --test directory -- --nocapture`; `VAFA_CUSTOMERS` changes the size.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::format_push_string)] // helpers of tests are tests too; figures are printed

mod people;

use std::hint::black_box;

use vafa::directory::{Directory, Query, Score, Sort, SortField, Verdict, matches};
use vafa::domain::expression::{Attribute, Expression};
use vafa::domain::{AgentId, CustomerId, Day};

use people::{Rng, TODAY, customer, facts, ledger};

fn quantile(times: &mut [f64], at: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    let place = ((times.len() - 1) as f64 * at).round() as usize;
    times[place]
}

/// Milliseconds this thread was on a core, so that figures hold on a busy machine. Where work is split
/// over the cores, this thread does the first part: the answer is what a quiet machine would show.
fn on_core() -> f64 {
    // Giving the core away brings the kernel's account up to date.
    std::thread::yield_now();
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = text.split(' ').next().and_then(|n| n.parse::<f64>().ok());
    nanos.unwrap_or_default() / 1e6
}

fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
    let digits: String = line.chars().filter(char::is_ascii_digit).collect();
    digits.parse::<usize>().unwrap_or_default() * 1024
}

/// Builds as a start of the program does: customers, then ledgers, then facts, each in order.
fn build(count: u64) -> Directory {
    let mut d = Directory::new();
    d.reserve(count as usize);
    let before = resident();
    let mut spent = 0.0;
    for from in (0..count).step_by(10_000) {
        let batch: Vec<_> = (from..count.min(from + 10_000)).map(customer).collect();
        let start = on_core();
        for c in &batch {
            d.put_customer(c);
        }
        spent += on_core() - start;
    }
    println!("customers in          {spent:>8.0} ms");
    spent = 0.0;
    for from in (0..count).step_by(10_000) {
        let batch: Vec<_> =
            (from..count.min(from + 10_000)).map(|i| (ledger(i), facts(i))).collect();
        let start = on_core();
        for (i, (ledger, facts)) in (from..).zip(&batch) {
            d.put_ledger(CustomerId(i + 1), ledger);
            d.put_facts(CustomerId(i + 1), facts);
        }
        spent += on_core() - start;
    }
    println!("ledgers and facts in  {spent:>8.0} ms");
    let mut rng = Rng(7);
    let scores: Vec<Score> = (0..count)
        .map(|_| Score {
            p_alive: rng.below(1_000) as f32 / 1e3,
            risk: rng.below(1_000) as f32 / 1e3,
            value: rng.below(900_000) as i64,
            saves: Some(rng.below(10_000) as i64),
            leave: Some(TODAY.plus(rng.below(900) as i32)),
            rfm: Some([1, 2, 3].map(|_| rng.below(5) as u8 + 1)),
            verdict: Verdict::Call,
        })
        .collect();
    let start = on_core();
    d.set_scores(0, &scores);
    println!("scores in             {:>8.0} ms", on_core() - start);
    drop(scores);
    d.shrink();
    for (field, descending) in
        [(SortField::Best, false), (SortField::Value, true), (SortField::City, false)]
    {
        let start = on_core();
        d.prepare(&[Sort { field, descending }]);
        println!("order by {field:?} {:>16.0} ms", on_core() - start);
    }
    let heap = d.heap();
    let grown = resident().saturating_sub(before);
    println!(
        "bytes a customer      {:>8} counted, {} resident",
        heap as u64 / count,
        grown as u64 / count
    );
    d
}

fn type_queries(d: &Directory, texts: &[&str]) {
    let mut all = Vec::new();
    for text in texts {
        let mut line = format!("{text:<22}");
        let mut typed = String::new();
        for c in text.chars() {
            typed.push(c);
            let query =
                Query { text: &typed, filter: None, sort: Sort::default(), today: TODAY, me: None };
            let start = on_core();
            let found = d.search(&query, &|| false).unwrap();
            let took = on_core() - start;
            all.push(took);
            let total = black_box(found.rows.len());
            line.push_str(&format!(" {took:.1}/{total}"));
        }
        println!("{line}");
    }
    let worst = all.iter().copied().fold(0.0, f64::max);
    println!(
        "key to ranked result  p50 {:.1} ms, p99 {:.1} ms, worst {worst:.1} ms over {} keys",
        quantile(&mut all, 0.5),
        quantile(&mut all, 0.99),
        all.len(),
    );
}

fn evaluate(d: &mut Directory, texts: &[&str]) {
    for text in texts {
        let e = Expression::parse(text).unwrap();
        let mut times = Vec::new();
        let mut count = 0;
        for round in 0..9 {
            // Another day each time, so that nothing is answered from memory.
            let start = on_core();
            count = d.count_and_worth(&e, TODAY.plus(round), Some(AgentId(3))).count;
            times.push(on_core() - start);
        }
        println!("{:>6.1} ms {count:>8}  {text}", quantile(&mut times, 0.5));
    }
}

#[test]
fn figures() {
    if std::env::var_os("VAFA_LONG").is_none() {
        return;
    }
    let count =
        std::env::var("VAFA_CUSTOMERS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let mut d = build(count);
    for round in 1..=2 {
        println!("-- typed, round {round}");
        d.put_customer(&customer(round));
        type_queries(
            &d,
            &[
                "reza",
                "karimi",
                "sara karimi",
                "alex johnson",
                "mo",
                "johnsn",
                "krmi",
                "xyzzy",
                "qwrt",
                "alireza",
                "رضا",
                "علیرضا کریمی",
                "مح",
                "محمدی",
                "vqh",
                "alireza rezaei",
                "4567",
                "0912345",
                "+98 912 123",
                "sara.k@",
                "gmail.com",
                "c0012345",
                "12",
                "a",
                "e",
                "ا",
                "smith j",
                "an an an",
                "o'br",
                "jhnsn mr",
            ],
        );
    }
    println!("-- expressions, count and value");
    evaluate(
        &mut d,
        &[
            "",
            "stage:loyal",
            "city:Tehran",
            "spent>10k last<30d",
            "age<30",
            "birthday<7d",
            "tag:vip",
            "-tag:vip",
            "need:fast",
            "interest:music or need:delivery",
            "name:kar",
            "email:gmail",
            "phone:912",
            "email:none",
            "reza",
            "city:Tehran stage:loyal spent>10k last<90d risk>=0.6 need:fast -tag:vip (age<30 or interest:music)",
            "rfm:55*",
            "owner:me",
            "field.plan:gold",
            "external_id:c0012345",
        ],
    );
    println!("-- lists");
    let filter = Expression::parse("city:Tehran or stage:loyal").unwrap();
    for (label, text, filter, field) in [
        ("all by name", "", None, SortField::Name),
        ("all by spent", "", None, SortField::Spent),
        ("filtered by city", "", Some(&filter), SortField::City),
        ("filtered and searched", "kar", Some(&filter), SortField::Best),
        ("searched by last", "reza", None, SortField::LastPurchase),
    ] {
        let sort = Sort { field, descending: false };
        d.prepare(&[sort]);
        let mut times = Vec::new();
        for round in 0..9 {
            let query = Query { text, filter, sort, today: TODAY.plus(round), me: None };
            let start = on_core();
            black_box(d.search(&query, &|| false).unwrap());
            times.push(on_core() - start);
        }
        println!("{:>6.1} ms  {label}", quantile(&mut times, 0.5));
    }
    let mut times = Vec::new();
    for round in 0..20 {
        let start = on_core();
        let mut changed = customer(round * 1_000 + 5);
        changed.name = format!("Newname{round} {}", changed.name);
        d.put_customer(&changed);
        let query = Query { text: "", filter: None, sort: Sort::default(), today: TODAY, me: None };
        black_box(d.search(&query, &|| false).unwrap());
        times.push(on_core() - start);
    }
    println!("{:>6.1} ms  the list after a customer was renamed", quantile(&mut times, 0.5));
    let start = on_core();
    black_box(d.dictionary(Attribute::City));
    println!("{:>6.1} ms  cities counted", on_core() - start);
    let clock = std::time::Instant::now();
    let alike = d.duplicates(&|| false).map_or(0, |groups| groups.len());
    println!("{:>6.0} ms  {alike} groups of alike customers", clock.elapsed().as_secs_f64() * 1e3);
    let start = on_core();
    for _ in 0..50 {
        black_box(matches("Alireza Karimi-Rezaei", "rez kar"));
    }
    println!("{:>6.3} ms  50 names highlighted", on_core() - start);
    black_box(Day(0));
}
