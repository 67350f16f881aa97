//! Processes the teams of the sample share, and their cases: complaints of those who fell silent, talks
//! about the price, welcomes. Some are done, some wait, some are late.

use jiff::Timestamp;

use crate::domain::expression::as_value;
use crate::domain::{CustomerId, Process, Stage, Start, Step};

use super::calendar::{Calendar, SPAN};
use super::ingredients::Ingredients;
use super::random::Random;
use super::{Story, Truth};

/// Most cases of each process.
const MOST: usize = 24;

/// A case as it went.
#[derive(Clone, Debug)]
pub struct Course {
    /// For whom.
    pub customer: CustomerId,
    /// Place of the process in the list.
    pub process: usize,
    pub opened: Timestamp,
    pub note: String,
    /// When each step that is behind it was left, by the agent of this place, and what was done.
    pub passed: Vec<(Timestamp, usize, String)>,
    /// The agent who has taken the step it stands at.
    pub taken: Option<usize>,
}

/// The processes, in the order [`Course::process`] counts.
pub(super) fn processes(things: &Ingredients, own: usize) -> Vec<Process> {
    let made = |key: &str, hours: [u16; 3], teams: [usize; 3], starts: Vec<Start>| {
        let words = things.words(key, own);
        let steps = words.iter().skip(1).zip(hours).zip(teams);
        Process {
            name: words.first().copied().unwrap_or_default().to_owned(),
            steps: steps
                .map(|((name, hours), team)| Step {
                    name: (*name).to_owned(),
                    team: things.word("teams", own, team).to_owned(),
                    role: String::new(),
                    hours,
                })
                .collect(),
            starts,
            active: true,
            ..Process::default()
        }
    };
    let dear = format!("stage:{} tag:{}", Stage::AtRisk, as_value(things.word("tags", own, 0)));
    let complains = Start::Outcome("complaint".to_owned());
    vec![
        made("process_complaint", [4, 16, 24], [2, 1, 0], vec![complains]),
        made("process_welcome", [8, 24, 0], [1, 0, 0], vec![Start::Stage(Stage::FirstTime)]),
        made("process_renewal", [8, 8, 0], [1, 0, 0], vec![Start::Enters(dear)]),
    ]
}

/// The cases of the last months.
pub(super) fn courses(
    random: &mut Random,
    things: &Ingredients,
    calendar: &Calendar,
    own: usize,
    truths: &[Truth],
) -> Vec<Course> {
    let mut all = Vec::new();
    for (process, story, steps) in
        [(0, Story::FellSilent, 3), (2, Story::PriceAngry, 2), (1, Story::Ordinary, 2)]
    {
        let whose = truths.iter().enumerate().filter(|(_, truth)| truth.story == story);
        for (n, (at, _)) in whose.take(MOST).enumerate() {
            // One in three is still on its way; of those, the first began long enough ago to be late.
            let is_open = n % 3 == 0;
            let ago = if is_open { 1 + (n as i32 / 3) % 5 } else { random.between(12, 110) };
            let behind = if is_open { n / 3 % steps } else { steps };
            let mut day = calendar.open_from((SPAN - ago).max(1)).min(SPAN);
            let mut minute = random.between(9 * 60, 11 * 60);
            let opened = calendar.moment(day, minute);
            let note = things.word("case_notes", own, random.between(0, 4) as usize);
            let mut passed = Vec::new();
            for step in 0..behind {
                if is_open {
                    minute += 25;
                } else {
                    day = calendar.open_from(day + random.between(0, 3));
                    minute = random.between(11 * 60, 16 * 60);
                }
                let agent = (step + n) % 6;
                let done = things.word("case_done", own, random.between(0, 3) as usize);
                let at = calendar.moment(day, minute).max(opened);
                passed.push((at, agent, done.to_owned()));
            }
            passed.sort_by_key(|(at, ..)| *at);
            all.push(Course {
                customer: CustomerId(at as u64 + 1),
                process,
                opened,
                note: if process == 0 { note.to_owned() } else { String::new() },
                passed,
                taken: (is_open && n % 2 == 0).then_some((behind + n) % 6),
            });
        }
    }
    all
}
