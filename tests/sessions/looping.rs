//! The loop on a scripted line.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use vafa::desk::Heard;
use vafa::session::{End, Failure, Input, Opening};
use vafa::text::{Bidi, Lang, SafeText};
use vafa::ui::{Size, Stage};

use crate::bench::{Bench, Pad, SIZE, Slow};

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Everything the terminal got.
fn all_sent(bench: &mut Bench) -> String {
    let rest = text(&bench.rest());
    bench.frames.iter().map(|frame| text(frame)).collect::<String>() + &rest
}

#[tokio::test]
async fn keys_give_frames() {
    let mut bench = Bench::new(&Arc::default());
    bench.types("re");
    bench.types("za");
    bench.shows("text reza").await;
    let first = text(&bench.frames[0]);
    assert!(first.starts_with("\x1b[?1049h"), "the modes come first: {first:?}");
    assert!(first.ends_with("\x1b[?2026l"), "and a frame with them: {first:?}");
    let last = text(bench.frames.last().expect("frames"));
    assert!(!last.contains("text"), "only what changed leaves: {last:?}");
    bench.types("\x11");
    assert_eq!(bench.ends().await.0, End::Quit);
    let rest = text(&bench.rest());
    assert!(rest.ends_with("\x1b[?25h\x1b[?1049l"), "the modes are left: {rest:?}");
}

#[tokio::test]
async fn nothing_new_sends_nothing() {
    let mut bench = Bench::new(&Arc::default());
    bench.types("a");
    bench.shows("text a").await;
    bench.rest();
    // A key without effect, an answer nobody asked for, half a sequence, the same size again.
    bench.types("\x07");
    bench.types("\x1b[?1;2c");
    bench.input(Input::Resized(SIZE));
    bench.types("\x1b[1;");
    bench.types("5Ab");
    bench.frame().await;
    let frame = text(bench.frames.last().expect("a frame"));
    assert!(frame.contains('b') && !frame.contains("text"), "{frame:?}");
    assert_eq!(bench.rest(), b"");
}

#[tokio::test]
async fn a_burst_is_one_frame() {
    let mut bench = Bench::new(&Arc::default());
    bench.types("x");
    bench.shows("text x").await;
    let before = (bench.drawn(), bench.frames.len());
    bench.types(&"y".repeat(40));
    bench.shows(&"y".repeat(40)).await;
    assert_eq!((bench.drawn(), bench.frames.len()), (before.0 + 1, before.1 + 1));
}

#[tokio::test]
async fn a_slow_line_loses_stale_frames_and_ends_on_the_newest() {
    let desk = Arc::new(Slow::default());
    let mut bench = Bench::with(Pad::default(), Opening::ready(desk), 1);
    bench.frame().await;
    let drawn = bench.drawn();
    for n in 0..200 {
        bench.types(&format!("\x1b[200~{n:03} \x1b[201~"));
    }
    bench.types("\x1b[200~end\x1b[201~");
    let log = Arc::clone(&bench.log);
    bench
        .until("all typed", || {
            log.lock().expect("log").iter().filter(|w| *w == "pasted").count() == 201
        })
        .await;
    // One frame was on its way all the time, so at most one was drawn.
    assert!(bench.drawn() <= drawn + 1, "{} frames drawn for a line that is stuck", bench.drawn());
    bench.types("\x1b");
    bench.types("\x1b[200~newest\x1b[201~");
    bench.until("esc", || log.lock().expect("log").iter().any(|w| w == "esc")).await;
    bench.take(2);
    bench.shows("text newest").await;
    assert!(!bench.screen().contains("end"));
}

#[tokio::test]
async fn a_newer_question_cancels_the_older() {
    let desk = Arc::new(Slow::default());
    let (_older, newer) = (desk.hold("r"), desk.hold("re"));
    let mut bench = Bench::new(&desk);
    bench.types("r\r");
    let seen = Arc::clone(&desk);
    bench.until("begun", || seen.deeds().contains(&"begin r".to_owned())).await;
    bench.types("e\r");
    bench.until("given up", || seen.deeds().contains(&"give up r".to_owned())).await;
    newer.send(()).expect("a question");
    bench.shows("answer re").await;
    let answers: Vec<_> =
        bench.log().into_iter().filter(|word| word.starts_with("answer")).collect();
    assert_eq!(answers, ["answer re"], "the older answer never arrives");
}

#[tokio::test]
async fn an_answer_that_came_too_late_is_dropped() {
    let desk = Arc::new(Slow::default());
    let newer = desk.hold("ab");
    let mut bench = Bench::new(&desk);
    // Both asked in one batch: the first is superseded before or after it is answered.
    bench.types("a\rb\r");
    let seen = Arc::clone(&desk);
    bench.until("begun", || seen.deeds().contains(&"begin ab".to_owned())).await;
    newer.send(()).expect("a question");
    bench.shows("answer ab").await;
    assert!(!bench.log().contains(&"answer a".to_owned()));
}

#[tokio::test]
async fn commands_are_done_in_order_and_none_is_dropped() {
    let desk = Arc::new(Slow::default());
    let first = desk.hold("");
    let mut bench = Bench::new(&desk);
    // What is sent before the desk is open waits for it; here the end must not come first.
    bench.until("ready", || bench_has(&bench.log, "Opening(Ready)")).await;
    bench.types("\x13a\x13b\x13\x11");
    let seen = Arc::clone(&desk);
    bench.until("begun", || seen.deeds().contains(&"begin ".to_owned())).await;
    first.send(()).expect("a command");
    assert_eq!(bench.ends().await.0, End::Quit);
    let done: Vec<_> = desk.deeds().into_iter().filter(|deed| deed.starts_with("end")).collect();
    assert_eq!(done, ["end ", "end a", "end ab", "end draft ab"]);
}

#[tokio::test]
async fn a_line_that_ends_ends_the_session_and_keeps_the_draft() {
    for hung_up in [true, false] {
        let desk = Arc::new(Slow::default());
        let mut bench = Bench::new(&desk);
        bench.types("half a note");
        bench.shows("half a note").await;
        let end = if hung_up {
            bench.hang_up();
            End::Gone
        } else {
            bench.input(Input::Leave(15));
            End::Told(15)
        };
        assert_eq!(bench.ends().await.0, end);
        assert!(desk.deeds().contains(&"end draft half a note".to_owned()), "{:?}", desk.deeds());
        assert_eq!(text(&bench.rest()).contains("\x1b[?1049l"), !hung_up);
    }
}

#[tokio::test(start_paused = true)]
async fn a_stuck_line_and_a_stuck_desk_do_not_hold_up_the_end() {
    let desk = Arc::new(Slow::default());
    let mut bench = Bench::with(Pad::default(), Opening::ready(Arc::clone(&desk)), 1);
    bench.types("abc");
    bench.until("typed", || bench_has(&bench.log, "key c")).await;
    let began = Instant::now();
    bench.input(Input::Leave(1));
    assert_eq!(bench.ends().await.0, End::Told(1));
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
}

fn bench_has(log: &std::sync::Mutex<Vec<String>>, word: &str) -> bool {
    log.lock().expect("log").iter().any(|w| w == word)
}

#[tokio::test(start_paused = true)]
async fn esc_alone_is_esc_after_a_moment_and_never_before() {
    let mut bench = Bench::new(&Arc::default());
    bench.types("a\x1b");
    bench.types("[A");
    bench.shows("text a").await;
    assert!(!bench_has(&bench.log, "esc"), "an arrow in two pieces is no Esc");
    let began = Instant::now();
    bench.types("\x1b");
    while bench.screen().contains("text a") {
        bench.frame().await;
    }
    let waited = began.elapsed();
    assert!(
        waited >= Duration::from_millis(40) && waited < Duration::from_millis(100),
        "{waited:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_minute_is_told_when_it_turns_and_only_if_wanted() {
    let pad = Pad { minutes: true, ..Pad::default() };
    let mut bench = Bench::with(pad, Opening::ready(Arc::default()), 1_000);
    bench.shows("answer 2025-03-01T00:00:30").await;
    for minute in ["2025-03-01T00:01:", "2025-03-01T00:02:"] {
        for _ in 0..60 {
            tokio::time::advance(Duration::from_secs(1)).await;
            bench.rest();
        }
        assert!(bench.screen().contains(minute), "{}", bench.screen());
    }
    let ticks = bench.log().iter().filter(|word| *word == "tick").count();
    assert_eq!(ticks, 3);

    let mut bench = Bench::new(&Arc::default());
    bench.frame().await;
    tokio::time::advance(Duration::from_secs(600)).await;
    bench.types("a");
    bench.shows("text a").await;
    assert!(!bench_has(&bench.log, "tick"));
}

#[tokio::test]
async fn the_first_frame_is_there_before_the_desk() {
    let (release, wait) = std::sync::mpsc::channel::<()>();
    let opening = Opening::in_background(
        move |stage| {
            stage(Stage::Opening);
            let _ = wait.recv();
            Ok(Arc::new(Slow::default()))
        },
        broken(),
    );
    let mut bench = Bench::with(Pad::default(), opening, 1_000);
    bench.types("r\r");
    bench.shows("text r").await;
    assert!(!bench_has(&bench.log, "Opening(Ready)"));
    release.send(()).expect("an opening");
    bench.shows("answer r").await;
    let log = bench.log();
    let place = |word: &str| log.iter().position(|w| w == word);
    assert!(place("Opening(Opening)") < place("Opening(Ready)"), "{log:?}");
}

fn broken() -> Failure {
    Failure { words: vec![SafeText::clean("vafa made a mistake")], lang: Lang::En, status: 1 }
}

#[tokio::test]
async fn a_desk_that_does_not_open_says_why_and_ends_after_a_key() {
    let failure = Failure {
        words: vec![SafeText::clean("The store is damaged."), SafeText::clean("Run vafa restore.")],
        lang: Lang::En,
        status: 6,
    };
    let refused = failure.clone();
    let refuses: Opening<Slow> = Opening::in_background(move |_| Err(refused), broken());
    let panics: Opening<Slow> = Opening::in_background(|_| panic!("on purpose"), broken());
    for (opening, failure) in [(refuses, failure), (panics, broken())] {
        let mut bench = Bench::with(Pad::default(), opening, 1_000);
        for words in &failure.words {
            bench.shows(words.as_str()).await;
        }
        bench.shows("Press any key to leave.").await;
        // No key: it stays.
        bench.types("\x1b[?1;2c\x1b[<0;1;1M");
        bench.input(Input::Redraw);
        bench.frame().await;
        bench.types("x");
        assert_eq!(bench.ends().await.0, End::Failed(failure));
    }
}

#[tokio::test]
async fn notices_reach_the_program() {
    let desk = Arc::new(Slow::default());
    let voice = desk.voice();
    let bench = Bench::new(&desk);
    voice.send(Heard::Missed).expect("a listener");
    voice.send(Heard::Progress).expect("a listener");
    let log = Arc::clone(&bench.log);
    bench.until("missed", || bench_has(&log, "heard Missed")).await;
    bench.until("progress", || bench_has(&log, "heard Progress")).await;
}

#[tokio::test]
async fn effects_on_the_terminal() {
    let mut bench = Bench::new(&Arc::default());
    bench.types("foob\x19");
    bench.shows("text foob").await;
    bench.types("\x05");
    bench.shows("text foob edited").await;
    let sent: String = bench.frames.iter().map(|frame| text(frame)).collect();
    // RFC 4648, section 10.
    assert!(sent.contains("\x1b]52;c;Zm9vYg==\x1b\\"), "{sent:?}");
    let whole = text(bench.frames.last().expect("a frame"));
    assert!(whole.contains("\x1b[2J") && whole.contains("answer"), "all anew: {whole:?}");
    bench.rest();
    bench.types("\x0c");
    bench.frame().await;
    assert!(text(bench.frames.last().expect("a frame")).contains("\x1b[2J"));
}

#[tokio::test]
async fn a_new_size_is_drawn_whole() {
    let mut bench = Bench::new(&Arc::default());
    bench.types("abc");
    bench.shows("text abc").await;
    for (width, height) in [(20, 4), (1, 1), (0, 0), (60, 8)] {
        bench.input(Input::Resized(Size { width, height }));
        bench.frame().await;
        let frame = text(bench.frames.last().expect("a frame"));
        assert!(frame.contains("\x1b[2J"), "{width}x{height} {frame:?}");
    }
    assert!(bench.screen().contains("text abc"));
}

#[tokio::test]
async fn the_terminal_says_what_it_is() {
    let mut bench = Bench::new(&Arc::default());
    bench.types("a");
    bench.shows("text a").await;
    let asked: String = bench.frames.iter().map(|frame| text(frame)).collect();
    assert!(asked.contains("\x1b[>q") && !asked.contains("BidiRendering"));
    bench.types("\x1bP>|Konsole 24.12.1\x1b\\\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62c");
    bench.frame().await;
    assert!(text(bench.frames.last().expect("a frame")).contains("BidiRenderingEnabled=false"));
    bench.types("\x11");
    let (_, pad) = bench.ends().await;
    assert_eq!(pad.light, Some(true));
    assert!(text(&bench.rest()).contains("BidiRenderingEnabled=true"));
}

/// What a terminal answers, how right-to-left text then reaches it, and what it is told beyond
/// `CSI 8 l`.
const TERMINALS: &[(&str, &str, &[Bidi], &str)] = &[
    ("xterm", "\x1bP>|XTerm(379)\x1b\\\x1b[>41;379;0c\x1b[8;0$y\x1b[?64;1c", &[], ""),
    ("Alacritty", "\x1b[>0;1100;1c\x1b[?6c", &[], ""),
    ("foot", "\x1bP>|foot(1.13.1)\x1b\\\x1b[>1;11301;0c\x1b[?62;4;22c", &[], ""),
    ("urxvt", "\x1b[>85;95;0c\x1b[?1;2c", &[], ""),
    ("VTE", "\x1b[>65;7006;1c\x1b[8;2$y\x1b[?65;1;9c", &[], ""),
    ("Konsole", "\x1bP>|Konsole 22.12.3\x1b\\\x1b[?62;1;4c", &[], "BidiRenderingEnabled=false"),
    ("old Konsole", "\x1b[>0;115;0c\x1b[?1;2c", &[], "BidiRenderingEnabled=false"),
    ("mlterm", "\x1b[>24;279;0c\x1b[8;0$y\x1b[?63;1c", &[], "5379;use_bidi=false"),
    ("tmux", "\x1bP>|tmux 3.3a\x1b\\\x1b[>84;0;0c\x1b[?1;2c", &[], "\x1bPtmux;\x1b\x1b[8l\x1b\\"),
    ("kitty", "\x1bP>|kitty(0.26.5)\x1b\\\x1b[>1;4000;26c\x1b[8;0$y\x1b[?62;c", &[Bidi::Kitty], ""),
    ("PuTTY", "\x1b[>0;136;0c\x1b[?6c", &[Bidi::Terminal], ""),
    ("Terminal.app", "\x1b[>1;95;0c\x1b[?1;2c", &[Bidi::Terminal], ""),
    ("one that says nothing", "", &[], ""),
    (
        "garbage",
        "\x1b[>;c\x1b[>1;2;3;4c\x1b[9;2$y\x1bP>Konsole\x1b\\\x1bPKonsole\x1b\\\x1b[8;9$y",
        &[],
        "",
    ),
    ("a name within another", "\x1bP>|not Konsole\x1b\\", &[], ""),
];

#[tokio::test]
async fn each_terminal_gets_what_it_needs_however_its_answer_comes() {
    for (name, answer, told, words) in TERMINALS {
        // At once, and byte for byte after the person has begun.
        for late in [false, true] {
            let mut bench = Bench::new(&Arc::default());
            if late {
                bench.types("x");
                bench.shows("text x").await;
                for byte in answer.bytes() {
                    bench.input(Input::Bytes(vec![byte]));
                }
            } else {
                bench.types(answer);
            }
            let typed = if late { "xyz" } else { "yz" };
            bench.types("yz");
            bench.shows(&format!("text {typed}")).await;
            bench.types("\x11");
            let (_, pad) = bench.ends().await;
            let sent = all_sent(&mut bench);
            assert_eq!(pad.text, typed, "{name}: no answer is a key");
            assert_eq!(pad.bidi, *told, "{name} {late}");
            let shown = sent.escape_debug().to_string();
            assert!(sent.contains("\x1b[8l") && sent.contains(words), "{name}: {shown}");
            for (other, _, _, others) in TERMINALS {
                let is_ours = others.is_empty() || words == others;
                assert!(is_ours || !sent.contains(others), "{name} gets the words of {other}");
            }
            assert!(sent.contains("\x1b[8h"), "{name} {shown}");
        }
    }
}

#[tokio::test]
async fn a_person_may_take_the_order_into_other_hands() {
    let mut bench = Bench::new(&Arc::default());
    bench.types("\x1bP>|Konsole 22.12.3\x1b\\a\x0fb");
    bench.shows("text ab").await;
    bench.types("\x11");
    let (_, pad) = bench.ends().await;
    assert_eq!(pad.bidi, [Bidi::Off]);
    let sent = all_sent(&mut bench);
    // Given back when the wish came, not once more at the end.
    assert_eq!(sent.matches("BidiRenderingEnabled=true").count(), 1, "{sent:?}");
    assert_eq!(sent.matches("\x1b[8h").count(), 1, "{sent:?}");
}

#[tokio::test]
async fn a_question_that_panics_is_refused_and_the_session_goes_on() {
    let mut bench = Bench::new(&Arc::default());
    bench.types("panic\r");
    bench.shows("a mistake in vafa").await;
    bench.types("!\r");
    bench.shows("answer panic!").await;
}

/// The loop, its line and its desk can move between threads: many sessions share a server.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sessions_run_side_by_side() {
    let desk = Arc::new(Slow::default());
    let mut benches: Vec<_> = (0..20).map(|_| Bench::new(&desk)).collect();
    for (n, bench) in benches.iter_mut().enumerate() {
        bench.types(&format!("agent {n}\r"));
    }
    for (n, bench) in benches.iter_mut().enumerate() {
        bench.shows(&format!("answer agent {n}")).await;
        bench.hang_up();
        assert_eq!(bench.ends().await.0, End::Gone);
    }
}
