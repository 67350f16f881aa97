//! In a terminal.
