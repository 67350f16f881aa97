//! A disk without room.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::child;

/// A command of the shell that runs children with the tasks in `$FAULT`.
fn shell(script: &str, dir: &Path) -> Command {
    let child = child::command("fill", dir);
    let mut command = Command::new("sh");
    command.arg("-c").arg(script).arg(child.get_program()).args(child.get_args());
    for (name, value) in child.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What must have been said by one who filled the disk and one who looked after room was made; the
/// second write was refused with the words `second`.
fn check(said: &[String], second: &str) {
    let acknowledged = said.iter().filter_map(|line| child::ack(line)).map(|(_, step)| step).max();
    let line = |start: &str| {
        let found = said.iter().find(|line| line.starts_with(start));
        found.unwrap_or_else(|| panic!("no {start:?} in {said:?}"))
    };
    assert!(line("first ").contains("no room left"), "{}", line("first "));
    assert!(line("first ").contains("make room"), "{}", line("first "));
    assert!(line("second ").contains(second), "{}", line("second "));
    let last = acknowledged.unwrap();
    let kept = [last, last + 1].map(|step| format!("whole [{step}, 0, 0]"));
    assert!(kept.contains(line("whole ")), "{last} acknowledged, {}", line("whole "));
}

/// The file may not grow past a limit, as on a full disk; then it may again.
#[test]
fn a_file_that_may_not_grow_makes_the_store_read_only() {
    let _turn = crate::turn();
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    // 25 is SIGXFSZ, ignored so that the write fails instead; 32,768 blocks are 16 or 32 MiB.
    let script =
        r#"(trap '' 25; ulimit -f 32768; exec "$0" "$@") && VAFA_FAULT=look exec "$0" "$@""#;
    check(&child::run(shell(script, &folder.path().join("store"))), "read-only");
}

/// A small disk of its own, where the system lets us mount one: nothing is begun on the last of it, so
/// that all can be read, and once there is room the same process goes on.
#[test]
fn a_full_disk_is_told_before_it_does_harm() {
    let _turn = crate::turn();
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let may_mount = Command::new("unshare")
        .args(["-rm", "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs"])
        .arg(folder.path())
        .stderr(Stdio::null())
        .status();
    if !may_mount.is_ok_and(|status| status.success()) {
        println!("not run: no disk can be mounted here");
        return;
    }
    let script = r#"exec unshare -rm sh -c '
        disk="${VAFA_FAULT_DIR%/*}"
        mount -t tmpfs -o size=80m tmpfs "$disk" && head -c 24m /dev/zero >"$disk/other" || exit 1
        VAFA_FAULT=room "$0" "$@" && VAFA_FAULT=look exec "$0" "$@"' "$0" "$@""#;
    let said = child::run(shell(script, &folder.path().join("store")));
    check(&said, "no room left");
    assert!(said.iter().any(|line| line.starts_with("third ")), "{said:?}");
}
