//! Every entry of the escape corpus through the whole program: kept, shown, typed, pasted, printed and
//! written. Whatever comes out holds no character that a terminal or a reader could obey.

mod commands;
mod corpus;
mod screens;
mod wire;
