//! The analyses: pure functions from histories to numbers. Never reads a clock, a store or a screen.
pub mod retention;
