//! What drawing costs: a full screen of Persian takes at most twice as long as an English one.

use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use vafa::domain::{Customer, Language};
use vafa::ui::draw;

use crate::stage::{Stage, person};

/// As many rows as the screen has, names and towns as people write them.
fn full(language: Language) -> Stage {
    let (names, cities) = match language {
        Language::English => (
            ["Reza Karimi", "Mina Ahmadi", "Olivia Brown", "Nowavaran Company"],
            ["Tehran", "Shiraz", "London", "Isfahan"],
        ),
        Language::Persian => (
            ["رضا کریمی", "مینا احمدی", "علی‌رضا سلامی", "شرکت نوآوران پارس"],
            ["تهران", "شیراز", "لندن", "اصفهان"],
        ),
    };
    let mut stage = Stage::at(200, 60, language);
    stage.people = (0..60)
        .map(|n| {
            let at = n % names.len();
            let (name, id) = (format!("{} {n}", names[at]), n as u64 + 1);
            let mut c: Customer = person(id, &name, &format!("+98912{n:07}"), cities[at]);
            c.tag(if language == Language::Persian { "فیبر" } else { "fibre" });
            c
        })
        .collect();
    stage.keys("1").keys("2");
    stage.send(vafa::ui::Msg::Heard(vafa::desk::Heard::Missed));
    stage
}

/// The quickest of many frames: what the work takes when nobody is in the way.
fn frame(stage: &Stage) -> Duration {
    let mut terminal = Terminal::new(TestBackend::new(200, 60)).expect("a terminal in memory");
    let frames = (0..40).map(|_| {
        let began = Instant::now();
        terminal.draw(|frame| draw(&stage.model, frame)).expect("a frame");
        began.elapsed()
    });
    frames.min().expect("frames")
}

#[test]
fn a_persian_screen_costs_at_most_twice_an_english_one() {
    let (mut english, mut persian) = (full(Language::English), full(Language::Persian));
    english.sees("Nowavaran Company 47");
    persian.sees("\u{fe8e}\u{febf}\u{fead}"); // Reza, shaped and from the right
    let ratio =
        |english: Duration, persian: Duration| persian.as_secs_f64() / english.as_secs_f64();
    // Another program may take the processor for a while: the best of three measurements counts.
    let measured: Vec<(Duration, Duration)> =
        (0..3).map(|_| (frame(&english), frame(&persian))).collect();
    let best = measured.iter().map(|(e, p)| ratio(*e, *p)).fold(f64::INFINITY, f64::min);
    println!("english and persian: {measured:?}, ratio {best:.2}");
    assert!(best <= 2.0, "a Persian frame costs {best:.2} times an English one: {measured:?}");
}
