//! What keys do inside a field. The field itself is of the text room.

use crate::text::Field;

use super::key::{Code, Key};

/// Does what a key says to a field; false when it means nothing to one.
pub fn edit(field: &mut Field, key: Key) -> bool {
    if let Some(c) = key.writes() {
        field.insert(c);
        return true;
    }
    let word = key.ctrl || key.alt;
    match key.code {
        Code::Backspace if word => field.backspace_word(),
        Code::Backspace => field.backspace(),
        Code::Delete => field.delete(),
        Code::Left if word => field.word_left(),
        Code::Left => field.left(),
        Code::Right if word => field.word_right(),
        Code::Right => field.right(),
        Code::Home => field.home(),
        Code::End => field.end(),
        Code::Char('a') if key.ctrl => field.home(),
        Code::Char('e') if key.ctrl => field.end(),
        Code::Char('w') if key.ctrl => field.backspace_word(),
        Code::Char('k') if key.ctrl => field.delete_to_end(),
        Code::Char('u') if key.ctrl => field.clear(),
        _ => return false,
    }
    true
}

/// Left and right as the eye sees them on a Persian screen.
pub fn seen(key: Key, dir: crate::text::Dir) -> Key {
    match (dir, key.code) {
        (crate::text::Dir::Rtl, Code::Left) => Key { code: Code::Right, ..key },
        (crate::text::Dir::Rtl, Code::Right) => Key { code: Code::Left, ..key },
        _ => key,
    }
}
