//! Safe text, search folding, layout of mixed scripts, numerals, calendars and the words of the screen.
