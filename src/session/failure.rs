//! What a person sees when the desk does not open: the words, and that a key ends it.

use ratatui::Frame;
use ratatui::text::{Line, Text};
use ratatui::widgets::{Paragraph, Wrap};

use super::opening::Failure;

/// Draws the words of a failure from the top left.
pub(super) fn draw(failure: &Failure, frame: &mut Frame) {
    let mut lines = Vec::new();
    for words in &failure.words {
        lines.push(Line::raw(words.as_str()));
        lines.push(Line::default());
    }
    let text = Paragraph::new(Text::from(lines)).wrap(Wrap { trim: true });
    frame.render_widget(text, frame.area());
}
