//! The corpus as bytes of a terminal, typed and in brackets of a paste, through the loop: what goes back
//! is made of the program's own sequences and clean text.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Mutex as AsyncMutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use vafa::desk::{Command, Desk, Who};
use vafa::domain::{
    Agent, AgentId, BidiKind, CalendarKind, Customer, Day, Language, MoneyUnit, ThemeKind,
};
use vafa::session::{Input, Line, Modes, Opening, Screens, Seat, Wishes, run};
use vafa::store::memory::MemoryEngine;
use vafa::text::WeekStart;
use vafa::ui::{Model, Setup, Size};

use crate::corpus::{check, corpus};

const SIZE: Size = Size { width: 100, height: 30 };

/// A line that takes everything down.
struct Script {
    input: AsyncMutex<UnboundedReceiver<Input>>,
    sent: UnboundedSender<()>,
    bytes: Arc<Mutex<Vec<u8>>>,
}

impl Line for Script {
    fn size(&self) -> Size {
        SIZE
    }

    async fn next(&self) -> Option<Input> {
        self.input.lock().await.recv().await
    }

    async fn send(&self, bytes: &[u8]) -> io::Result<()> {
        self.bytes.lock().expect("bytes").extend_from_slice(bytes);
        self.sent.send(()).map_err(io::Error::other)
    }
}

/// Takes the program's own sequences out: cursor, colours, modes, questions, the clipboard.
fn without_own_sequences(sent: &str) -> String {
    let mut rest = sent;
    let mut text = String::new();
    while let Some((before, after)) = rest.split_once('\x1b') {
        text.push_str(before);
        let body = match after.strip_prefix('[') {
            // Only forms this program sends: figures, then one of these letters.
            Some(csi) => csi
                .trim_start_matches(|c: char| c.is_ascii_digit() || ";?>$:".contains(c))
                .strip_prefix(|c| "mHJKhlqcpABCDG".contains(c)),
            None => None,
        };
        let own = ["]11;?\x1b\\", "]52;c;", "\\"];
        rest = match body {
            Some(body) => body,
            None => match own.iter().find(|own| after.starts_with(*own)) {
                Some(&"]52;c;") => {
                    let (data, end) = after.split_once("\x1b\\").expect("an end");
                    let base64 = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c);
                    assert!(
                        data.strip_prefix("]52;c;").expect("it").chars().all(base64),
                        "{data:?}"
                    );
                    end
                }
                Some(own) => &after[own.len()..],
                None => panic!("not ours: {:?}", after.chars().take(30).collect::<String>()),
            },
        };
    }
    text + rest
}

#[tokio::test]
async fn nothing_forbidden_goes_back_to_the_terminal() {
    let now: Timestamp = "2026-06-01T09:00:00Z".parse().expect("a moment");
    let desk = Arc::new(Desk::open(Arc::new(MemoryEngine::new()), now).expect("a desk"));
    let program = Who { agent: Agent::program(), now };
    let sara = Agent { id: AgentId(0), name: "Sara".into(), ..Agent::program() };
    desk.act(&program, Command::SaveAgent { agent: sara.clone(), base: 0 }).expect("an agent");
    let sara = Agent { id: AgentId(1), ..sara };
    for entry in corpus() {
        let name = format!("Reza{}", entry.text);
        let day = Day::of(jiff::civil::date(2025, 1, 1));
        let customer = Customer::named(vafa::domain::CustomerId(0), &name, day);
        // Some are too long.
        let _ = desk.act(&program, Command::Create(Box::new(customer)));
    }
    for (language, entry) in [Language::English, Language::Persian]
        .into_iter()
        .flat_map(|language| corpus().into_iter().map(move |entry| (language, entry)))
    {
        let (keys, input) = unbounded_channel();
        let (sender, mut sent) = unbounded_channel();
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let script =
            Script { input: AsyncMutex::new(input), sent: sender, bytes: Arc::clone(&bytes) };
        let agent = Arc::new(Mutex::new(sara.clone()));
        let seat = Seat { agent, clock: Arc::new(move || now) };
        let modes = Modes::new(Wishes { bidi: BidiKind::Auto, mouse: true, questions: true });
        let model = Model::new(Setup {
            agent: "Sara".into(),
            place: String::new(),
            language,
            calendar: CalendarKind::Gregorian,
            theme: ThemeKind::Dark,
            bidi: BidiKind::Auto,
            money: MoneyUnit::Rial,
            zone: jiff::tz::TimeZone::UTC,
            week: WeekStart::Monday,
            can_edit: true,
            can_suspend: false,
            now,
            size: SIZE,
        });
        let mut screens = Screens { model, follows_background: true };
        let typed = [
            b"2/".to_vec(),
            entry.text.clone().into_bytes(),
            b"\x1b[200~".to_vec(),
            entry.text.clone().into_bytes(),
            b"\x1b[201~\r2t".to_vec(),
            entry.text.clone().into_bytes(),
            b"\r".to_vec(),
        ];
        let ready = Opening::<Desk>::ready(Arc::clone(&desk));
        let session = run(&script, &modes, ready, &mut screens, seat);
        let person = async {
            for bytes in typed {
                let _ = keys.send(Input::Bytes(bytes));
                // A frame, or none when nothing changed.
                let _ = tokio::time::timeout(Duration::from_millis(3), sent.recv()).await;
            }
            let _ = keys.send(Input::Leave(15));
            std::future::pending::<()>().await;
        };
        tokio::select! {
            _ = session => {}
            () = person => {}
        }
        let bytes = bytes.lock().expect("bytes").clone();
        let sent = String::from_utf8(bytes).expect("UTF-8");
        assert!(sent.len() > 1_000, "{}", entry.name);
        check(&entry.name, &without_own_sequences(&sent), &[]);
    }
}
