//! Sessions from end to end: the decoder, the loop on a scripted line, the real program in a terminal.

mod bench;
mod decoding;
mod looping;
mod terminal;
