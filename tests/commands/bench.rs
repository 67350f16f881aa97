//! A folder of its own for each test, and the program run in it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A temporary folder with a store in it.
pub struct Bench {
    folder: tempfile::TempDir,
}

/// What one run of the program came to.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Bench {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn store(&self) -> PathBuf {
        self.path("store")
    }

    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// The program with nothing of the tester's own environment.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vafa"));
        command
            .args(args)
            .env_clear()
            .env("HOME", self.folder.path())
            .env("USER", "sara")
            .env("TZ", "UTC")
            .env("VAFA_STORE", self.store())
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, args: &[&str]) -> Run {
        Run::from(self.command(args).output().unwrap())
    }

    /// Runs and expects success; standard output.
    pub fn ok(&self, args: &[&str]) -> String {
        let run = self.run(args);
        assert_eq!(run.status, 0, "{args:?}: {run:?}");
        assert_eq!(run.err, "", "{args:?}: words on standard error");
        run.out
    }

    /// Runs and expects this exit status and these words on standard error, and no result.
    pub fn fails(&self, args: &[&str], status: i32, words: &[&str]) -> Run {
        let run = self.run(args);
        assert_eq!(run.status, status, "{args:?}: {run:?}");
        for word in words {
            assert!(run.err.contains(word), "{args:?}: {word:?} is not in {:?}", run.err);
        }
        assert!(!run.err.contains("panicked"), "{args:?}: {run:?}");
        run
    }

    /// Rows of `--format jsonl`.
    pub fn rows(&self, args: &[&str]) -> Vec<serde_json::Value> {
        let out = self.ok(&[args, &["--format", "jsonl"]].concat());
        out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// How many customers an expression selects.
    pub fn count(&self, expression: &str) -> usize {
        self.rows(&["list", "--where", expression]).len()
    }

    /// A store with three customers.
    pub fn with_people() -> Self {
        let bench = Self::new();
        let file = bench.file("people.csv", PEOPLE);
        bench.ok(&["import", "customers", &file]);
        bench
    }

    /// The same with a strategy.
    pub fn with_plan(plan: &str) -> Self {
        let bench = Self::with_people();
        let file = bench.file("plan.toml", plan);
        bench.ok(&["import", "plan", &file]);
        bench
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

pub const PEOPLE: &str = "\
external_id,name,phone,email,city,birth_date,tags,stage
C-1,Reza Karimi,+98 912 123 4567,reza@example.com,Tehran,1981-04-04,vip; fibre,loyal
C-2,سارا محمدی,+98 912 765 4321,,شیراز,1370/01/15,,
C-3,Olivia Brown,+44 20 7946 0018,olivia@example.com,London,,vip,prospect
";

/// Where the published data lie; `None` on machines without them.
pub fn shared(name: &str) -> Option<PathBuf> {
    let named = std::env::var_os("VAFA_SHARED").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let path = named.unwrap_or(beside).join("data").join(name);
    path.exists().then_some(path)
}
