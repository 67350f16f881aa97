//! What stands round every screen.

use vafa::domain::{Language, ThemeKind};

use crate::stage::Stage;

#[test]
fn the_first_frame_needs_no_store() {
    let stage = Stage::unopened(120, 36, Language::English, ThemeKind::Dark);
    stage.sees("2 Customers").sees("Sara · Tehran  14:32").sees("starting");
}
