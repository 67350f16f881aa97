//! The real program in a real terminal, and the local line on one.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::num::NonZero;
use std::os::fd::AsFd;
use std::os::unix::process::ExitStatusExt;
use std::panic::{self, AssertUnwindSafe};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use pty_process::Size;
use pty_process::blocking::{Pty, open};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, Signal, kill_process, pidfd_open};
use rustix::termios::{LocalModes, Termios, tcgetattr};
use vafa::domain::BidiKind;
use vafa::session::local::{Local, PanicHook, Tty};
use vafa::session::{Line, Modes, Wishes};

use crate::bench::DEADLINE;

const VAFA: &str = env!("CARGO_BIN_EXE_vafa");
const WISHES: Wishes = Wishes { bidi: BidiKind::Auto, mouse: true, questions: true };
/// What is on the first frame.
const SHOWN: &str = "Customers";

/// Waits for a file until a moment.
fn ready(file: impl AsFd, until: Instant) -> bool {
    let left = until.saturating_duration_since(Instant::now());
    let left = Timespec { tv_sec: left.as_secs() as i64, tv_nsec: left.subsec_nanos().into() };
    poll(&mut [PollFd::new(&file, PollFlags::IN)], Some(&left)).is_ok_and(|ready| ready > 0)
}

/// A terminal with a program in it.
struct Window {
    pty: Pty,
    child: Child,
    before: Termios,
    screen: vt100::Parser,
    sent: Vec<u8>,
    home: tempfile::TempDir,
}

impl Window {
    fn new(program: &str, arguments: &[&str]) -> Self {
        let (pty, pts) = open().expect("a terminal");
        pty.resize(Size::new(24, 80)).expect("a size");
        let before = tcgetattr(&pty).expect("settings");
        let home = tempfile::tempdir().expect("a folder");
        let child = pty_process::blocking::Command::new(program)
            .args(arguments)
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", home.path())
            .env("VAFA_STORE", home.path().join("store"))
            .env("TERM", "xterm-256color")
            .env("VISUAL", "printf edited >")
            .env("PS1", "prompt$ ")
            .spawn(pts)
            .expect("a process");
        let cells = |count| NonZero::new(count).expect("a size");
        let screen = vt100::Parser::new(cells(24), cells(80), 0);
        Self { pty, child, before, screen, sent: Vec::new(), home }
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    fn types(&mut self, keys: &str) {
        self.pty.write_all(keys.as_bytes()).expect("keys");
    }

    /// Takes what the program sends; false when nothing came in time, or never will.
    fn takes(&mut self, until: Instant) -> bool {
        let mut bytes = [0; 16 * 1024];
        if !ready(&self.pty, until) {
            return false;
        }
        let Ok(length @ 1..) = self.pty.read(&mut bytes) else { return false };
        self.screen.process(&bytes[..length]);
        self.sent.extend_from_slice(&bytes[..length]);
        true
    }

    /// Waits until what was sent satisfies `so`.
    fn until(&mut self, what: &str, so: impl Fn(&Self) -> bool) {
        let until = Instant::now() + DEADLINE;
        while !so(self) {
            let sent = self.sent.escape_ascii().to_string();
            assert!(
                self.takes(until),
                "never {what}:\n{}\n{sent}",
                self.screen.screen().contents()
            );
        }
    }

    fn shows(&mut self, text: &str) {
        self.until(text, |window| window.screen.screen().contents().contains(text));
    }

    fn sends(&mut self, text: &str) {
        self.until(text, |window| contains(&window.sent, text));
    }

    /// Waits for the end of the process; its output is taken meanwhile.
    fn ends(&mut self) -> ExitStatus {
        let until = Instant::now() + DEADLINE;
        while self.takes(until) {}
        self.child.wait().expect("an end")
    }

    /// Everything switched on is off, and the settings are as they were.
    fn is_restored(&self) {
        let left_on: Vec<_> = switches(&self.sent).into_iter().filter(|(_, (_, on))| *on).collect();
        assert_eq!(left_on, [], "modes left on");
        let now = tcgetattr(&self.pty).expect("settings");
        assert_eq!(format!("{now:?}"), format!("{:?}", self.before));
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Every mode the bytes touch: how often it was switched, and whether it is away from its usual
/// state at the end (mode 8 and the cursor are usually on).
fn switches(sent: &[u8]) -> BTreeMap<String, (usize, bool)> {
    let mut modes = BTreeMap::new();
    for part in String::from_utf8_lossy(sent).split("\x1b[").skip(1) {
        let end = part.find(|c: char| !(c.is_ascii_digit() || c == '?')).unwrap_or(part.len());
        let (mode, rest) = part.split_at(end);
        let on = match rest.chars().next() {
            Some('h') => true,
            Some('l') => false,
            _ => continue,
        };
        let usual = matches!(mode, "8" | "?25");
        let entry = modes.entry(mode.to_owned()).or_insert((0, false));
        *entry = (entry.0 + 1, on != usual);
    }
    modes
}

#[test]
fn the_terminal_is_as_it_was_after_every_way_out() {
    for (way, signal, status) in [
        ("left", None, 0),
        ("terminated", Some(Signal::TERM), 128 + 15),
        ("hung up", Some(Signal::HUP), 128 + 1),
        ("interrupted", Some(Signal::INT), 128 + 2),
    ] {
        let mut window = Window::new(VAFA, &[]);
        window.shows(SHOWN);
        window.types("\x1bP>|Konsole 24.12.1\x1b\\\x1b[?62c");
        window.sends("BidiRenderingEnabled=false");
        for mode in ["?1049", "?2004", "?1000", "?1006", "?1004", "?25", "8"] {
            let switched = switches(&window.sent);
            assert!(switched.get(mode).is_some_and(|(_, away)| *away), "{mode} in {switched:?}");
        }
        let now = tcgetattr(&window.pty).expect("settings");
        assert!(!now.local_modes.intersects(LocalModes::ICANON | LocalModes::ECHO), "raw");
        match signal {
            None => window.types("q"),
            Some(signal) => kill_process(window.pid(), signal).expect("a signal"),
        }
        assert_eq!(window.ends().code(), Some(status), "{way}");
        window.is_restored();
        assert!(contains(&window.sent, "BidiRenderingEnabled=true"), "{way}");
    }
}

#[test]
fn a_terminal_that_never_answers_is_left_soon() {
    let mut window = Window::new(VAFA, &[]);
    window.shows(SHOWN);
    let began = Instant::now();
    window.types("q");
    assert!(window.ends().success());
    window.is_restored();
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
}

/// State and processor seconds of a process, from proc(5).
#[cfg(target_os = "linux")]
fn spent(pid: Pid) -> (char, f64) {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).expect("stat");
    let fields: Vec<&str> = stat.rsplit(')').next().expect("fields").split_whitespace().collect();
    let ticks: u32 =
        fields[11].parse::<u32>().expect("utime") + fields[12].parse::<u32>().expect("stime");
    (fields[0].chars().next().expect("state"), f64::from(ticks) / 100.0)
}

#[test]
#[cfg(target_os = "linux")]
fn when_the_terminal_vanishes_the_process_ends_and_does_not_spin() {
    let mut window = Window::new(VAFA, &[]);
    window.shows(SHOWN);
    let (pid, home) = (window.pid(), tempfile::tempdir().expect("a folder"));
    let (_, before) = spent(pid);
    let ended = pidfd_open(pid, PidfdFlags::empty()).expect("a process");
    // The other end goes; the child stays ours.
    let Window { pty, child, .. } = &mut window;
    let (other, _pts) = open().expect("a terminal");
    drop(std::mem::replace(pty, other));
    let began = Instant::now();
    assert!(ready(&ended, began + Duration::from_secs(2)), "still there after 2 s");
    let (state, after) = spent(pid);
    assert_eq!(state, 'Z', "ended, not waited for yet");
    assert!(after - before < 0.1, "{} s of processor time", after - before);
    let status = child.wait().expect("an end");
    assert_eq!((status.code(), status.signal()), (Some(128 + 1), None));
    drop(home);
}

/// Without a hang-up signal: this process is not the terminal's, so none comes.
#[test]
fn the_line_ends_when_the_terminal_vanishes_without_a_signal() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let (pty, pts) = open().expect("a terminal");
        let local = Local::open(pty_end(&pty), Arc::new(Modes::new(WISHES)), None);
        let local = local.expect("a line");
        drop((pty, pts));
        for _ in 0..3 {
            let next = tokio::time::timeout(DEADLINE, local.next()).await;
            assert_eq!(next.expect("an end in time"), None);
        }
        assert!(local.send(b"anything").await.is_err());
    });
}

/// The terminal's own end of a pty, opened anew.
fn pty_end(pty: &Pty) -> fs::File {
    let name = rustix::pty::ptsname(pty, Vec::new()).expect("a name");
    let path = name.to_str().expect("a path");
    fs::OpenOptions::new().read(true).write(true).open(path).expect("a terminal")
}

#[test]
fn a_panic_is_printed_on_a_terminal_that_is_as_it_was() {
    let (mut pty, _pts) = open().expect("a terminal");
    let before = tcgetattr(&pty).expect("settings");
    let modes = Arc::new(Modes::new(WISHES));
    let tty = Arc::new(Tty::open(pty_end(&pty), Arc::clone(&modes)).expect("a terminal"));
    tty.make_raw().expect("raw mode");
    tty.write_all(&modes.enter()).expect("modes");
    modes.learn_settled();

    // What stands for standard error: it must come after the modes are left.
    let usual = panic::take_hook();
    let printer = Arc::clone(&tty);
    panic::set_hook(Box::new(move |_| printer.write_all(b"what the panic says").expect("bytes")));
    let hook = PanicHook::set(Arc::clone(&tty));

    // Another thread's panic leaves the screen alone and is kept.
    let other = std::thread::Builder::new().name("worker".to_owned()).spawn(|| panic!("aside"));
    assert!(other.expect("a thread").join().is_err());
    assert!(hook.kept().iter().any(|said| said.contains("worker") && said.contains("aside")));
    assert!(format!("{:?}", tcgetattr(&pty).expect("settings")) != format!("{before:?}"));

    let caught = panic::catch_unwind(AssertUnwindSafe(|| panic!("on purpose")));
    drop(hook);
    panic::set_hook(usual);
    assert!(caught.is_err());

    let (mut sent, mut bytes) = (Vec::new(), [0; 1024]);
    while !sent.ends_with(b"what the panic says") {
        assert!(ready(&pty, Instant::now() + DEADLINE), "{}", sent.escape_ascii());
        let length = pty.read(&mut bytes).expect("bytes");
        sent.extend_from_slice(&bytes[..length]);
    }
    let left_on: Vec<_> = switches(&sent).into_iter().filter(|(_, (_, on))| *on).collect();
    assert_eq!(left_on, [], "modes left on");
    assert!(contains(&sent, "\x1b[?1049lwhat the panic says"), "{}", sent.escape_ascii());
    assert_eq!(format!("{:?}", tcgetattr(&pty).expect("settings")), format!("{before:?}"));
}

#[test]
fn a_stop_gives_the_terminal_back_and_a_resumption_draws_it_anew() {
    let mut window = Window::new("/bin/sh", &["-i"]);
    window.shows("prompt$");
    window.types(&format!("{VAFA}\r"));
    window.shows(SHOWN);
    window.types("\x1a");
    window.sends("\x1b[?1049l");
    window.until("a prompt", |w| {
        !w.screen.screen().alternate_screen()
            && w.screen.screen().contents().matches("prompt$").count() == 2
    });
    let left_on: Vec<_> = switches(&window.sent).into_iter().filter(|(_, (_, on))| *on).collect();
    assert_eq!(left_on, [], "modes left on while stopped");
    window.sent.clear();
    window.types("fg\r");
    window.sends("\x1b[2J");
    window.shows(SHOWN);
    assert!(window.screen.screen().alternate_screen());
    window.types("q");
    window.until("a prompt", |w| w.screen.screen().contents().matches("prompt$").count() == 3);
    window.types("exit\r");
    assert!(window.ends().success());
}

#[test]
fn where_nobody_could_resume_it_a_stop_does_nothing_bad() {
    let mut window = Window::new(VAFA, &[]);
    window.shows(SHOWN);
    window.types("\x1a");
    window.sends("\x1b[?1049l");
    window.sent.clear();
    window.sends("\x1b[?1049h");
    window.sends("\x1b[2J");
    window.types("q");
    assert!(window.ends().success());
    window.is_restored();
}

#[test]
fn a_new_size_is_drawn() {
    let mut window = Window::new(VAFA, &[]);
    window.shows(SHOWN);
    window.sent.clear();
    window.pty.resize(Size::new(10, 40)).expect("a size");
    window.sends("\x1b[2J");
    window.types("q");
    assert!(window.ends().success());
}

#[test]
fn a_store_in_use_is_explained_and_ends_after_a_key() {
    let mut first = Window::new(VAFA, &[]);
    // The store is open.
    first.shows("No customers yet");
    let store = first.home.path().join("store");
    let mut second =
        Window::new("/usr/bin/env", &[&format!("VAFA_STORE={}", store.display()), VAFA]);
    second.shows("Press any key to leave.");
    second.shows("using it");
    second.types("x");
    assert_eq!(second.ends().code(), Some(4));
    second.is_restored();
    first.types("q");
    assert!(first.ends().success());
}

#[test]
fn without_a_terminal_it_says_so() {
    let home = tempfile::tempdir().expect("a folder");
    let ended = Command::new(VAFA)
        .env("VAFA_STORE", home.path().join("store"))
        .env("HOME", home.path())
        .stdin(Stdio::null())
        .output()
        .expect("a process");
    assert_eq!(ended.status.code(), Some(2));
    assert!(ended.stdout.is_empty());
    let said = String::from_utf8(ended.stderr).expect("text");
    assert!(said.contains("terminal") && said.contains("--help"), "{said}");
}

#[test]
fn the_first_frame_does_not_wait() {
    let began = Instant::now();
    let mut window = Window::new(VAFA, &[]);
    window.sends("\x1b[?2026l");
    let took = began.elapsed();
    // The goal is 50 ms for a release build on a quiet machine; this catches waiting, not slowness.
    assert!(took < Duration::from_secs(1), "{took:?}");
}
