//! The screens: model, update, draw. No I/O, no clock, no channel, no global.
