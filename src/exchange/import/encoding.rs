//! What bytes a text file is written in, found out or given, and the same file as UTF-8.
//! Never replaces what is not UTF-8: the reader of rows names the line.

use std::io::{self, Read};

/// An encoding of text files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    /// Arabic and Persian letters beside ASCII.
    Windows1256,
    /// Western letters beside ASCII.
    Windows1252,
}

/// Names an encoding goes by, without hyphens and underscores.
const NAMES: &[(Encoding, &[&str])] = &[
    (Encoding::Utf8, &["utf8", "ascii"]),
    (Encoding::Utf16Le, &["utf16le", "utf16", "ucs2"]),
    (Encoding::Utf16Be, &["utf16be"]),
    (Encoding::Windows1256, &["windows1256", "cp1256", "1256", "win1256"]),
    (Encoding::Windows1252, &["windows1252", "cp1252", "1252", "win1252", "latin1", "iso88591"]),
];

impl Encoding {
    /// The encoding of this name.
    pub fn parse(name: &str) -> Option<Self> {
        let wanted: String =
            name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
        NAMES.iter().find(|(_, names)| names.contains(&wanted.as_str())).map(|(e, _)| *e)
    }

    /// The usual name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Windows1256 => "Windows-1256",
            Self::Windows1252 => "Windows-1252",
        }
    }

    fn table(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::Windows1256 => encoding_rs::WINDOWS_1256,
            Self::Windows1252 => encoding_rs::WINDOWS_1252,
        }
    }
}

/// Size of one read.
const CHUNK: usize = 256 * 1024;

/// Finds out the encoding from the whole of a file, in constant memory.
///
/// A byte order mark decides; else UTF-8 when nearly all of it is (a single bad line stays a bad
/// line); else Windows-1256 when letters beyond ASCII stand next to each other, as they do in words
/// of Arabic script, and Windows-1252 when they stand between ASCII letters.
pub fn detect(mut file: impl Read) -> io::Result<Encoding> {
    let mut counts = Counts::default();
    let mut buffer = vec![0; CHUNK];
    let mut carried = 0; // bytes of a character cut by the end of the last read
    let mut first = true;
    loop {
        let read = read_full(&mut file, &mut buffer[carried..])?;
        let have = carried + read;
        let bytes = &buffer[..have];
        if first {
            first = false;
            if let Some((encoding, _)) = byte_order_mark(bytes) {
                return Ok(encoding);
            }
        }
        if read == 0 {
            counts.bad += carried as u64;
            return Ok(counts.verdict());
        }
        let rest = counts.add(bytes);
        buffer.copy_within(have - rest..have, 0);
        carried = rest;
    }
}

/// The encoding a byte order mark tells, and its length.
fn byte_order_mark(bytes: &[u8]) -> Option<(Encoding, usize)> {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => Some((Encoding::Utf8, 3)),
        [0xff, 0xfe, ..] => Some((Encoding::Utf16Le, 2)),
        [0xfe, 0xff, ..] => Some((Encoding::Utf16Be, 2)),
        _ => None,
    }
}

#[derive(Default)]
struct Counts {
    /// Characters of several bytes that are right UTF-8.
    good: u64,
    /// Bytes that are not UTF-8.
    bad: u64,
    /// Pairs of neighbours that are both beyond ASCII.
    beside: u64,
    /// Pairs of neighbours of which one is beyond ASCII and the other an ASCII letter.
    between: u64,
}

impl Counts {
    /// Counts a piece; answers how many bytes at its end belong to the next.
    fn add(&mut self, bytes: &[u8]) -> usize {
        if bytes.is_ascii() {
            return 0;
        }
        for pair in bytes.windows(2) {
            let &[a, b] = pair else { continue };
            match (a >= 0x80, b >= 0x80) {
                (true, true) => self.beside += 1,
                (true, false) => self.between += u64::from(b.is_ascii_alphabetic()),
                (false, true) => self.between += u64::from(a.is_ascii_alphabetic()),
                (false, false) => {}
            }
        }
        let mut rest = bytes;
        loop {
            match std::str::from_utf8(rest) {
                Ok(text) => {
                    self.good += leading_bytes(text);
                    return 0;
                }
                Err(error) => {
                    let (text, after) = rest.split_at(error.valid_up_to());
                    self.good += leading_bytes(std::str::from_utf8(text).unwrap_or_default());
                    let Some(wrong) = error.error_len() else { return after.len() };
                    self.bad += wrong as u64;
                    rest = after.get(wrong..).unwrap_or_default();
                }
            }
        }
    }

    fn verdict(&self) -> Encoding {
        if self.bad == 0 || self.good > 4 * self.bad {
            Encoding::Utf8
        } else if self.beside > self.between {
            Encoding::Windows1256
        } else {
            Encoding::Windows1252
        }
    }
}

fn leading_bytes(text: &str) -> u64 {
    text.bytes().filter(|b| *b >= 0xc0).count() as u64
}

fn read_full(file: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut have = 0;
    while have < buffer.len() {
        match file.read(&mut buffer[have..]) {
            Ok(0) => break,
            Ok(n) => have += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(have)
}

/// A file as UTF-8, without its byte order mark; a file said to be UTF-8 is passed on as it is.
pub struct Decoded<R> {
    file: R,
    decoder: Option<encoding_rs::Decoder>,
    raw: Vec<u8>,
    out: Vec<u8>,
    at: usize,
    started: bool,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    /// A file in this encoding.
    pub fn new(file: R, encoding: Encoding) -> Self {
        let decoder =
            (encoding != Encoding::Utf8).then(|| encoding.table().new_decoder_with_bom_removal());
        Self {
            file,
            decoder,
            raw: vec![0; CHUNK],
            out: Vec::new(),
            at: 0,
            started: false,
            ended: false,
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.at = 0;
        self.out.clear();
        while self.out.is_empty() && !self.ended {
            let have = read_full(&mut self.file, &mut self.raw)?;
            self.ended = have < self.raw.len();
            let mut bytes = &self.raw[..have];
            match &mut self.decoder {
                None => {
                    if !self.started && bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
                        bytes = &bytes[3..];
                    }
                    self.out.extend_from_slice(bytes);
                }
                Some(decoder) => {
                    let most = decoder.max_utf8_buffer_length(have).unwrap_or(have * 3 + 16);
                    self.out.resize(most, 0);
                    let (_, _, written, _) =
                        decoder.decode_to_utf8(bytes, &mut self.out, self.ended);
                    self.out.truncate(written);
                }
            }
            self.started = true;
        }
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at == self.out.len() {
            self.fill()?;
        }
        let rest = &self.out[self.at..];
        let n = rest.len().min(into.len());
        into[..n].copy_from_slice(&rest[..n]);
        self.at += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
        match encoding {
            Encoding::Utf16Le => {
                let units = text.encode_utf16().flat_map(u16::to_le_bytes);
                [0xff, 0xfe].into_iter().chain(units).collect()
            }
            Encoding::Utf16Be => {
                let units = text.encode_utf16().flat_map(u16::to_be_bytes);
                [0xfe, 0xff].into_iter().chain(units).collect()
            }
            _ => encoding.table().encode(text).0.into_owned(),
        }
    }

    #[test]
    fn files_are_read_in_the_encoding_they_were_written_in() {
        let persian = "نام;شهر\nرضا کریمی;تهران\nسارا محمدی;پاریس\nVIP;شیراز\n";
        let western = "name;city\nJosé García;Málaga\nZoë Müller;Köln\nÅsa Öberg;Malmö\n";
        for (text, encoding) in [
            (persian, Encoding::Utf8),
            (western, Encoding::Utf8),
            ("name\nReza\n", Encoding::Utf8),
            (persian, Encoding::Utf16Le),
            (western, Encoding::Utf16Be),
            // Windows-1256 has the Arabic yeh alone.
            (&persian.replace('ی', "ي"), Encoding::Windows1256),
            (western, Encoding::Windows1252),
        ] {
            let bytes = encode(text, encoding);
            assert_eq!(detect(&bytes[..]).unwrap(), encoding, "{text}");
            let mut read = String::new();
            Decoded::new(&bytes[..], encoding).read_to_string(&mut read).unwrap();
            assert_eq!(read, text);
        }
    }

    #[test]
    fn a_bad_line_does_not_make_the_file_another_encoding() {
        let mut bytes = "رضا,تهران\n".repeat(50).into_bytes();
        bytes.extend_from_slice(b"\xff\xfe\xc0,x\n");
        assert_eq!(detect(&bytes[..]).unwrap(), Encoding::Utf8);
        // Cut in the middle of a letter.
        let cut = "رضا,تهران\n".repeat(50).into_bytes();
        assert_eq!(detect(&cut[..cut.len() - 2]).unwrap(), Encoding::Utf8);
    }

    #[test]
    fn letters_over_the_edge_of_a_read_are_whole() {
        let text = format!("{}{}", "x".repeat(CHUNK - 1), "é".repeat(10));
        assert_eq!(detect(text.as_bytes()).unwrap(), Encoding::Utf8);
        let bytes = encode(&text, Encoding::Utf16Le);
        let mut read = String::new();
        Decoded::new(&bytes[..], Encoding::Utf16Le).read_to_string(&mut read).unwrap();
        assert_eq!(read, text);
    }

    #[test]
    fn encodings_go_by_their_usual_names() {
        for (name, want) in [
            ("UTF-8", Some(Encoding::Utf8)),
            ("cp1256", Some(Encoding::Windows1256)),
            ("Windows_1252", Some(Encoding::Windows1252)),
            ("klingon", None),
        ] {
            assert_eq!(Encoding::parse(name), want, "{name}");
        }
    }
}
