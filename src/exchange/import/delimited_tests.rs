//! The reader of rows against tables of our own and, on arbitrary bytes, against the `csv` crate.

use proptest::prelude::*;

use super::*;

type Read = (u64, Result<Vec<String>, Fault>);

fn read(text: &[u8], delimiter: Delimiter) -> Vec<Read> {
    // Three bytes a read, so that every record is cut somewhere.
    let mut reader = Delimited::new(Slow(text), delimiter);
    let mut row = Row::default();
    let mut rows = Vec::new();
    while let Some(read) = reader.next(&mut row).unwrap() {
        let cells = (0..row.width()).map(|i| row.raw(i).to_owned()).collect();
        rows.push((row.line, read.map(|()| cells)));
    }
    rows
}

struct Slow<'a>(&'a [u8]);

impl io::Read for Slow<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.0.len().min(3).min(into.len());
        into[..n].copy_from_slice(&self.0[..n]);
        self.0 = &self.0[n..];
        Ok(n)
    }
}

fn check(text: &str, delimiter: Delimiter, want: &[(u64, &[&str])]) {
    let want: Vec<Read> = want
        .iter()
        .map(|(line, cells)| (*line, Ok(cells.iter().map(|c| (*c).to_owned()).collect())))
        .collect();
    assert_eq!(read(text.as_bytes(), delimiter), want, "{text:?}");
}

#[test]
fn rows_are_cut_where_they_should_be() {
    let comma = Delimiter::Char(',');
    check("", comma, &[]);
    check("\n\r\n\n", comma, &[]);
    check("a,b\r\n\r\nc,\n", comma, &[(1, &["a", "b"]), (3, &["c", ""])]);
    check("a\rb", comma, &[(1, &["a"]), (2, &["b"])]);
    check("\"a,\"\"b\"\"\nc\",d\ne", comma, &[(1, &["a,\"b\"\nc", "d"]), (3, &["e"])]);
    check("5\" pipe,x", comma, &[(1, &["5\" pipe", "x"])]);
    check("\"\"\n", comma, &[(1, &[""])]);
    check("a;b|c", Delimiter::Char(';'), &[(1, &["a", "b|c"])]);
    check("رضا،تهران", Delimiter::Char('،'), &[(1, &["رضا", "تهران"])]);
    check(
        " 00004 0001 19970101  2   29.33\r\n\t 1  2 \n   \nx",
        Delimiter::Blanks,
        &[(1, &["00004", "0001", "19970101", "2", "29.33"]), (2, &["1", "2"]), (4, &["x"])],
    );
    check("\"a b\"  c", Delimiter::Blanks, &[(1, &["a b", "c"])]);
}

#[test]
fn a_bad_row_costs_itself_alone() {
    let lines = |text: &[u8]| -> Vec<(u64, Option<Fault>)> {
        let rows = read(text, Delimiter::Char(','));
        rows.into_iter().map(|(line, r)| (line, r.err())).collect()
    };
    assert_eq!(
        lines(b"a,b\nc,\"d\ne,f\ng,h"),
        [(1, None), (2, Some(Fault::UnclosedQuote)), (3, None), (4, None)]
    );
    let not_text = Some(Fault::NotText { encoding: "UTF-8" });
    assert_eq!(lines(b"a\nb\xff\nc"), [(1, None), (2, not_text), (3, None)]);
    assert_eq!(lines(b"a\nb\0\0\nc"), [(1, None), (2, Some(Fault::ZeroByte)), (3, None)]);
    let mut long = b"a\n".to_vec();
    long.resize(MOST_ROW + 300_000, b'x');
    long.extend_from_slice(b"\nb\n");
    let mut reader = Delimited::new(&long[..], Delimiter::Char(','));
    let mut row = Row::default();
    let mut seen = Vec::new();
    while let Some(read) = reader.next(&mut row).unwrap() {
        seen.push((row.line, read.err()));
    }
    assert_eq!(seen, [(1, None), (2, Some(Fault::TooLong { most: MOST_ROW })), (3, None)]);
}

#[test]
fn the_delimiter_is_found() {
    for (text, want) in [
        ("name,city\nKarimi, Reza;x,Tehran\n", Delimiter::Char(',')),
        ("name;city\n\"Karimi; Reza\";Tehran, Iran\nSara;Shiraz, Iran", Delimiter::Char(';')),
        ("name\tcity\tphone\na, b\tc\td\n", Delimiter::Char('\t')),
        ("a|b\n1|2", Delimiter::Char('|')),
        ("name\nReza\n", Delimiter::Char(',')),
        ("", Delimiter::Char(',')),
    ] {
        assert_eq!(Delimiter::detect(text.as_bytes()), want, "{text:?}");
    }
    for (text, want) in [
        ("space", Some(Delimiter::Blanks)),
        ("tab", Some(Delimiter::Char('\t'))),
        ("؛", Some(Delimiter::Char('؛'))),
        ("\"", None),
        (",,", None),
        ("", None),
    ] {
        assert_eq!(Delimiter::parse(text), want, "{text:?}");
    }
}

/// The cells the `csv` crate sees.
fn oracle(text: &[u8], delimiter: u8) -> Vec<Vec<Vec<u8>>> {
    let reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text);
    let rows = reader.into_byte_records().map(|r| r.unwrap());
    rows.map(|r| r.iter().map(<[u8]>::to_vec).collect()).collect()
}

proptest! {
    #[test]
    fn agrees_with_another_reader(text in "[a-c\",;\r\n ]{0,60}") {
        let rows = read(text.as_bytes(), Delimiter::Char(','));
        prop_assume!(rows.iter().all(|(_, r)| r.is_ok()));
        let ours: Vec<Vec<Vec<u8>>> = rows
            .into_iter()
            .filter_map(|(_, r)| r.ok())
            .map(|cells| cells.into_iter().map(String::into_bytes).collect())
            .collect();
        prop_assert_eq!(ours, oracle(text.as_bytes(), b','));
    }

    #[test]
    fn no_bytes_make_it_fail(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        delimiter in prop_oneof![Just(Delimiter::Blanks), any::<char>().prop_map(Delimiter::Char)],
    ) {
        let lines = bytes.iter().filter(|b| matches!(b, b'\n' | b'\r')).count() as u64 + 1;
        let mut last = 0;
        for (line, _) in read(&bytes, delimiter) {
            prop_assert!(line > last && line <= lines);
            last = line;
        }
        let _ = Delimiter::detect(&bytes);
    }
}
