//! The desk on the memory engine: every command, its refusals, and its undoing.

mod acts;
mod bench;
mod imports;
mod scoring;
