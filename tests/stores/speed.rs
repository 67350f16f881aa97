//! Figures of the embedded engine, printed; long, so only with `VAFA_LONG=1`.

use std::hint::black_box;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use vafa::domain::{ContactKind, ContactPoint, Customer, CustomerId, Day};
use vafa::store::records::{self, keys, put};
use vafa::store::sled::{OpenOptions, SledEngine, open};
use vafa::store::{Batch, Engine, Expect, KeyRange, Sync, Table, Write};

const CUSTOMERS: u64 = 1_000_000;
const PART: u64 = 1_000;

fn open_at(folder: &Path) -> SledEngine {
    open(&folder.join("store"), OpenOptions::default()).unwrap()
}

fn batch(gesture: u64, sync: Sync, writes: Vec<Write>) -> Batch {
    let at = Timestamp::UNIX_EPOCH;
    Batch { actor: 0, at, request: 0, gesture, label: "load".into(), writes, sync }
}

/// A customer as one usually is, about 110 bytes.
fn customer(id: u64) -> Write {
    let mut customer = Customer::named(CustomerId(id), &format!("Maryam Karimi {id}"), Day(18_000));
    customer.external_id = Some(format!("C-{id:07}"));
    let phone = format!("+98912{id:07}");
    let email = format!("m.karimi{id}@example.com");
    customer.contacts = vec![
        ContactPoint::new(ContactKind::Phone, &phone),
        ContactPoint::new(ContactKind::Email, &email),
    ];
    customer.place.city = "Tehran".into();
    customer.place.country = "IR".into();
    customer.language = "fa".into();
    customer.source = "referral".into();
    customer.tags = vec!["vip".into()];
    put(keys::customer(customer.id), &customer, Expect::Absent).unwrap()
}

/// Most memory this process ever held, in MB.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kb = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kb.unwrap_or(0) / 1024
}

fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder.join("store")).unwrap();
    entries.map(|entry| entry.unwrap().metadata().unwrap().blocks() * 512).sum()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// What the disk itself takes to make 4 KiB safe.
fn fsync(folder: &Path) -> Duration {
    let mut file = std::fs::File::create(folder.join("fsync")).unwrap();
    let times = (0..200).map(|_| {
        let start = Instant::now();
        file.write_all(&[7; 4096]).unwrap();
        file.sync_all().unwrap();
        start.elapsed()
    });
    median(times.collect())
}

#[test]
fn figures() {
    if std::env::var_os("VAFA_LONG").is_none() {
        return;
    }
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let engine = open_at(folder.path());
    let start = Instant::now();
    let ids = engine.reserve(Table::Customer, CUSTOMERS).unwrap();
    for first in ids.clone().step_by(PART as usize) {
        let writes = (first..first + PART).map(customer).collect();
        engine.commit(batch(1, Sync::WithNext, writes)).unwrap();
    }
    engine.commit(batch(1, Sync::Now, vec![])).unwrap();
    println!(
        "load 1M           {:?}, {} MB on disk, {} MB in memory",
        start.elapsed(),
        size(folder.path()) >> 20,
        memory()
    );
    let start = Instant::now();
    drop(engine);
    println!("close             {:?}", start.elapsed());

    for _ in 0..3 {
        let start = Instant::now();
        let engine = open_at(folder.path());
        let opened = start.elapsed();
        let (mut rows, mut bytes) = (0_u64, 0);
        engine
            .visit(Table::Customer, KeyRange::all(), &mut |key, record| {
                rows += 1;
                bytes += black_box(key.len() + record.payload.len());
                ControlFlow::Continue(())
            })
            .unwrap();
        let visited = start.elapsed().saturating_sub(opened);
        println!("open              {opened:?}, visit {visited:?} {rows} rows");
        let start = Instant::now();
        let mut names = 0;
        engine
            .visit(Table::Customer, KeyRange::all(), &mut |key, record| {
                let customer: Customer = records::open(key, record).unwrap();
                names += black_box(customer).name.len();
                ControlFlow::Continue(())
            })
            .unwrap();
        let decoded = start.elapsed();
        let start = Instant::now();
        engine
            .visit(Table::Customer, KeyRange::all(), &mut |key, record| {
                names -= black_box(records::glance(key, record).unwrap()).name.len();
                ControlFlow::Continue(())
            })
            .unwrap();
        println!("visit and decode  {decoded:?}, and glance {:?} {names}", start.elapsed());
    }

    let engine = open_at(folder.path());
    let times = (0..2_000_u64).map(|n| {
        let key = [n.to_be_bytes(), n.to_be_bytes()].concat();
        let value = Some((1, vec![7; 150]));
        let write = Write { table: Table::Interaction, key, value, expect: Expect::Absent };
        let start = Instant::now();
        engine.commit(batch(0, Sync::Now, vec![write])).unwrap();
        start.elapsed()
    });
    println!(
        "durable commit    {:?} (fsync alone {:?})",
        median(times.collect()),
        fsync(folder.path())
    );

    let start = Instant::now();
    std::thread::scope(|scope| {
        for writer in 0..64_u64 {
            let engine = &engine;
            scope.spawn(move || {
                for n in 0..200_u64 {
                    let key = [(1 << 32 | writer).to_be_bytes(), n.to_be_bytes()].concat();
                    let value = Some((1, vec![7; 150]));
                    let write =
                        Write { table: Table::Interaction, key, value, expect: Expect::Absent };
                    engine.commit(batch(0, Sync::Now, vec![write])).unwrap();
                }
            });
        }
    });
    println!("64 writers        {:.0} a second", 64.0 * 200.0 / start.elapsed().as_secs_f64());
    let start = Instant::now();
    for n in 0..100_000_u64 {
        let id = n * 7_919 % CUSTOMERS + 1;
        assert!(engine.get(Table::Customer, &id.to_be_bytes()).unwrap().is_some());
    }
    println!("100k random gets  {:?}", start.elapsed());
}
