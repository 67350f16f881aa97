//! Rows of JSON Lines: an object a line, read straight into the row. Keys become columns as they are
//! met. A list becomes its values with semicolons between them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::delimited::MOST_ROW;
use super::fault::Fault;
use super::row::{CellKind, Row};

/// Most different keys of one file; those beyond are passed over.
const MOST_KEYS: usize = 1_000;

/// Reads objects from UTF-8.
pub struct Objects<R> {
    input: BufReader<R>,
    line: u64,
    bytes: Vec<u8>,
    keys: Keys,
}

/// The keys met so far, in the order they were met.
#[derive(Default)]
struct Keys {
    names: Vec<String>,
    places: HashMap<String, usize>,
}

impl Keys {
    fn place(&mut self, name: &str) -> Option<usize> {
        if let Some(place) = self.places.get(name) {
            return Some(*place);
        }
        if self.names.len() == MOST_KEYS {
            return None;
        }
        self.names.push(name.to_owned());
        self.places.insert(name.to_owned(), self.names.len() - 1);
        Some(self.names.len() - 1)
    }
}

impl<R: Read> Objects<R> {
    /// Objects of a file.
    pub fn new(input: R) -> Self {
        let input = BufReader::with_capacity(256 * 1024, input);
        Self { input, line: 0, bytes: Vec::new(), keys: Keys::default() }
    }

    /// The keys met so far: column `n` of the rows is key `n`.
    pub fn keys(&self) -> &[String] {
        &self.keys.names
    }

    /// The line at hand as it stands in the file.
    pub fn source(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }

    /// Reads the next row that is not an empty line; `None` at the end of the file.
    pub fn next(&mut self, row: &mut Row) -> io::Result<Option<Result<(), Fault>>> {
        loop {
            self.bytes.clear();
            self.line += 1;
            let most = MOST_ROW as u64 + 1;
            let read = self.input.by_ref().take(most).read_until(b'\n', &mut self.bytes)?;
            if read == 0 {
                return Ok(None);
            }
            row.begin(self.line);
            if read > MOST_ROW {
                self.skip_rest()?;
                self.bytes.truncate(4 * 1024);
                return Ok(Some(Err(Fault::TooLong { most: MOST_ROW })));
            }
            while self.bytes.last().is_some_and(u8::is_ascii_whitespace) {
                self.bytes.pop();
            }
            if !self.bytes.is_empty() {
                break;
            }
        }
        if memchr::memchr(0, &self.bytes).is_some() {
            return Ok(Some(Err(Fault::ZeroByte)));
        }
        let Ok(text) = std::str::from_utf8(&self.bytes) else {
            return Ok(Some(Err(Fault::NotText { encoding: "UTF-8" })));
        };
        let mut json = serde_json::Deserializer::from_str(text);
        let seed = RowSeed { row, keys: &mut self.keys };
        let read = seed.deserialize(&mut json).and_then(|()| json.end());
        Ok(Some(read.map_err(|e| Fault::NotJson { detail: detail(&e) })))
    }

    fn skip_rest(&mut self) -> io::Result<()> {
        if self.bytes.last() == Some(&b'\n') {
            return Ok(());
        }
        loop {
            let waiting = self.input.fill_buf()?;
            let (n, over) = match memchr::memchr(b'\n', waiting) {
                Some(end) => (end + 1, true),
                None => (waiting.len(), waiting.is_empty()),
            };
            self.input.consume(n);
            if over {
                return Ok(());
            }
        }
    }
}

/// The reader's words without its line, which is always 1.
fn detail(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    format!("{} at character {}", words.trim_end_matches(place.as_str()), error.column())
}

/// Puts an object into a row.
struct RowSeed<'a> {
    row: &'a mut Row,
    keys: &'a mut Keys,
}

impl<'de> DeserializeSeed<'de> for RowSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for RowSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut text = String::new();
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            text.clear();
            let kind = map.next_value_seed(Cell { text: &mut text })?;
            if let Some(column) = self.keys.place(&key) {
                self.row.set(column, kind, &text);
            }
        }
        Ok(())
    }
}

/// Appends a value to a text, and tells what it was.
struct Cell<'a> {
    text: &'a mut String,
}

impl<'de> DeserializeSeed<'de> for Cell<'_> {
    type Value = CellKind;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<CellKind, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Cell<'_> {
    type Value = CellKind;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, v: &str) -> Result<CellKind, E> {
        self.text.push_str(v);
        Ok(CellKind::Text)
    }

    fn visit_bool<E>(self, v: bool) -> Result<CellKind, E> {
        self.text.push_str(if v { "true" } else { "false" });
        Ok(CellKind::Text)
    }

    fn visit_i64<E>(self, v: i64) -> Result<CellKind, E> {
        self.text.push_str(&v.to_string());
        Ok(CellKind::Integer)
    }

    fn visit_u64<E>(self, v: u64) -> Result<CellKind, E> {
        self.text.push_str(&v.to_string());
        Ok(CellKind::Integer)
    }

    fn visit_f64<E>(self, v: f64) -> Result<CellKind, E> {
        self.text.push_str(&v.to_string());
        Ok(CellKind::Float)
    }

    fn visit_unit<E>(self) -> Result<CellKind, E> {
        Ok(CellKind::Missing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<CellKind, A::Error> {
        let mut kind = CellKind::Text;
        let mut first = true;
        loop {
            let end = self.text.len();
            if !first {
                self.text.push_str("; ");
            }
            match items.next_element_seed(Cell { text: &mut *self.text })? {
                None => {
                    self.text.truncate(end);
                    return Ok(kind);
                }
                Some(CellKind::Nested) => kind = CellKind::Nested,
                Some(_) => {}
            }
            first = false;
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<CellKind, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(CellKind::Nested)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Cells = Vec<(String, CellKind)>;
    type Line = (u64, Result<Cells, Fault>);

    fn read(text: &[u8]) -> (Vec<String>, Vec<Line>) {
        let mut reader = Objects::new(text);
        let mut row = Row::default();
        let mut rows = Vec::new();
        while let Some(read) = reader.next(&mut row).unwrap() {
            let cells =
                (0..row.width()).map(|i| (row.cell(i).0.to_owned(), row.cell(i).1)).collect();
            rows.push((row.line, read.map(|()| cells)));
        }
        (reader.keys().to_vec(), rows)
    }

    #[test]
    fn objects_become_rows() {
        let text = r#"{"name":"Rez\u0061","spent":29.5,"n":3,"tags":["vip","fibre"],"none":null}

{"n":-7,"name":"Sara","ok":true,"place":{"city":"Qom"}}
"#;
        let (keys, rows) = read(text.as_bytes());
        assert_eq!(keys, ["name", "spent", "n", "tags", "none", "ok", "place"]);
        let cell = |text: &str, kind| (text.to_owned(), kind);
        let first = vec![
            cell("Reza", CellKind::Text),
            cell("29.5", CellKind::Float),
            cell("3", CellKind::Integer),
            cell("vip; fibre", CellKind::Text),
            cell("", CellKind::Missing),
        ];
        let second = vec![
            cell("Sara", CellKind::Text),
            cell("", CellKind::Missing),
            cell("-7", CellKind::Integer),
            cell("", CellKind::Missing),
            cell("", CellKind::Missing),
            cell("true", CellKind::Text),
            cell("", CellKind::Nested),
        ];
        assert_eq!(rows, [(1, Ok(first)), (3, Ok(second))]);
    }

    #[test]
    fn a_bad_line_costs_itself_alone() {
        let mut bytes = b"{\"a\":1}\n[1]\n{\"a\":\n{\"a\":1} x\n\xff\n{\"a\":\"\0\"}\n".to_vec();
        bytes.extend(std::iter::repeat_n(b'x', MOST_ROW + 9));
        bytes.extend_from_slice(b"\n{\"a\":2}");
        let (_, rows) = read(&bytes);
        let bad: Vec<u64> = rows.iter().filter(|(_, r)| r.is_err()).map(|(l, _)| *l).collect();
        assert_eq!((bad, rows.len()), (vec![2, 3, 4, 5, 6, 7], 8));
        assert_eq!(rows[6].1, Err(Fault::TooLong { most: MOST_ROW }));
        let Err(Fault::NotJson { detail }) = &rows[2].1 else { panic!("{:?}", rows[2]) };
        assert!(detail.contains("EOF") && detail.ends_with("at character 5"), "{detail}");
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_fail(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            read(&bytes);
        }

        #[test]
        fn no_text_makes_it_fail(text in r#"[\{\}\[\]":,a1.eE\\\-\n ]{0,80}"#) {
            read(text.as_bytes());
        }
    }
}
