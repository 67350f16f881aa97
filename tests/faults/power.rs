//! A power cut, modelled: what a process wrote and synced is written down (see `power.c`), and the
//! disk is put together as it may be found after a cut at any moment.
//!
//! The model: a write is safe once its file is synced after it; of the writes since, each page may
//! be there or not, in any order. A file's name, its new name or its end is safe once the folder
//! is synced after it; of those since, the first few may have happened.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::child;
use crate::{Dice, rounds};

/// What a disk keeps or loses as one.
const PAGE: u64 = 4096;

/// One call of the record.
struct Call {
    letter: u8,
    path: PathBuf,
    offset: u64,
    data: Vec<u8>,
}

fn read_record(path: &Path) -> Vec<Call> {
    let bytes = fs::read(path).unwrap();
    let mut rest = bytes.as_slice();
    let mut take = |length: usize| {
        let (head, tail) = rest.split_at_checked(length)?;
        rest = tail;
        Some(head.to_vec())
    };
    let call = || {
        let letter = take(1)?[0];
        let mut number = || Some(u64::from_ne_bytes(take(8)?.try_into().ok()?));
        let length = number()? as usize;
        let path = PathBuf::from(String::from_utf8(take(length)?).ok()?);
        let mut number = || Some(u64::from_ne_bytes(take(8)?.try_into().ok()?));
        let (offset, length) = (number()?, number()? as usize);
        Some(Call { letter, path, offset, data: take(length)? })
    };
    std::iter::from_fn(call).collect()
}

/// A file's bytes: what is safe, and the writes since, page by page.
#[derive(Clone, Default)]
struct File {
    safe: Vec<u8>,
    since: Vec<(u64, Vec<u8>)>,
}

impl File {
    fn write(&mut self, offset: u64, data: &[u8]) {
        let (mut at, mut rest) = (offset, data);
        while !rest.is_empty() {
            let room = (PAGE - at % PAGE) as usize;
            let (page, tail) = rest.split_at(room.min(rest.len()));
            self.since.push((at, page.to_vec()));
            at += page.len() as u64;
            rest = tail;
        }
    }

    fn put(safe: &mut Vec<u8>, (offset, data): &(u64, Vec<u8>)) {
        let end = *offset as usize + data.len();
        if safe.len() < end {
            safe.resize(end, 0);
        }
        safe[*offset as usize..end].copy_from_slice(data);
    }

    fn sync(&mut self) {
        for page in std::mem::take(&mut self.since) {
            Self::put(&mut self.safe, &page);
        }
    }
}

/// Names of files, by the number of the file they stand for.
type Names = BTreeMap<PathBuf, usize>;

/// A disk as the process left it when the power went.
#[derive(Clone, Default)]
struct Disk {
    files: Vec<File>,
    /// Names as the process saw them.
    seen: Names,
    /// Names that are safe, and the states of the folder since.
    safe: Names,
    since: Vec<Names>,
    /// Steps that were acknowledged.
    acknowledged: BTreeMap<usize, u64>,
}

impl Disk {
    fn apply(&mut self, dir: &Path, call: &Call) {
        match call.letter {
            b'c' => {
                self.files.push(File::default());
                self.seen.insert(call.path.clone(), self.files.len() - 1);
                self.since.push(self.seen.clone());
            }
            b'r' => {
                if let Some(file) = self.seen.remove(&call.path) {
                    let to = PathBuf::from(String::from_utf8(call.data.clone()).unwrap());
                    self.seen.insert(to, file);
                    self.since.push(self.seen.clone());
                }
            }
            b'u' => {
                self.seen.remove(&call.path);
                self.since.push(self.seen.clone());
            }
            b'w' => self.file(&call.path).write(call.offset, &call.data),
            b't' => {
                let file = self.file(&call.path);
                file.sync();
                file.safe.resize(call.offset as usize, 0);
            }
            b's' if call.path == dir => {
                self.safe = self.seen.clone();
                self.since.clear();
            }
            b's' if self.seen.contains_key(&call.path) => self.file(&call.path).sync(),
            b'a' => {
                for line in String::from_utf8_lossy(&call.data).lines() {
                    if let Some((teller, step)) = child::ack(line) {
                        self.acknowledged.insert(teller, step);
                    }
                }
            }
            _ => {}
        }
    }

    fn file(&mut self, path: &Path) -> &mut File {
        let file = self.seen[path];
        &mut self.files[file]
    }

    /// Writes a disk into `dir` as it may be found: of what is not safe, all is gone or a part is.
    fn restart(&self, dir: &Path, dice: &mut Dice, all_gone: bool) {
        fs::create_dir_all(dir.join("blobs")).unwrap();
        let names = match dice.below(self.since.len() as u64 + 1) as usize {
            happened if happened > 0 && !all_gone => &self.since[happened - 1],
            _ => &self.safe,
        };
        for (path, file) in names {
            let File { mut safe, since } = self.files[*file].clone();
            for page in &since {
                if !all_gone && dice.below(2) == 0 {
                    File::put(&mut safe, page);
                }
            }
            fs::write(dir.join(path.file_name().unwrap()), safe).unwrap();
        }
    }
}

/// Whatever the cut, the store opens and nothing acknowledged is lost.
#[test]
fn nothing_acknowledged_is_lost_when_the_power_goes() {
    let _turn = crate::turn();
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let (shim, record) = (folder.path().join("power.so"), folder.path().join("record"));
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/power.c");
    let mut compile = Command::new("cc");
    compile.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&shim).arg(source).args(["-ldl"]);
    if !cfg!(target_os = "linux") || !compile.status().is_ok_and(|status| status.success()) {
        println!("not run: no C compiler, or not Linux");
        return;
    }
    let dir = folder.path().join("store");
    // Two lives of the process: the second opens what the first left.
    let mut calls = Vec::new();
    for _ in 0..2 {
        let mut command = child::command("write", &dir);
        command.env("LD_PRELOAD", &shim).env("POWER_DIR", &dir).env("POWER_LOG", &record);
        let (mut child, lines) = child::spawn(command);
        let enough = rounds(60, 600) as usize;
        let acknowledged = lines.filter(|line| child::ack(line).is_some()).take(enough).count();
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(acknowledged, enough, "the writers ended by themselves");
        calls.extend(read_record(&record));
        fs::remove_file(&record).unwrap();
    }
    let mut dice = Dice(4);
    let cuts = rounds(25, 1_000);
    // Every third in the making of the store, where names are not safe yet.
    let ends = [calls.len() as u64, calls.len() as u64, 100];
    let mut moments: Vec<usize> =
        (0..cuts).map(|cut| dice.below(ends[cut as usize % 3] + 1) as usize).collect();
    moments.sort_unstable();
    let mut disk = Disk::default();
    let mut applied = 0;
    for (cut, moment) in moments.into_iter().enumerate() {
        for call in &calls[applied..moment] {
            disk.apply(&dir, call);
        }
        applied = moment;
        let found = folder.path().join(format!("found-{cut}"));
        disk.restart(&found, &mut dice, cut % 3 == 0);
        let said = child::run(child::command("look", &found));
        let whole = said.iter().find_map(|line| line.strip_prefix("whole "));
        let Some(whole) = whole else { panic!("cut {cut} before call {moment}: {said:?}") };
        let steps: Vec<u64> =
            whole.trim_matches(['[', ']']).split(", ").map(|step| step.parse().unwrap()).collect();
        for (teller, acknowledged) in &disk.acknowledged {
            assert!(steps[*teller] >= *acknowledged, "cut {cut}: {whole}, {:?}", disk.acknowledged);
        }
        fs::remove_dir_all(found).unwrap();
    }
}
