//! Lists inside a record as lines of text, as a form shows and takes them: tiers, steps, starts, lines
//! of a script, delays, choices. Reads what it writes; a fault names its line.

use crate::domain::{ScriptLine, Stage, Start, Step, Tier};
use crate::text::ascii_number;

/// The number of the line that cannot be read, from 1.
pub type Fault = usize;

/// Minor units of an amount as typed.
pub type ReadMoney<'a> = &'a dyn Fn(&str) -> Option<i64>;

/// Between the parts of a line.
const BAR: char = '|';
/// Before a line of a script that is ticked off.
const TICK: &str = "[ ]";

fn filled(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let all = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    all.filter(|(_, line)| !line.is_empty())
}

fn parts(line: &str) -> Vec<String> {
    line.split(BAR).map(|part| part.trim().to_owned()).collect()
}

/// `threshold | discount % | terms`.
pub fn tiers(all: &[Tier], money: &dyn Fn(i64) -> String) -> String {
    let line = |tier: &Tier| {
        let discount = f64::from(tier.discount) / 10.0;
        let all = format!("{} | {discount}% | {}", money(tier.threshold), tier.terms);
        all.trim_end_matches([' ', BAR]).to_owned()
    };
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Reads [`tiers`].
pub fn read_tiers(text: &str, money: ReadMoney<'_>) -> Result<Vec<Tier>, Fault> {
    let read = |(at, line): (usize, &str)| {
        let mut parts = parts(line).into_iter();
        let threshold = parts.next().and_then(|text| money(&text)).ok_or(at)?;
        let percent = parts.next().unwrap_or_default();
        let percent = ascii_number(percent.trim_end_matches(['%', '٪']).trim());
        let discount = if percent.is_empty() { Some(0.0) } else { percent.parse::<f64>().ok() };
        let discount = discount.filter(|d| (0.0..=100.0).contains(d)).ok_or(at)?;
        let terms = parts.next().unwrap_or_default();
        Ok(Tier { threshold, discount: (discount * 10.0).round() as u16, terms })
    };
    filled(text).map(read).collect()
}

/// `what | team | hours | role`.
pub fn steps(all: &[Step]) -> String {
    let line = |step: &Step| {
        let all = format!("{} | {} | {} | {}", step.name, step.team, step.hours, step.role);
        all.trim_end_matches([' ', BAR]).to_owned()
    };
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Reads [`steps`].
pub fn read_steps(text: &str) -> Result<Vec<Step>, Fault> {
    let read = |(at, line): (usize, &str)| {
        let mut parts = parts(line).into_iter();
        let (name, team) = (parts.next().unwrap_or_default(), parts.next().ok_or(at)?);
        let hours = parts.next().and_then(|text| ascii_number(&text).parse().ok()).ok_or(at)?;
        Ok(Step { name, team, role: parts.next().unwrap_or_default(), hours })
    };
    filled(text).map(read).collect()
}

/// `outcome CODE`, `stage NAME`, `enters EXPRESSION`.
pub fn starts(all: &[Start]) -> String {
    let line = |start: &Start| match start {
        Start::Outcome(code) => format!("outcome {code}"),
        Start::Stage(stage) => format!("stage {stage}"),
        Start::Enters(expression) => format!("enters {expression}"),
    };
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Reads [`starts`].
pub fn read_starts(text: &str) -> Result<Vec<Start>, Fault> {
    let read = |(at, line): (usize, &str)| {
        let (word, rest) = line.split_once(char::is_whitespace).ok_or(at)?;
        match word {
            "outcome" => Ok(Start::Outcome(rest.trim().to_owned())),
            "stage" => Stage::parse(rest).map(Start::Stage).ok_or(at),
            "enters" => Ok(Start::Enters(rest.trim().to_owned())),
            _ => Err(at),
        }
    };
    filled(text).map(read).collect()
}

/// Lines of a script; those that are ticked off begin with `[ ]`.
pub fn script(all: &[ScriptLine]) -> String {
    let line = |line: &ScriptLine| {
        if line.check { format!("{TICK} {}", line.text) } else { line.text.clone() }
    };
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Reads [`script`].
pub fn read_script(text: &str) -> Vec<ScriptLine> {
    let read = |(_, line): (usize, &str)| match line.strip_prefix(TICK) {
        Some(text) => ScriptLine { text: text.trim().to_owned(), check: true },
        None => ScriptLine { text: line.to_owned(), check: false },
    };
    filled(text).map(read).collect()
}

/// `outcome minutes`.
pub fn delays(all: &[(String, u32)]) -> String {
    all.iter().map(|(code, minutes)| format!("{code} {minutes}")).collect::<Vec<_>>().join("\n")
}

/// Reads [`delays`].
pub fn read_delays(text: &str) -> Result<Vec<(String, u32)>, Fault> {
    let read = |(at, line): (usize, &str)| {
        let (code, minutes) = line.rsplit_once(char::is_whitespace).ok_or(at)?;
        let minutes = ascii_number(minutes).parse().map_err(|_| at)?;
        Ok((code.trim().to_owned(), minutes))
    };
    filled(text).map(read).collect()
}

/// A choice a line.
pub fn read_choices(text: &str) -> Vec<String> {
    filled(text).map(|(_, line)| line.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Option<i64> {
        text.parse().ok()
    }

    #[test]
    fn what_is_written_is_read_back() {
        let tier =
            |threshold, discount, terms: &str| Tier { threshold, discount, terms: terms.into() };
        let all = vec![tier(0, 0, ""), tier(10_000, 25, "30 days"), tier(50_000, 100, "")];
        let text = tiers(&all, &|minor| minor.to_string());
        assert_eq!(text, "0 | 0%\n10000 | 2.5% | 30 days\n50000 | 10%");
        assert_eq!(read_tiers(&text, &money), Ok(all));
        assert_eq!(read_tiers("5 | ۲٫۵٪", &money), Ok(vec![tier(5, 25, "")]));
        assert_eq!(read_tiers("5 | 2x%", &money), Err(1));
        assert_eq!(read_tiers("5 | ۲٪\n", &money), Ok(vec![tier(5, 20, "")]));
        assert_eq!(read_tiers("\n5\nx | 3%", &money), Err(3));
        assert_eq!(read_tiers("5 | 101%", &money), Err(1));

        let step = |name: &str, role: &str| Step {
            name: name.into(),
            team: "support".into(),
            role: role.into(),
            hours: 8,
        };
        let all = vec![step("listen", ""), step("mend", "engineer")];
        let text = steps(&all);
        assert_eq!(text, "listen | support | 8\nmend | support | 8 | engineer");
        assert_eq!(read_steps(&text), Ok(all));
        for (bad, at) in
            [("listen", 1), ("a | b | c", 1), ("a | b | 1\nd | e", 2), ("a | b | -1", 1)]
        {
            assert_eq!(read_steps(bad), Err(at), "{bad}");
        }

        let all = vec![
            Start::Outcome("refused".into()),
            Start::Stage(Stage::Lapsed),
            Start::Enters("risk>=0.6 -tag:vip".into()),
        ];
        let text = starts(&all);
        assert_eq!(text, "outcome refused\nstage lapsed\nenters risk>=0.6 -tag:vip");
        assert_eq!(read_starts(&text), Ok(all));
        for bad in ["refused", "stage nowhere", "leaves x"] {
            assert_eq!(read_starts(bad), Err(1), "{bad}");
        }

        let line = |text: &str, check| ScriptLine { text: text.into(), check };
        let all = vec![line("Hello {name}", false), line("Ask for the needs", true)];
        assert_eq!(script(&all), "Hello {name}\n[ ] Ask for the needs");
        assert_eq!(read_script(&script(&all)), all);

        let all = vec![("busy".to_owned(), 30), ("no_answer".to_owned(), 1_440)];
        assert_eq!(read_delays(&delays(&all)), Ok(all));
        assert_eq!(read_delays("busy ۳۰"), Ok(vec![("busy".to_owned(), 30)]));
        assert_eq!(read_delays("busy"), Err(1));
        assert_eq!(read_choices("red\n\n blue "), ["red", "blue"]);
    }
}
