//! What a person sees when the desk does not open: the words, and that a key ends it.

use ratatui::Frame;

use crate::text::words::terminal::PRESS_ANY_KEY;
use crate::text::{Align, Bidi, SafeText, layout, layout_logical, wrap};

use super::opening::Failure;

/// Blank columns at both sides, where there is room for them.
const MARGIN: u16 = 2;

/// Draws the words of a failure from the top, a paragraph each.
pub(super) fn draw(failure: &Failure, bidi: Bidi, frame: &mut Frame) {
    let dir = bidi.dir(failure.lang);
    let lay = if bidi.is_logical() { layout_logical } else { layout };
    let area = frame.area();
    let margin = if area.width > 4 * MARGIN { MARGIN } else { 0 };
    let width = usize::from(area.width - 2 * margin);
    let hint = PRESS_ANY_KEY.in_(failure.lang);
    let mut lines: Vec<SafeText> = Vec::new();
    for paragraph in failure.words.iter().chain([&hint]) {
        lines.extend(wrap(paragraph, width, dir));
        lines.push(SafeText::EMPTY);
    }
    for (line, y) in lines.iter().zip(area.y..area.bottom()) {
        let mut x = area.x + margin;
        for cell in lay(line, width, Align::Start, dir).cells {
            if let Some(place) = frame.buffer_mut().cell_mut((x, y)) {
                place.set_symbol(&cell.symbol);
            }
            x += u16::from(cell.width);
        }
    }
}
