//! Rows of cells parted by a character or by blanks, as RFC 4180 has them and as spreadsheets write
//! them. Reads in constant memory whatever the file holds: an unclosed quote costs its own line, a
//! row has a longest length.
//!
//! ```text
//!   buffer  …done│"a ""quoted""⏎cell",b⏎│next…
//!                └ one record, parsed in place; read on and parsed again when its end is not here yet
//! ```

use std::io::{self, Read};

use super::fault::Fault;
use super::row::Row;

/// What stands between cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// One character.
    Char(char),
    /// Runs of blanks and tabs; those around the row do not count.
    Blanks,
}

impl Delimiter {
    /// Reads what stands after `--delimiter`: one character, `tab` or `space`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "space" | "spaces" | " " => return Some(Self::Blanks),
            "tab" | "\\t" => return Some(Self::Char('\t')),
            _ => {}
        }
        let mut chars = text.chars();
        let only = chars.next().filter(|c| !matches!(c, '"' | '\n' | '\r' | '\0'))?;
        chars.next().is_none().then_some(Self::Char(only))
    }

    /// Finds the delimiter of a file from its beginning: the one that cuts the most lines into the
    /// same number of cells, a comma when there is none.
    pub fn detect(beginning: &[u8]) -> Self {
        let mut best = (0, Self::Char(','));
        for c in [',', ';', '\t', '|'] {
            let widths = widths(beginning, Self::Char(c));
            let Some(&first) = widths.first().filter(|w| **w > 1) else { continue };
            let alike = widths.iter().filter(|w| **w == first).count();
            let score = alike * 1_000 + first.min(999);
            if score > best.0 {
                best = (score, Self::Char(c));
            }
        }
        best.1
    }
}

/// Lines looked at to find the delimiter.
const LINES_LOOKED_AT: usize = 20;

fn widths(beginning: &[u8], delimiter: Delimiter) -> Vec<usize> {
    let mut reader = Delimited::new(beginning, delimiter);
    let mut row = Row::default();
    let mut widths = Vec::new();
    while widths.len() < LINES_LOOKED_AT {
        match reader.next(&mut row) {
            Ok(Some(Ok(()))) => widths.push(row.width()),
            Ok(Some(Err(_))) => {}
            Ok(None) | Err(_) => break,
        }
    }
    widths
}

/// Longest row, in bytes.
pub const MOST_ROW: usize = 1 << 20;

/// Size of one read.
const CHUNK: usize = 128 * 1024;

/// Reads rows from UTF-8.
pub struct Delimited<R> {
    input: R,
    delimiter: Delimiter,
    /// The delimiter in UTF-8.
    between: Vec<u8>,
    /// Bytes that may end a piece of an unquoted cell.
    stops: [bool; 256],
    buffer: Vec<u8>,
    at: usize,
    ended: bool,
    /// Line of the next record.
    line: u64,
    ends: Vec<usize>,
}

/// What the buffer holds at the place of a record.
enum Parsed {
    /// A record of so many bytes and lines, terminator included.
    Whole { bytes: usize, lines: u64 },
    /// Its end is not in the buffer.
    Cut,
    /// The end of the file came within quotes.
    Unclosed,
}

impl<R: Read> Delimited<R> {
    /// Rows of a file.
    pub fn new(input: R, delimiter: Delimiter) -> Self {
        let mut stops = [false; 256];
        let mut between = Vec::new();
        match delimiter {
            Delimiter::Char(c) => {
                between.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                if let Some(first) = between.first() {
                    stops[usize::from(*first)] = true;
                }
            }
            Delimiter::Blanks => {
                stops[usize::from(b' ')] = true;
                stops[usize::from(b'\t')] = true;
            }
        }
        stops[usize::from(b'\n')] = true;
        stops[usize::from(b'\r')] = true;
        Self {
            input,
            delimiter,
            between,
            stops,
            buffer: Vec::new(),
            at: 0,
            ended: false,
            line: 1,
            ends: Vec::new(),
        }
    }

    /// Reads the next row that is not an empty line; `None` at the end of the file. A row with a
    /// fault may hold some of its text.
    pub fn next(&mut self, row: &mut Row) -> io::Result<Option<Result<(), Fault>>> {
        loop {
            if !self.skip_empty_lines()? {
                return Ok(None);
            }
            row.begin(self.line);
            let mut text = row.take().into_bytes();
            let parsed = self.parse(&mut text);
            match parsed {
                Parsed::Whole { bytes, lines } => {
                    self.at += bytes;
                    self.line += lines;
                    let fault = fault_of(&text);
                    match String::from_utf8(text) {
                        Ok(text) => row.give(text, &self.ends),
                        Err(e) => {
                            let lossy = String::from_utf8_lossy(e.as_bytes()).into_owned();
                            let end = lossy.len();
                            row.give(lossy, &[end]);
                        }
                    }
                    return Ok(Some(fault.map_or(Ok(()), Err)));
                }
                Parsed::Cut if self.buffer.len() - self.at < MOST_ROW => self.read_more()?,
                Parsed::Cut => {
                    self.drop_line(row)?;
                    return Ok(Some(Err(Fault::TooLong { most: MOST_ROW })));
                }
                Parsed::Unclosed => {
                    self.drop_line(row)?;
                    return Ok(Some(Err(Fault::UnclosedQuote)));
                }
            }
        }
    }

    /// Parses the record at `self.at` into `text` and `self.ends`.
    fn parse(&mut self, text: &mut Vec<u8>) -> Parsed {
        text.clear();
        self.ends.clear();
        let input = &self.buffer[self.at..];
        let blanks = self.delimiter == Delimiter::Blanks;
        let mut i = 0;
        let mut lines = 1;
        loop {
            if blanks {
                i += input[i..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
                let over = matches!(input.get(i), None | Some(b'\n' | b'\r'));
                if over && !self.ends.is_empty() && (i < input.len() || self.ended) {
                    let Some(end) = self.terminator(input, i) else { return Parsed::Cut };
                    return Parsed::Whole { bytes: end, lines };
                }
            }
            if input.get(i) == Some(&b'"') {
                i += 1;
                loop {
                    let Some(close) = memchr::memchr(b'"', &input[i..]) else {
                        return if self.ended { Parsed::Unclosed } else { Parsed::Cut };
                    };
                    let piece = &input[i..i + close];
                    lines += line_ends(piece);
                    text.extend_from_slice(piece);
                    i += close + 1;
                    if input.get(i) == Some(&b'"') {
                        text.push(b'"');
                        i += 1;
                    } else if i == input.len() && !self.ended {
                        return Parsed::Cut;
                    } else {
                        break;
                    }
                }
            }
            // The rest of the cell, up to its delimiter.
            loop {
                let rest = &input[i..];
                let n = rest.iter().position(|b| self.stops[usize::from(*b)]).unwrap_or(rest.len());
                text.extend_from_slice(&rest[..n]);
                i += n;
                let Some(&stop) = input.get(i) else {
                    if !self.ended {
                        return Parsed::Cut;
                    }
                    self.ends.push(text.len());
                    return Parsed::Whole { bytes: i, lines };
                };
                if matches!(stop, b'\n' | b'\r') {
                    self.ends.push(text.len());
                    let Some(end) = self.terminator(input, i) else { return Parsed::Cut };
                    return Parsed::Whole { bytes: end, lines };
                }
                if blanks {
                    self.ends.push(text.len());
                    break;
                }
                if input[i..].starts_with(&self.between) {
                    i += self.between.len();
                    self.ends.push(text.len());
                    break;
                }
                if !self.ended && self.between.starts_with(&input[i..]) {
                    return Parsed::Cut;
                }
                // A character that only begins like the delimiter.
                text.push(stop);
                i += 1;
            }
        }
    }

    /// Where the line end at `i` is over; `None` when that cannot be seen yet.
    fn terminator(&self, input: &[u8], i: usize) -> Option<usize> {
        match (input.get(i), input.get(i + 1)) {
            (Some(b'\r'), Some(b'\n')) => Some(i + 2),
            (Some(b'\r'), None) if !self.ended => None,
            (Some(_), _) => Some(i + 1),
            (None, _) => Some(i),
        }
    }

    /// Stands at the first byte of a line with something in it; false at the end of the file.
    fn skip_empty_lines(&mut self) -> io::Result<bool> {
        loop {
            match (self.buffer.get(self.at), self.buffer.get(self.at + 1)) {
                (None, _) | (Some(b'\r'), None) if !self.ended => self.read_more()?,
                (None, _) => return Ok(false),
                (Some(b'\r'), Some(b'\n')) => {
                    self.at += 2;
                    self.line += 1;
                }
                (Some(b'\r' | b'\n'), _) => {
                    self.at += 1;
                    self.line += 1;
                }
                (Some(b' ' | b'\t'), _) if self.delimiter == Delimiter::Blanks => self.at += 1,
                _ => return Ok(true),
            }
        }
    }

    fn read_more(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.at);
        self.at = 0;
        let have = self.buffer.len();
        self.buffer.resize(have + CHUNK, 0);
        let read = loop {
            match self.input.read(&mut self.buffer[have..]) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.buffer.truncate(have + *read.as_ref().unwrap_or(&0));
        self.ended = read? == 0;
        Ok(())
    }

    /// Passes over the line at hand, keeping its beginning as the only cell of `row`.
    fn drop_line(&mut self, row: &mut Row) -> io::Result<()> {
        let shown = 4 * 1024;
        let rest = &self.buffer[self.at..];
        let end = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len()).min(shown);
        let text = String::from_utf8_lossy(&rest[..end]).into_owned();
        let length = text.len();
        row.give(text, &[length]);
        loop {
            let rest = &self.buffer[self.at..];
            if let Some(end) = memchr::memchr2(b'\n', b'\r', rest) {
                self.at += end; // the line end is passed over as an empty line, and counted there
                return Ok(());
            }
            self.at = self.buffer.len();
            if self.ended {
                return Ok(());
            }
            self.read_more()?;
        }
    }
}

fn fault_of(text: &[u8]) -> Option<Fault> {
    if memchr::memchr(0, text).is_some() {
        return Some(Fault::ZeroByte);
    }
    std::str::from_utf8(text).is_err().then_some(Fault::NotText { encoding: "UTF-8" })
}

/// Line ends in a piece of a quoted cell.
fn line_ends(piece: &[u8]) -> u64 {
    let mut count = 0;
    let mut after_return = false;
    for b in piece {
        count += u64::from(*b == b'\r' || (*b == b'\n' && !after_return));
        after_return = *b == b'\r';
    }
    count
}

#[cfg(test)]
#[path = "delimited_tests.rs"]
mod tests;
