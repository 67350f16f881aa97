//! From text to expression: a recursive descent over characters, bounded in depth and size.

use std::ops::Range;

use super::attribute::Attribute;
use super::near::nearest;
use super::{
    Expression, ExpressionError, ExpressionProblem, MOST_BYTES, MOST_DEPTH, MOST_PARTS, Op,
    Segments, Test, Value, value,
};

type Parsed<T> = Result<T, ExpressionError>;

/// Reads an expression and, when they can be looked up, the segments it names.
pub fn parse(text: &str, segments: Option<&Segments<'_>>) -> Parsed<Expression> {
    let mut parts = 0;
    let mut open = Vec::new();
    Parser { text, at: 0, depth: 0, parts: &mut parts, segments, open: &mut open }.whole()
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// Tests and words so far, with those of the segments.
    parts: &'a mut usize,
    segments: Option<&'a Segments<'a>>,
    /// Segments being read, outermost first.
    open: &'a mut Vec<String>,
}

/// A word that joins instead of being searched for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joiner {
    And,
    Or,
    Not,
}

/// What a bare word of the language is.
pub fn joiner(word: &str) -> Option<&'static str> {
    match word.to_lowercase().as_str() {
        "and" | "و" | "&" | "&&" => Some("and"),
        "or" | "یا" | "|" | "||" => Some("or"),
        "not" | "نه" | "!" => Some("not"),
        _ => None,
    }
}

/// Characters that end a bare word.
pub fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '"' | '«' | '»' | ':' | '<' | '>' | '=')
}

impl Parser<'_> {
    fn whole(mut self) -> Parsed<Expression> {
        if self.text.len() > MOST_BYTES {
            return fail(0..self.text.len(), ExpressionProblem::TooComplex);
        }
        self.spaces();
        if self.peek().is_none() {
            return Ok(Expression::All);
        }
        let all = self.any_of()?;
        match self.peek() {
            None => Ok(all),
            Some(c) => self.unexpected(c),
        }
    }

    fn any_of(&mut self) -> Parsed<Expression> {
        let mut some = vec![self.all_of()?];
        while self.take_joiner(Joiner::Or) {
            some.push(self.all_of()?);
        }
        Ok(one_or(some, Expression::Or))
    }

    fn all_of(&mut self) -> Parsed<Expression> {
        let mut all = vec![self.term()?];
        loop {
            self.spaces();
            let before = self.at;
            let and = self.take_joiner(Joiner::And);
            match self.peek() {
                None | Some(')') if and => return self.word_unexpected(before),
                None | Some(')') => break,
                Some(_) if self.joiner_here().is_some_and(|(j, _)| j == Joiner::Or) => {
                    if and {
                        return self.word_unexpected(before);
                    }
                    break;
                }
                Some(_) => all.push(self.term()?),
            }
        }
        Ok(one_or(all, Expression::And))
    }

    fn term(&mut self) -> Parsed<Expression> {
        self.spaces();
        let start = self.at;
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return fail(start..self.text.len(), ExpressionProblem::TooComplex);
        }
        let term = self.bare_term(start)?;
        self.depth -= 1;
        Ok(term)
    }

    fn bare_term(&mut self, start: usize) -> Parsed<Expression> {
        if self.take_joiner(Joiner::Not) {
            self.spaces();
            if matches!(self.peek(), None | Some(')')) {
                return self.word_unexpected(start);
            }
            return Ok(Expression::Not(Box::new(self.term()?)));
        }
        if let Some((Joiner::And | Joiner::Or, _)) = self.joiner_here() {
            return self.word_unexpected(start);
        }
        match self.peek() {
            None => fail(start..start, ExpressionProblem::Value),
            Some('(') => {
                self.at += 1;
                self.spaces();
                let inside =
                    if self.peek() == Some(')') { Expression::All } else { self.any_of()? };
                if self.peek() != Some(')') {
                    return match self.peek() {
                        None => fail(start..start + 1, ExpressionProblem::Unclosed('(')),
                        Some(c) => self.unexpected(c),
                    };
                }
                self.at += 1;
                Ok(inside)
            }
            Some('-' | '!') => {
                self.at += 1;
                self.spaces();
                if matches!(self.peek(), None | Some(')')) {
                    return self.word_unexpected(start);
                }
                Ok(Expression::Not(Box::new(self.term()?)))
            }
            Some('"' | '«') => {
                let text = self.quoted()?;
                self.count(start)?;
                if text.trim().is_empty() {
                    return fail(start..self.at, ExpressionProblem::Value);
                }
                Ok(Expression::Word(text))
            }
            Some(c) if ends_word(c) => self.unexpected(c),
            Some(_) => self.word_or_test(start),
        }
    }

    fn word_or_test(&mut self, start: usize) -> Parsed<Expression> {
        let word = self.bare(ends_word).to_owned();
        let mut name = start..self.at;
        let mut key = None;
        if let Some((field, rest)) = word.split_once('.')
            && Attribute::find(field) == Some(Attribute::Own)
        {
            let quoted = rest.is_empty() && matches!(self.peek(), Some('"' | '«'));
            key = Some(if quoted { self.quoted()? } else { rest.to_owned() });
            name.end = self.at;
        }
        let word_end = self.at;
        self.spaces();
        let op_start = self.at;
        let Some((op, negated)) = self.operator() else {
            self.at = word_end;
            self.count(start)?;
            return Ok(Expression::Word(
                self.text.get(start..word_end).unwrap_or_default().to_owned(),
            ));
        };
        let attribute = match &key {
            Some(key) if key.trim().is_empty() => return fail(name, ExpressionProblem::Value),
            Some(_) => Attribute::Own,
            None => match Attribute::find(&word) {
                Some(Attribute::Own) => return fail(name, ExpressionProblem::Value),
                Some(attribute) => attribute,
                None => {
                    let known = Attribute::ALL.iter().flat_map(|a| a.names());
                    let nearest = nearest(&word, known);
                    return fail(name, ExpressionProblem::UnknownField { name: word, nearest });
                }
            },
        };
        let op_end = self.at;
        self.spaces();
        let value_start = self.at;
        let quoted = matches!(self.peek(), Some('"' | '«'));
        let text = match self.peek() {
            None | Some(')') => return fail(op_start..op_end, ExpressionProblem::Value),
            Some('"' | '«') => self.quoted()?,
            Some(_) => self.bare(|c| c.is_whitespace() || matches!(c, '(' | ')' | '"')).to_owned(),
        };
        let at = value_start..self.at;
        if text.is_empty() && !quoted {
            return fail(op_start..op_end, ExpressionProblem::Value);
        }
        let (op, value) = value::read(attribute, op, &text, quoted).or_else(|problem| {
            let at = match problem {
                ExpressionProblem::Operator { .. } => op_start..op_end,
                _ => at.clone(),
            };
            fail(at, problem)
        })?;
        self.count(start)?;
        let test = Test { attribute, key: key.unwrap_or_default(), op, value };
        let found = match (&test.attribute, &test.value) {
            (Attribute::Segment, Value::Text(name)) if self.segments.is_some() => {
                self.segment(name, &at)?
            }
            _ => Expression::Test(test),
        };
        Ok(if negated { Expression::Not(Box::new(found)) } else { found })
    }

    /// The expression of a saved segment.
    fn segment(&mut self, name: &str, at: &Range<usize>) -> Parsed<Expression> {
        let key = name.trim().to_lowercase();
        if self.open.contains(&key) {
            return fail(at.clone(), ExpressionProblem::Cycle { segment: name.to_owned() });
        }
        let Some(text) = self.segments.and_then(|find| find(name)) else {
            let (field, value) = ("segment".to_owned(), name.to_owned());
            let problem = ExpressionProblem::UnknownValue { field, value, nearest: None };
            return fail(at.clone(), problem);
        };
        if self.open.len() >= MOST_DEPTH {
            return fail(at.clone(), ExpressionProblem::TooComplex);
        }
        self.open.push(key);
        let inner = Parser {
            text: &text,
            at: 0,
            depth: self.depth,
            parts: self.parts,
            segments: self.segments,
            open: self.open,
        };
        let inside = inner.whole();
        self.open.pop();
        inside.or_else(|error| {
            let problem = match error.problem {
                p @ (ExpressionProblem::Cycle { .. }
                | ExpressionProblem::TooComplex
                | ExpressionProblem::BrokenSegment { .. }) => p,
                p => ExpressionProblem::BrokenSegment {
                    segment: name.to_owned(),
                    problem: Box::new(p),
                },
            };
            fail(at.clone(), problem)
        })
    }

    /// An operator, and whether it is the opposite of one.
    fn operator(&mut self) -> Option<(Op, bool)> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let colon = rest.starts_with(':');
        let after = rest.strip_prefix(':').unwrap_or(rest);
        let found = [
            ("!=", Op::Equal, true),
            ("<=", Op::AtMost, false),
            (">=", Op::AtLeast, false),
            ("<", Op::Less, false),
            (">", Op::Greater, false),
            ("==", Op::Equal, false),
            ("=", Op::Equal, false),
        ]
        .into_iter()
        .find(|(sign, ..)| after.starts_with(sign));
        let (sign, op, negated) = match found {
            Some(found) => found,
            None if colon => ("", Op::Has, false),
            None => return None,
        };
        self.at += usize::from(colon) + sign.len();
        Some((op, negated))
    }

    /// A quoted text; a backslash takes the next character as it is.
    fn quoted(&mut self) -> Parsed<String> {
        let start = self.at;
        let Some(quote) = self.peek() else { return Ok(String::new()) };
        let close = if quote == '«' { '»' } else { quote };
        self.at += quote.len_utf8();
        let mut out = String::new();
        while let Some(c) = self.peek() {
            self.at += c.len_utf8();
            if c == close {
                return Ok(out);
            }
            if c == '\\'
                && let Some(next) = self.peek()
            {
                self.at += next.len_utf8();
                out.push(next);
            } else {
                out.push(c);
            }
        }
        fail(start..start + quote.len_utf8(), ExpressionProblem::Unclosed(quote))
    }

    /// The characters up to one that ends a word, or `!=`.
    fn bare(&mut self, ends: impl Fn(char) -> bool) -> &str {
        let start = self.at;
        while let Some(c) = self.peek() {
            let opposite =
                c == '!' && self.text.get(self.at..).is_some_and(|r| r.starts_with("!="));
            if ends(c) || opposite {
                break;
            }
            self.at += c.len_utf8();
        }
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// The joining word at this place, and where it ends.
    fn joiner_here(&mut self) -> Option<(Joiner, usize)> {
        let start = self.at;
        let word = self.bare(ends_word).to_owned();
        let end = std::mem::replace(&mut self.at, start);
        let joiner = match joiner(&word)? {
            "and" => Joiner::And,
            "or" => Joiner::Or,
            _ => Joiner::Not,
        };
        // `or:` is a field nobody has, and an error of its own.
        let next = self.text.get(end..).and_then(|rest| rest.chars().next());
        (!matches!(next, Some(':' | '<' | '>' | '='))).then_some((joiner, end))
    }

    fn take_joiner(&mut self, wanted: Joiner) -> bool {
        self.spaces();
        match self.joiner_here() {
            Some((found, end)) if found == wanted => {
                self.at = end;
                self.spaces();
                true
            }
            _ => false,
        }
    }

    fn count(&mut self, start: usize) -> Parsed<()> {
        *self.parts += 1;
        if *self.parts > MOST_PARTS {
            return fail(start..self.text.len(), ExpressionProblem::TooComplex);
        }
        Ok(())
    }

    fn spaces(&mut self) {
        while let Some(c) = self.peek().filter(|c| c.is_whitespace()) {
            self.at += c.len_utf8();
        }
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn unexpected<T>(&self, c: char) -> Parsed<T> {
        fail(self.at..self.at + c.len_utf8(), ExpressionProblem::Unexpected(c.to_string()))
    }

    /// The word that begins at `start` has nothing to join.
    fn word_unexpected<T>(&mut self, start: usize) -> Parsed<T> {
        self.at = start;
        self.spaces();
        let start = self.at;
        let word = self.bare(ends_word).to_owned();
        let word = if word.starts_with(['-', '!']) { word.chars().take(1).collect() } else { word };
        fail(start..start + word.len(), ExpressionProblem::Unexpected(word))
    }
}

fn fail<T>(at: Range<usize>, problem: ExpressionProblem) -> Parsed<T> {
    Err(ExpressionError { at, problem })
}

/// The only one, or all of them joined.
fn one_or(mut some: Vec<Expression>, join: fn(Vec<Expression>) -> Expression) -> Expression {
    match (some.len(), some.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            some.extend(last);
            join(some)
        }
    }
}
