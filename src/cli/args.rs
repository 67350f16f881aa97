//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// A customer relationship manager that lives in a terminal. Without a command it opens the store.
#[derive(Debug, Parser)]
#[command(name = "vafa", version, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What holds for every command.
#[derive(Clone, Debug, Args)]
pub struct Global {
    /// Folder of the store; made on first use.
    #[arg(long, global = true, value_name = "DIR", env = "VAFA_STORE")]
    pub store: Option<String>,
    /// Configuration file instead of the usual one.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Language of words and numbers.
    #[arg(long, global = true, value_enum)]
    pub lang: Option<LangArg>,
    /// Nothing that a screen reader would stumble over: no progress bars, no pictures.
    #[arg(long, global = true)]
    pub plain: bool,
    /// Results and errors only.
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Answer yes to every question.
    #[arg(short, long, global = true)]
    pub yes: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    En,
    Fa,
}

/// How a result is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum View {
    /// Columns for the eye.
    #[default]
    Table,
    /// Comma-separated values.
    Csv,
    /// An object a line; stable.
    Jsonl,
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FileFormat {
    Csv,
    Jsonl,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Opens a throwaway store of believable data.
    Demo(Demo),
    /// Brings a file in: all of it or nothing, and never twice.
    Import(Import),
    /// Writes customers and what belongs to them out.
    Export(Export),
    /// Finds customers by name, phone, e-mail or id, however spelt.
    Find(Find),
    /// Lists the customers an expression selects.
    List(List),
    /// Shows everything about a customer.
    Show(Show),
    /// Logs a conversation.
    Log(Log),
    /// Tags the customers an expression selects.
    Tag(Tag),
    /// Takes a tag from the customers an expression selects.
    Untag(Tag),
    /// Prints a queue, the most worthwhile first.
    Queue(Queue),
    /// Fits the models and scores everyone.
    Score(Score),
    /// Takes the last act back, or the one with this number.
    Undo(Undo),
    /// Reads the whole store and says what is wrong with it.
    Check(Check),
    /// Prints a report.
    Report(Report),
    /// Shows or changes the configuration.
    Config(Config),
    /// Prints completions for a shell.
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
pub struct Demo {
    /// How many customers.
    #[arg(long, value_name = "N", default_value_t = 5_000)]
    pub customers: usize,
    /// Another seed makes another store.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Makes the store in the folder of --store and does not open it.
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
}

#[derive(Debug, Args)]
#[command(after_help = IMPORT_HELP)]
pub struct Import {
    /// What the rows are.
    #[arg(value_enum)]
    pub kind: ImportKind,
    /// The file.
    pub file: PathBuf,
    /// COLUMN is a title or a number from 1; FIELD a field, field.NAME, need, taste, ... or ignore.
    #[arg(long, value_name = "COLUMN=FIELD")]
    pub map: Vec<String>,
    /// Says what would happen and writes nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Keeps the good rows and writes the bad ones, with the reason, to FILE.
    #[arg(long, value_name = "FILE")]
    pub skip_bad: Option<PathBuf>,
    /// How the file is written; found out when not given.
    #[arg(long, value_enum)]
    pub format: Option<FileFormat>,
    /// One character, `tab`, or `space` for runs of blanks; found out when not given.
    #[arg(long, value_name = "CHARACTER")]
    pub delimiter: Option<String>,
    /// utf-8, utf-16, windows-1256 or windows-1252; found out when not given.
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// The first row holds no titles.
    #[arg(long)]
    pub no_header: bool,
    /// How dates are written, as strftime has it: %d/%m/%Y.
    #[arg(long, value_name = "FORM")]
    pub date_format: Option<String>,
    /// Amounts are written 1.250,50.
    #[arg(long)]
    pub decimal_comma: bool,
    /// Bad rows listed; all are counted.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub errors: usize,
}

const IMPORT_HELP: &str = "\
Fields:
  customers      name*, external_id, kind, other_names, phone, email, web, birth_date, gender, city,
                 region, country, address, postal_code, time_zone, language, source, owner, stage,
                 tags, joined, do_not_call, marketing; field.NAME; need, expectation, taste,
                 interest, attitude, biography
  purchases      customer*, date*, amount* (or unit_price), external_id, kind (sale, return, credit),
                 product, quantity, unit_cost, currency
  interactions   customer*, time*, channel*, direction, outcome, seconds, agent, note, external_id
  products       sku*, name*, category, price, unit_cost

Columns are recognised by their titles, English or Persian. Empty cells change nothing.
Phones, e-mails, tags and facts may hold several values with semicolons between them.
In JSON Lines a whole number is an amount in minor units, a text (\"29.33\") one in major units.";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportKind {
    Customers,
    Purchases,
    Interactions,
    Scores,
    Segment,
    Queue,
}

#[derive(Debug, Args)]
pub struct Export {
    /// What to write out.
    #[arg(value_enum)]
    pub what: ExportKind,
    /// Name of the segment or tag, or kind of the queue.
    pub name: Option<String>,
    /// Only the customers this expression selects.
    #[arg(long = "where", value_name = "EXPR", default_value = "", allow_hyphen_values = true)]
    pub filter: String,
    /// How it is written; by the name of the file when not given, else csv.
    #[arg(long, value_enum)]
    pub format: Option<FileFormat>,
    /// The file, replaced as a whole; standard output when not given.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Begins with a byte order mark, as some spreadsheets want it.
    #[arg(long)]
    pub bom: bool,
}

#[derive(Debug, Args)]
pub struct Find {
    /// What to look for.
    #[arg(required = true)]
    pub text: Vec<String>,
    /// Rows at most.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    #[arg(long, value_enum, default_value_t)]
    pub format: View,
}

#[derive(Debug, Args)]
pub struct List {
    /// Only the customers this expression selects.
    #[arg(long = "where", value_name = "EXPR", default_value = "", allow_hyphen_values = true)]
    pub filter: String,
    /// Order; with a minus in front the largest come first.
    #[arg(long, value_name = "FIELD", allow_hyphen_values = true)]
    pub sort: Option<String>,
    /// Columns in their order, with commas.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// Rows at most.
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    #[arg(long, value_enum, default_value_t)]
    pub format: View,
}

#[derive(Debug, Args)]
pub struct Show {
    /// #number, external id, phone or name.
    pub customer: String,
    #[arg(long, value_enum, default_value_t)]
    pub format: ShowView,
}

/// How a profile is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ShowView {
    /// For the eye.
    #[default]
    Text,
    /// One object.
    Jsonl,
}

#[derive(Debug, Args)]
pub struct Log {
    /// #number, external id, phone or name.
    pub customer: String,
    /// How it ended: answered, no_answer, refused, sale, callback, ...
    #[arg(long, value_name = "OUTCOME", default_value = "")]
    pub outcome: String,
    /// In words.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub note: String,
    /// When to call again: `tomorrow 10:00`, `+2h`, `mon 9`.
    #[arg(long, value_name = "WHEN")]
    pub callback: Option<String>,
    /// By what means.
    #[arg(long, value_name = "CHANNEL", default_value = "call")]
    pub channel: String,
    /// The customer began.
    #[arg(long)]
    pub inbound: bool,
    /// How long it took: 95 or 1:35.
    #[arg(long, value_name = "TIME")]
    pub duration: Option<String>,
}

#[derive(Debug, Args)]
pub struct Tag {
    /// The tag.
    pub name: String,
    /// The customers this expression selects.
    #[arg(long = "where", value_name = "EXPR", allow_hyphen_values = true)]
    pub filter: String,
}

#[derive(Debug, Args)]
pub struct Queue {
    /// retention, callbacks, ...
    pub kind: String,
    /// Rows at most.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    #[arg(long, value_enum, default_value_t)]
    pub format: View,
}

#[derive(Debug, Args)]
pub struct Score {
    /// The day up to which purchases count; today when not given.
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Weeks in which leaving matters: 26w.
    #[arg(long, value_name = "WEEKS")]
    pub horizon: Option<String>,
    #[arg(long, value_enum, default_value_t)]
    pub format: View,
}

#[derive(Debug, Args)]
pub struct Undo {
    /// The number an import or another act told.
    pub batch: Option<u64>,
}

#[derive(Debug, Args)]
pub struct Check {
    /// Also reads what every record means, and the log of changes.
    #[arg(long)]
    pub deep: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportKind {
    Rfm,
}

#[derive(Debug, Args)]
pub struct Report {
    /// Which report.
    #[arg(value_enum)]
    pub kind: ReportKind,
    #[arg(long, value_enum, default_value_t)]
    pub format: View,
}

#[derive(Debug, Args)]
pub struct Config {
    #[command(subcommand)]
    pub action: Option<ConfigAction>,
}

#[derive(Debug, Subcommand)]
pub enum ConfigAction {
    /// Prints where the configuration file is.
    Path,
    /// Prints what is in force.
    Show,
    /// Sets one thing: language, theme, calendar, agent or store here; currency, country, time_zone,
    /// margin, ... in the store.
    Set {
        /// What.
        name: String,
        /// To what; empty for none.
        value: String,
    },
}
