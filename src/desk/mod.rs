//! The one door: permit, validate, commit, announce.
