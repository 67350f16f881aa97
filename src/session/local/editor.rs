//! Has a text changed in the person's own editor, through a file only they can read.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{self, Command};

/// Longest text taken back, in bytes; a longer file is not a note any more.
const LONGEST: u64 = 1 << 20;
/// Names tried before giving up; only a crash leaves files behind.
const MOST_NAMES: u32 = 100;

/// The editor and where the file for it goes.
#[derive(Clone, Debug)]
pub struct Editor {
    /// What the shell shall run, as in `$VISUAL`: may have arguments.
    pub command: String,
    /// The folder for temporary files.
    pub folder: PathBuf,
}

impl Editor {
    /// Runs the editor on `text` and waits for it. `None` when it failed or said so, or when what
    /// it left is not a text.
    pub fn run(&self, text: &str) -> Option<String> {
        let file = Temporary::make(&self.folder, text).ok()?;
        // As git does it: the shell takes the words apart, and the path is never read as a command.
        let status = Command::new("sh")
            .arg("-c")
            .arg(format!("{} \"$1\"", self.command))
            .arg("sh")
            .arg(&file.path)
            .status()
            .ok()?;
        if !status.success() || fs::metadata(&file.path).ok()?.len() > LONGEST {
            return None;
        }
        let mut text = fs::read_to_string(&file.path).ok()?;
        // Editors end the last line; the text had none.
        if text.ends_with('\n') {
            text.pop();
        }
        Some(text)
    }
}

/// A file that is gone when this is dropped.
struct Temporary {
    path: PathBuf,
}

impl Temporary {
    fn make(folder: &Path, text: &str) -> io::Result<Self> {
        for number in 0..MOST_NAMES {
            let path = folder.join(format!("vafa-{}-{number}.txt", process::id()));
            match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
                Ok(mut file) => {
                    let made = Self { path };
                    file.write_all(text.as_bytes())?;
                    return Ok(made);
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(command: &str, text: &str) -> (Option<String>, usize) {
        let folder = tempfile::tempdir().expect("folder");
        let editor = Editor { command: command.to_owned(), folder: folder.path().to_owned() };
        let text = editor.run(text);
        (text, fs::read_dir(folder.path()).expect("folder").count())
    }

    #[test]
    fn the_text_comes_back_and_the_file_goes() {
        for (command, expected) in [
            ("true", Some("a\nb")),
            ("sh -c 'printf \"new\\n\" > \"$1\"' -", Some("new")),
            (
                "sh -c '[ \"$(stat -c %a \"$1\")\" = 600 ] && echo private > \"$1\"' -",
                Some("private"),
            ),
            ("sh -c 'printf \"\\377\" > \"$1\"' -", None),
            ("false", None),
            ("rm", None),
            ("/does/not/exist 2>/dev/null", None),
        ] {
            let (text, left) = edited(command, "a\nb");
            assert_eq!(text.as_deref(), expected, "{command}");
            assert_eq!(left, 0, "{command}");
        }
    }
}
