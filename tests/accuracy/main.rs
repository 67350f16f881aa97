//! The analyses against published figures and data sets. The figures and the data lie outside the
//! project (`../shared`, see its SOURCES.txt); what is compared is named beside each test.
#![allow(clippy::float_cmp)] // counts and whole weeks are exact

mod cdnow;
mod data;
mod golden;
mod groceries;
mod simulated;
mod telco;
mod worlds;
