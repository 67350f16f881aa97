//! What can be said on the command line. What each word means stands in [`words::help`], under the
//! name of its command and field: `import`, `import.map`.
//!
//! [`words::help`]: crate::text::words::help

mod report;

use std::num::ParseIntError;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::text::digits::ascii_digit;

pub use report::{PeriodArg, Report, ReportKind};

#[derive(Debug, Parser)]
#[command(name = "vafa", version, disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
}

// What holds for every command.
#[derive(Clone, Debug, Args)]
pub struct Global {
    #[arg(long, global = true, value_name = "DIR", env = "VAFA_STORE")]
    pub store: Option<String>,
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[arg(long, global = true, value_enum)]
    pub lang: Option<LangArg>,
    #[arg(long, global = true)]
    pub plain: bool,
    #[arg(short, long, global = true)]
    pub quiet: bool,
    #[arg(short, long, global = true)]
    pub yes: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    En,
    Fa,
}

// How a result is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum View {
    // Columns for the eye.
    #[default]
    Table,
    // Comma-separated values.
    Csv,
    // An object a line; stable.
    Jsonl,
}

// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FileFormat {
    Csv,
    Jsonl,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Demo(Demo),
    Import(Import),
    Export(Export),
    Find(Find),
    List(List),
    Show(Show),
    Script(Script),
    Log(Log),
    Tag(Tag),
    Untag(Tag),
    Set(Set),
    Duplicates(Duplicates),
    Merge(Merge),
    Lifecycle(Lifecycle),
    Erase(Erase),
    Queue(Queue),
    Score(Score),
    Undo(Undo),
    Check(Check),
    Report(Report),
    Config(Config),
    Agent(Agent),
    Programme(Programmes),
    Points(PointsOf),
    Case(Case),
    Campaign(Campaigns),
    Backup(Backup),
    Restore(Restore),
    Completions { shell: clap_complete::Shell },
    Man { command: Vec<String> },
    Help { command: Vec<String> },
}

#[derive(Debug, Args)]
pub struct Demo {
    #[arg(long, value_name = "N", default_value = "5000", value_parser = count)]
    pub customers: usize,
    #[arg(long, value_name = "S", default_value = "1", value_parser = whole)]
    pub seed: u64,
    #[arg(long)]
    pub only_make: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ImportKind {
    Customers,
    Purchases,
    Interactions,
    Products,
    Subscriptions,
    Records,
    Plan,
}

#[derive(Debug, Args)]
pub struct Import {
    #[arg(value_enum)]
    pub kind: ImportKind,
    pub file: PathBuf,
    #[arg(long, value_name = "COLUMN=FIELD")]
    pub map: Vec<String>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long, value_name = "FILE")]
    pub skip_bad: Option<PathBuf>,
    #[arg(long, value_enum)]
    pub format: Option<FileFormat>,
    #[arg(long, value_name = "CHARACTER")]
    pub delimiter: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    #[arg(long)]
    pub no_header: bool,
    #[arg(long, value_name = "FORM")]
    pub date_format: Option<String>,
    #[arg(long)]
    pub decimal_comma: bool,
    #[arg(long, value_name = "N", default_value = "20", value_parser = count)]
    pub errors: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportKind {
    Customers,
    Purchases,
    Interactions,
    Subscriptions,
    Products,
    Records,
    Scores,
    Segment,
    Queue,
    Plan,
}

#[derive(Debug, Args)]
pub struct Export {
    #[arg(value_enum)]
    pub what: ExportKind,
    pub name: Option<String>,
    #[arg(long = "where", value_name = "EXPR", default_value = "", allow_hyphen_values = true)]
    pub filter: String,
    #[arg(long, value_enum)]
    pub format: Option<FileFormat>,
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[arg(long)]
    pub bom: bool,
    #[arg(long, conflicts_with = "bom")]
    pub no_bom: bool,
}

#[derive(Debug, Args)]
pub struct Find {
    #[arg(required = true)]
    pub text: Vec<String>,
    #[arg(long, value_name = "N", default_value = "20", value_parser = count)]
    pub limit: usize,
    #[arg(long, value_enum, default_value_t)]
    pub format: View,
}

#[derive(Debug, Args)]
pub struct List {
    #[arg(long = "where", value_name = "EXPR", default_value = "", allow_hyphen_values = true)]
    pub filter: String,
    #[arg(long, value_name = "FIELD", allow_hyphen_values = true)]
    pub sort: Option<String>,
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub columns: Vec<String>,
    #[arg(long, value_name = "N", value_parser = count)]
    pub limit: Option<usize>,
    #[arg(long, value_enum, default_value_t)]
    pub format: View,
}

#[derive(Debug, Args)]
pub struct Show {
    pub customer: String,
    #[arg(long, value_enum, default_value_t)]
    pub format: ShowView,
}

// How a profile is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ShowView {
    // For the eye.
    #[default]
    Text,
    // One object.
    Jsonl,
}

#[derive(Debug, Args)]
pub struct Script {
    pub name: String,
    pub customer: String,
    #[arg(long, value_enum, default_value_t)]
    pub format: View,
}

#[derive(Debug, Args)]
pub struct Log {
    pub customer: String,
    #[arg(long, value_name = "OUTCOME", default_value = "")]
    pub outcome: String,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub note: String,
    #[arg(long, value_name = "WHEN")]
    pub callback: Option<String>,
    #[arg(long, value_name = "CHANNEL", default_value = "call")]
    pub channel: String,
    #[arg(long)]
    pub inbound: bool,
    #[arg(long, value_name = "TIME")]
    pub duration: Option<String>,
    #[arg(long, value_name = "NAME", requires = "answer")]
    pub offer: Option<String>,
    #[arg(long, value_name = "ANSWER", requires = "offer")]
    pub answer: Option<String>,
    #[arg(long, value_name = "TEXT", default_value = "", requires = "offer")]
    pub reason: String,
    #[arg(long, value_name = "NAME")]
    pub campaign: Option<String>,
    #[arg(long, value_name = "REASON")]
    pub despite: Option<String>,
    #[arg(long, value_name = "N")]
    pub satisfaction: Option<String>,
    #[arg(long, value_name = "N")]
    pub recommend: Option<String>,
}

#[derive(Debug, Args)]
pub struct Tag {
    pub name: String,
    #[arg(long = "where", value_name = "EXPR", allow_hyphen_values = true)]
    pub filter: String,
}

#[derive(Debug, Args)]
pub struct Set {
    pub field: String,
    pub value: String,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub reason: String,
    #[arg(long = "where", value_name = "EXPR", allow_hyphen_values = true)]
    pub filter: String,
}

#[derive(Debug, Args)]
pub struct Duplicates {
    #[arg(long, num_args = 2, value_names = ["ONE", "OTHER"], conflicts_with_all = ["limit", "format"])]
    pub distinct: Vec<String>,
    #[arg(long, value_name = "N", default_value = "50", value_parser = count)]
    pub limit: usize,
    #[arg(long, value_enum, default_value_t)]
    pub format: View,
}

#[derive(Debug, Args)]
pub struct Merge {
    pub keep: String,
    pub gone: String,
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub take: Vec<String>,
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub struct Lifecycle {
    #[command(subcommand)]
    pub action: LifecycleAction,
}

#[derive(Debug, Subcommand)]
pub enum LifecycleAction {
    Run {
        #[arg(long)]
        dry_run: bool,
        #[arg(long, value_enum, default_value_t)]
        format: View,
    },
    Close {
        customer: String,
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
    },
}

#[derive(Debug, Args)]
pub struct Erase {
    pub customer: String,
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t)]
    pub format: ShowView,
}

#[derive(Debug, Args)]
pub struct Queue {
    pub kind: String,
    #[arg(long, value_name = "N", default_value = "20", value_parser = count)]
    pub limit: usize,
    #[arg(long, value_enum, default_value_t)]
    pub format: View,
}

#[derive(Debug, Args)]
pub struct Score {
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    #[arg(long, value_name = "WEEKS")]
    pub horizon: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub model: Option<String>,
    #[arg(long, value_enum, default_value_t)]
    pub format: View,
}

#[derive(Debug, Args)]
pub struct Undo {
    #[arg(value_parser = whole)]
    pub batch: Option<u64>,
}

#[derive(Debug, Args)]
pub struct Check {
    #[arg(long)]
    pub deep: bool,
}

#[derive(Debug, Args)]
pub struct Agent {
    #[command(subcommand)]
    pub action: AgentAction,
}

#[derive(Debug, Subcommand)]
pub enum AgentAction {
    Add {
        name: String,
        #[arg(long, value_name = "ROLE", default_value = "agent")]
        role: String,
        #[arg(long, value_name = "TEAM", default_value = "")]
        team: String,
    },
    List {
        #[arg(long, value_enum, default_value_t)]
        format: View,
    },
    Disable {
        name: String,
    },
}

#[derive(Debug, Args)]
pub struct Programmes {
    #[command(subcommand)]
    pub action: ProgrammeAction,
}

#[derive(Debug, Subcommand)]
pub enum ProgrammeAction {
    Accrue,
    Report {
        #[arg(long, value_enum, default_value_t)]
        format: View,
    },
}

#[derive(Debug, Args)]
pub struct PointsOf {
    pub customer: String,
    #[arg(long, value_name = "N")]
    pub redeem: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub programme: Option<String>,
    #[arg(long, value_name = "TEXT", default_value = "", requires = "redeem")]
    pub note: String,
    #[arg(long, value_enum, default_value_t)]
    pub format: View,
}

#[derive(Debug, Args)]
pub struct Case {
    #[command(subcommand)]
    pub action: CaseAction,
}

#[derive(Debug, Subcommand)]
pub enum CaseAction {
    List {
        #[arg(long)]
        mine: bool,
        #[arg(long, value_name = "TEAM")]
        team: Option<String>,
        #[arg(long, value_name = "PROCESS")]
        process: Option<String>,
        #[arg(long)]
        late: bool,
        #[arg(long, value_enum, default_value_t)]
        format: View,
    },
    Start {
        process: String,
        #[arg(long, value_name = "CUSTOMER")]
        customer: String,
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
    },
    Finish {
        case: String,
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
    },
    Drop {
        case: String,
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    Take {
        case: String,
    },
}

#[derive(Debug, Args)]
pub struct Campaigns {
    #[command(subcommand)]
    pub action: CampaignAction,
}

#[derive(Debug, Subcommand)]
pub enum CampaignAction {
    List {
        #[arg(long, value_enum, default_value_t)]
        format: View,
    },
    Queue {
        name: String,
        #[arg(long, value_name = "N", default_value = "20", value_parser = count)]
        limit: usize,
        #[arg(long, value_enum, default_value_t)]
        format: View,
    },
    Start {
        name: String,
    },
    Pause {
        name: String,
    },
    End {
        name: String,
    },
}

#[derive(Debug, Args)]
pub struct Backup {
    pub file: PathBuf,
}

#[derive(Debug, Args)]
pub struct Restore {
    pub file: PathBuf,
}

#[derive(Debug, Args)]
pub struct Config {
    #[command(subcommand)]
    pub action: Option<ConfigAction>,
}

#[derive(Debug, Subcommand)]
pub enum ConfigAction {
    Path,
    Show,
    Set { name: String, value: String },
}

/// A whole number in the digits of any language.
fn whole(text: &str) -> Result<u64, ParseIntError> {
    plain(text).parse()
}

/// The same, of things that are counted.
fn count(text: &str) -> Result<usize, ParseIntError> {
    plain(text).parse()
}

fn plain(text: &str) -> String {
    text.chars().map(|c| ascii_digit(c).unwrap_or(c)).collect()
}
