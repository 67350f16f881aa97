//! This program run again as another process, to be killed or to meet a bad disk.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use vafa::store::sled::SledEngine;

use crate::{open_store, tale};

/// How many write at once.
pub const TELLERS: u64 = 3;

/// A child that takes longer than this hangs.
const LIMIT: Duration = Duration::from_secs(100);

/// The command that runs this program as a child with a task.
pub fn command(task: &str, dir: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["child::other_process", "--exact", "--nocapture", "--test-threads=1"])
        .env("VAFA_FAULT", task)
        .env("VAFA_FAULT_DIR", dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Starts a child and its lines.
pub fn start(task: &str, dir: &Path) -> (Child, impl Iterator<Item = String>) {
    spawn(command(task, dir))
}

/// Starts a command and its lines.
pub fn spawn(mut command: Command) -> (Child, impl Iterator<Item = String>) {
    let mut child = command.spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    (child, lines.map_while(Result::ok))
}

/// Runs a child to its end: what it said. Fails if it panicked, hung or was ended by a signal.
pub fn run(mut command: Command) -> Vec<String> {
    let output = command.output().unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}\n{stdout}\n{stderr}", output.status);
    assert!(!stderr.contains("panicked"), "{stderr}");
    stdout.lines().map(str::to_owned).collect()
}

/// Commits that a child said were done: teller and step of `ack` lines.
pub fn ack(line: &str) -> Option<(usize, u64)> {
    let (teller, step) = line.strip_prefix("ack ")?.split_once(' ')?;
    Some((teller.parse().ok()?, step.parse().ok()?))
}

/// The child's own `main`: does nothing unless a parent gave it a task.
#[test]
fn other_process() {
    let Some(dir) = std::env::var_os("VAFA_FAULT_DIR") else { return };
    std::thread::spawn(|| {
        std::thread::sleep(LIMIT);
        say("hung");
        std::process::exit(99);
    });
    let dir = Path::new(&dir);
    match std::env::var("VAFA_FAULT").unwrap().as_str() {
        "write" => write(dir),
        "look" => look(dir),
        "fill" => fill(dir),
        "room" => room(dir),
        _ => panic!("no such task"),
    }
}

/// One line in one write: a kill leaves it whole or not at all.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("\n{line}\n").as_bytes()).unwrap();
    out.flush().unwrap();
}

/// Writes until it is killed.
fn write(dir: &Path) {
    let engine = open_store(dir).unwrap();
    say("opened");
    std::thread::scope(|scope| {
        for teller in 0..TELLERS {
            let engine = &engine;
            scope.spawn(move || {
                let last = tale::last_step(engine, teller).unwrap();
                for step in last + 1.. {
                    tale::tell(engine, teller, step).unwrap();
                    say(&format!("ack {teller} {step}"));
                }
            });
        }
    });
}

/// Says how far each teller came, or why the store is refused; then writes one step more.
fn look(dir: &Path) {
    let told = open_store(dir).map_err(|error| error.to_string()).and_then(|engine| {
        let steps = tale::verify(&engine, TELLERS)?;
        let next = tale::tell(&engine, 0, steps[0] + 1).map_err(|error| error.to_string());
        next.map(|_| steps)
    });
    match told {
        Ok(steps) => say(&format!("whole {steps:?}")),
        Err(refused) => say(&format!("refused {refused}")),
    }
}

/// Writes until the disk refuses; then nothing more may be written. The store and the step refused.
fn until_refused(dir: &Path) -> (SledEngine, u64) {
    let engine = open_store(dir).unwrap();
    let mut step = tale::last_step(&engine, 0).unwrap();
    let refused = loop {
        step += 1;
        match tale::tell(&engine, 0, step) {
            Ok(_) => say(&format!("ack 0 {step}")),
            Err(refused) => break refused,
        }
    };
    say(&format!("first {refused}"));
    say(&format!("second {}", tale::tell(&engine, 0, step).unwrap_err()));
    (engine, step)
}

/// The file may not grow: what sled had half done is refused, also to readers, until it is opened again.
fn fill(dir: &Path) {
    let (engine, step) = until_refused(dir);
    match tale::last_step(&engine, 0) {
        Ok(last) => assert!(last >= step - 1, "what was saved can be read"),
        Err(refused) => assert!(refused.to_string().contains("make room"), "{refused}"),
    }
}

/// The disk is full: all can be read, and written once there is room.
fn room(dir: &Path) {
    let (engine, step) = until_refused(dir);
    assert_eq!(tale::last_step(&engine, 0).unwrap(), step - 1, "what was saved can be read");
    std::fs::remove_file(dir.with_file_name("other")).unwrap();
    tale::tell(&engine, 0, step).unwrap();
    say(&format!("third {step}"));
    say(&format!("ack 0 {step}"));
}
