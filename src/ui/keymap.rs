//! One table of keys: hints, help and palette are made from it, so none of them can tell a lie.
//!
//! A key is looked up in the contexts of the screen, innermost first, then in [`Context::Global`]
//! (command state) or [`Context::Text`] (a field takes the printing keys). In a text context no
//! printing key is ever bound; a test says so.

use crate::text::words::{campaigns as g, keys as w};
use crate::text::{Phrase, digits, swap_layout};

use super::key::{Code, Key};

/// Where a key means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// Everywhere in command state.
    Global,
    /// Everywhere in text state.
    Text,
    /// A panel that takes every letter as a choice: the frame's letters are out of reach.
    Panel,
    /// A list with a cursor.
    List,
    /// A list whose rows can be marked.
    Marks,
    /// A customer is under the cursor.
    Customer,
    Customers,
    /// The search bar of the customers.
    Search,
    /// The expression beside it.
    Expression,
    /// Those who may be one.
    Duplicates,
    /// Two customers side by side before they are merged.
    Merge,
    Profile,
    /// A form with fields.
    Form,
    /// A form whose record was changed by somebody else.
    Conflict,
    /// A list to choose from by typing.
    Picker,
    /// A picker in which several are chosen.
    Choices,
    /// One line to fill in.
    Prompt,
    /// One letter chooses.
    Menu,
    /// Something longer to read.
    Reader,
    Today,
    Queue,
    Segments,
    Insight,
    /// A picture of stages is in focus.
    Stages,
    /// What the rules of the stages would move.
    Moves,
    Work,
    Manage,
    SegmentForm,
    /// The log strip, waiting for the letter of an outcome.
    Log,
    /// The note of the log strip.
    LogNote,
    /// The log strip, waiting for a figure: how satisfied, how likely to recommend.
    LogAsk,
    /// Offers to a customer: which, and the answer.
    Offer,
}

impl Context {
    /// True when a field takes the printing keys here.
    pub const fn is_text(self) -> bool {
        use Context as C;
        matches!(
            self,
            C::Text
                | C::Search
                | C::Expression
                | C::Form
                | C::Conflict
                | C::Picker
                | C::Choices
                | C::Prompt
                | C::SegmentForm
                | C::LogNote
        )
    }

    /// True when every letter is a choice here.
    pub const fn is_modal(self) -> bool {
        use Context as C;
        matches!(self, C::Panel | C::Menu | C::Reader | C::Log | C::LogAsk | C::Offer)
    }
}

/// What a key does. The screen on top is asked first, then the frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    // everywhere
    Tab(u8),
    Palette,
    Help,
    Back,
    StepBack,
    Undo,
    Redo,
    Again,
    Messages,
    Language,
    Preferences,
    Suspend,
    Redraw,
    Quit,
    // lists and regions
    Down,
    Up,
    Top,
    Bottom,
    PageDown,
    PageUp,
    NextRegion,
    LastRegion,
    Mark,
    Range,
    MarkAll,
    // a customer
    Open,
    Log,
    LogQuick,
    Tag,
    Untag,
    CallBack,
    Edit,
    Copy,
    Learned,
    Offer,
    // customers
    Search,
    Filter,
    Sort,
    Reverse,
    Columns,
    New,
    Bulk,
    Duplicates,
    Merge,
    Apart,
    Erase,
    Side,
    // profile
    Add,
    AddFact,
    AddPerson,
    AddPurchase,
    AddContract,
    AddTask,
    CloseWinBack,
    TimelineFilter,
    Drop,
    Finish,
    Redeem,
    Correct,
    // fields and panels
    Accept,
    Complete,
    NextField,
    LastField,
    Save,
    NewLine,
    Editor,
    Theirs,
    Toggle,
    Survey,
    NextLine,
    LastLine,
    // queues
    Snooze,
    Skip,
    HandOver,
    Fit,
    // work
    StartCase,
    Take,
    // segments
    Target,
    Compare,
    SendTo,
    // manage
    RunPause,
    // insight
    Start,
    End,
    AsTable,
    Period,
    Whom,
    Keep,
    MoveStages,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    pub context: Context,
    pub key: Key,
    pub action: Action,
    /// What it does, in words.
    pub help: Phrase,
    /// How much it belongs into the hints; 0 for help only.
    pub weight: u8,
}

const fn row(context: Context, key: Key, action: Action, help: Phrase, weight: u8) -> Binding {
    Binding { context, key, action, help, weight }
}

const fn c(letter: char) -> Key {
    Key::char(letter)
}

const fn k(code: Code) -> Key {
    Key::of(code)
}

use Action as A;
use Context as X;

/// All keys. Earlier rows of an action are the ones shown in hints.
#[rustfmt::skip]
pub static KEYS: &[Binding] = &[
    row(X::Global, c('1'), A::Tab(1), w::TAB_1, 0),
    row(X::Global, c('2'), A::Tab(2), w::TAB_2, 0),
    row(X::Global, c('3'), A::Tab(3), w::TAB_3, 0),
    row(X::Global, c('4'), A::Tab(4), w::TAB_4, 0),
    row(X::Global, c('5'), A::Tab(5), w::TAB_5, 0),
    row(X::Global, c('6'), A::Tab(6), w::TAB_6, 0),
    row(X::Global, c('7'), A::Tab(7), w::TAB_7, 0),
    row(X::Global, c(':'), A::Palette, w::COMMANDS, 30),
    row(X::Global, c('?'), A::Help, w::HELP, 29),
    row(X::Global, k(Code::F(1)), A::Help, w::HELP, 0),
    row(X::Global, c('q'), A::Back, w::BACK, 5),
    row(X::Global, k(Code::Esc), A::StepBack, w::STEP_BACK, 0),
    row(X::Global, c('u'), A::Undo, w::UNDO, 0),
    row(X::Global, c('U'), A::Redo, w::REDO, 0),
    row(X::Global, c('.'), A::Again, w::AGAIN, 0),
    row(X::Global, c('m'), A::Messages, w::MESSAGES, 0),
    row(X::Global, c(','), A::Preferences, w::PREFERENCES, 0),
    row(X::Global, k(Code::F(8)), A::Language, w::LANGUAGE, 0),
    row(X::Global, k(Code::F(9)), A::MoveStages, w::MOVE_STAGES, 0),
    row(X::Global, c('z').with_ctrl(), A::Suspend, w::SUSPEND, 0),
    row(X::Global, c('l').with_ctrl(), A::Redraw, w::REDRAW, 0),

    row(X::Text, k(Code::F(1)), A::Help, w::HELP, 5),
    row(X::Text, k(Code::Esc), A::StepBack, w::STEP_BACK, 6),
    row(X::Text, k(Code::F(8)), A::Language, w::LANGUAGE, 0),
    row(X::Text, c('z').with_ctrl(), A::Suspend, w::SUSPEND, 0),
    row(X::Text, c('l').with_ctrl(), A::Redraw, w::REDRAW, 0),

    row(X::Panel, k(Code::Esc), A::StepBack, w::STEP_BACK, 6),
    row(X::Panel, k(Code::F(1)), A::Help, w::HELP, 0),
    row(X::Panel, k(Code::F(8)), A::Language, w::LANGUAGE, 0),
    row(X::Panel, c('z').with_ctrl(), A::Suspend, w::SUSPEND, 0),
    row(X::Panel, c('l').with_ctrl(), A::Redraw, w::REDRAW, 0),

    row(X::List, c('j'), A::Down, w::DOWN, 0),
    row(X::List, k(Code::Down), A::Down, w::DOWN, 0),
    row(X::List, c('k'), A::Up, w::UP, 0),
    row(X::List, k(Code::Up), A::Up, w::UP, 0),
    row(X::List, c('g'), A::Top, w::TOP, 0),
    row(X::List, k(Code::Home), A::Top, w::TOP, 0),
    row(X::List, c('G'), A::Bottom, w::BOTTOM, 0),
    row(X::List, k(Code::End), A::Bottom, w::BOTTOM, 0),
    row(X::List, k(Code::PgDn), A::PageDown, w::PAGE_DOWN, 0),
    row(X::List, c('d').with_ctrl(), A::PageDown, w::PAGE_DOWN, 0),
    row(X::List, k(Code::PgUp), A::PageUp, w::PAGE_UP, 0),
    row(X::List, c('u').with_ctrl(), A::PageUp, w::PAGE_UP, 0),

    row(X::Marks, c(' '), A::Mark, w::MARK, 20),
    row(X::Marks, c('v'), A::Range, w::RANGE, 0),
    row(X::Marks, c('*'), A::MarkAll, w::MARK_ALL, 12),

    row(X::Customer, k(Code::Enter), A::Open, w::OPEN, 60),
    row(X::Customer, c('l'), A::Log, w::LOG, 58),
    row(X::Customer, c('L'), A::LogQuick, w::LOG_QUICK, 0),
    row(X::Customer, c('t'), A::Tag, w::TAG, 56),
    row(X::Customer, c('T'), A::Untag, w::UNTAG, 0),
    row(X::Customer, c('c'), A::CallBack, w::CALL_BACK, 54),
    row(X::Customer, c('e'), A::Edit, w::EDIT, 40),
    row(X::Customer, c('o'), A::Offer, w::OFFER, 39),
    row(X::Customer, c('w'), A::StartCase, w::START_CASE, 11),
    row(X::Customer, c('y'), A::Copy, w::COPY, 0),
    row(X::Customer, c('='), A::Correct, w::CORRECT, 0),
    row(X::Customer, c('X'), A::Erase, w::ERASE, 0),
    row(X::Customer, c('i'), A::Learned, w::LEARNED, 0),

    row(X::Customers, c('/'), A::Search, w::SEARCH, 52),
    row(X::Customers, c('f'), A::Filter, w::FILTER, 50),
    row(X::Customers, c('n'), A::New, w::NEW_CUSTOMER, 38),
    row(X::Customers, c('b'), A::Bulk, w::BULK, 15),
    row(X::Customers, c('s'), A::Sort, w::SORT, 36),
    row(X::Customers, c('r'), A::Reverse, w::REVERSE, 0),
    row(X::Customers, c('C'), A::Columns, w::COLUMNS, 14),

    row(X::Customers, c('D'), A::Duplicates, w::DUPLICATES, 10),
    row(X::Customers, c('M'), A::Merge, w::MERGE, 0),

    row(X::Duplicates, k(Code::Enter), A::Merge, w::DO_MERGE, 60),
    row(X::Duplicates, c('x'), A::Apart, w::APART, 55),
    row(X::Duplicates, c('o'), A::Open, w::OPEN, 50),

    row(X::Merge, k(Code::Enter), A::Save, w::DO_MERGE, 60),
    row(X::Merge, k(Code::F(2)), A::Save, w::DO_MERGE, 0),
    row(X::Merge, c(' '), A::Toggle, w::OTHER_VALUE, 58),
    row(X::Merge, k(Code::Left), A::Start, w::KEEP_LEFT, 40),
    row(X::Merge, c('h'), A::Start, w::KEEP_LEFT, 0),
    row(X::Merge, k(Code::Right), A::End, w::TAKE_RIGHT, 38),
    row(X::Merge, c('l'), A::End, w::TAKE_RIGHT, 0),
    row(X::Merge, k(Code::Tab), A::NextRegion, w::SWAP, 56),

    row(X::Search, k(Code::Enter), A::Open, w::OPEN, 60),
    row(X::Search, k(Code::Tab), A::Filter, w::FILTER, 50),
    row(X::Search, k(Code::BackTab), A::StepBack, w::TO_THE_LIST, 0),
    row(X::Search, k(Code::Down), A::Down, w::DOWN, 0),
    row(X::Search, k(Code::Up), A::Up, w::UP, 0),
    row(X::Search, k(Code::PgDn), A::PageDown, w::PAGE_DOWN, 0),
    row(X::Search, k(Code::PgUp), A::PageUp, w::PAGE_UP, 0),

    row(X::Expression, k(Code::Enter), A::StepBack, w::TO_THE_LIST, 60),
    row(X::Expression, k(Code::Tab), A::Complete, w::COMPLETE, 55),
    row(X::Expression, k(Code::BackTab), A::Search, w::SEARCH, 50),
    row(X::Expression, k(Code::Down), A::Down, w::DOWN, 0),
    row(X::Expression, k(Code::Up), A::Up, w::UP, 0),

    row(X::Profile, k(Code::Tab), A::NextRegion, w::NEXT_REGION, 35),
    row(X::Profile, k(Code::BackTab), A::LastRegion, w::LAST_REGION, 0),
    row(X::Profile, k(Code::Enter), A::Accept, w::OPEN_ITEM, 34),
    row(X::Profile, c('a'), A::Add, w::ADD, 53),
    row(X::Profile, c('F'), A::AddFact, w::ADD_FACT, 0),
    row(X::Profile, c('R'), A::AddPerson, w::ADD_PERSON, 0),
    row(X::Profile, c('P'), A::AddPurchase, w::ADD_PURCHASE, 0),
    row(X::Profile, c('S'), A::AddContract, w::ADD_CONTRACT, 0),
    row(X::Profile, c('W'), A::AddTask, w::ADD_TASK, 0),
    row(X::Profile, c('B'), A::CloseWinBack, w::CLOSE_WIN_BACK, 0),
    row(X::Profile, c('f'), A::TimelineFilter, w::TIMELINE_FILTER, 33),
    row(X::Profile, c('d'), A::Finish, w::FINISH, 31),
    row(X::Profile, c('r'), A::Redeem, w::REDEEM, 32),
    row(X::Profile, c('x'), A::Drop, w::DROP, 0),
    row(X::Profile, k(Code::Delete), A::Drop, w::DROP, 0),
    row(X::Profile, c('='), A::Correct, w::CORRECT, 0),

    row(X::Form, k(Code::F(2)), A::Save, w::SAVE, 60),
    row(X::Form, k(Code::Enter), A::Accept, w::SAVE_LINE, 0),
    row(X::Form, k(Code::Tab), A::NextField, w::NEXT_FIELD, 50),
    row(X::Form, k(Code::BackTab), A::LastField, w::LAST_FIELD, 0),
    row(X::Form, k(Code::Down), A::Down, w::NEXT_FIELD, 0),
    row(X::Form, k(Code::Up), A::Up, w::LAST_FIELD, 0),
    row(X::Form, k(Code::Enter).with_alt(), A::NewLine, w::NEW_LINE, 20),
    row(X::Form, k(Code::F(4)), A::Editor, w::EDITOR, 18),

    row(X::Conflict, k(Code::F(3)), A::Theirs, w::THEIRS, 58),

    row(X::Picker, k(Code::Enter), A::Accept, w::CHOOSE, 60),
    row(X::Picker, k(Code::Tab), A::Complete, w::COMPLETE, 0),
    row(X::Picker, k(Code::Down), A::Down, w::DOWN, 0),
    row(X::Picker, k(Code::Up), A::Up, w::UP, 0),
    row(X::Picker, k(Code::PgDn), A::PageDown, w::PAGE_DOWN, 0),
    row(X::Picker, k(Code::PgUp), A::PageUp, w::PAGE_UP, 0),

    row(X::Choices, k(Code::Tab), A::Toggle, w::TOGGLE, 62),
    row(X::Choices, k(Code::F(2)), A::Save, w::SAVE, 61),

    row(X::Prompt, k(Code::Enter), A::Accept, w::ACCEPT, 60),
    row(X::Prompt, k(Code::Tab), A::Complete, w::COMPLETE, 0),

    row(X::Queue, k(Code::Tab), A::NextRegion, w::NEXT_QUEUE, 32),
    row(X::Queue, k(Code::BackTab), A::LastRegion, w::LAST_QUEUE, 0),
    row(X::Queue, c('n'), A::Down, w::NEXT_ROW, 0),
    row(X::Queue, c('p'), A::Up, w::LAST_ROW, 0),
    row(X::Queue, c('s'), A::Snooze, w::SNOOZE, 52),
    row(X::Queue, c('x'), A::Skip, w::SKIP, 50),
    row(X::Queue, c('d'), A::Finish, w::FINISH, 48),
    row(X::Queue, c('h'), A::HandOver, w::HAND_OVER, 20),
    row(X::Queue, c('B'), A::CloseWinBack, w::CLOSE_WIN_BACK, 0),
    row(X::Queue, c('='), A::Correct, w::CORRECT, 0),
    row(X::Queue, c('F'), A::Fit, w::FIT, 61),

    row(X::Work, k(Code::Tab), A::NextRegion, w::NEXT_SCOPE, 50),
    row(X::Work, k(Code::BackTab), A::LastRegion, w::LAST_SCOPE, 0),
    row(X::Work, c('d'), A::Finish, w::FINISH, 59),
    row(X::Work, c('a'), A::Take, w::TAKE, 57),
    row(X::Work, c('h'), A::HandOver, w::HAND_OVER, 55),
    row(X::Work, c('s'), A::Snooze, w::SNOOZE, 53),
    row(X::Work, c('x'), A::Drop, w::GIVE_UP, 45),
    row(X::Work, c('='), A::Correct, w::CORRECT, 0),

    row(X::Today, k(Code::Tab), A::NextRegion, w::NEXT_REGION, 30),
    row(X::Today, c('s'), A::Snooze, w::SNOOZE, 52),
    row(X::Today, c('d'), A::Finish, w::FINISH, 59),
    row(X::Today, c('='), A::Correct, w::CORRECT, 0),

    row(X::Segments, k(Code::Enter), A::Open, w::MEMBERS, 60),
    row(X::Segments, c('n'), A::New, w::NEW_SEGMENT, 58),
    row(X::Segments, c('e'), A::Edit, w::EDIT, 56),
    row(X::Segments, c('*'), A::Target, w::TARGET, 54),
    row(X::Segments, c('o'), A::Compare, w::COMPARE, 52),
    row(X::Segments, c('c'), A::SendTo, g::SEND, 51),
    row(X::Segments, c('t'), A::Tag, w::TAG_MEMBERS, 50),
    row(X::Segments, c('T'), A::Untag, w::UNTAG_MEMBERS, 0),
    row(X::Segments, c('D'), A::Drop, w::DROP, 40),
    row(X::Segments, c('y'), A::Copy, w::COPY_RULE, 12),

    row(X::Insight, k(Code::Enter), A::Open, w::MEMBERS, 60),
    row(X::Insight, k(Code::Tab), A::NextRegion, w::NEXT_PICTURE, 58),
    row(X::Insight, k(Code::BackTab), A::LastRegion, w::LAST_PICTURE, 0),
    row(X::Insight, k(Code::Left), A::Start, w::TO_START, 0),
    row(X::Insight, c('h'), A::Start, w::TO_START, 0),
    row(X::Insight, k(Code::Right), A::End, w::TO_END, 0),
    row(X::Insight, c('l'), A::End, w::TO_END, 0),
    row(X::Insight, c('/'), A::Search, w::PICTURES, 57),
    row(X::Insight, c('T'), A::AsTable, w::AS_TABLE, 56),
    row(X::Insight, c('s'), A::Whom, w::WHOM, 54),
    row(X::Insight, c('p'), A::Period, w::PERIOD, 52),
    row(X::Insight, c('a'), A::Keep, w::KEEP_SEGMENT, 50),
    row(X::Insight, c('F'), A::Fit, w::FIT, 61),

    row(X::Stages, c('r'), A::MoveStages, w::MOVE_STAGES, 59),

    row(X::Moves, k(Code::F(2)), A::Save, w::DO_MOVE, 61),
    row(X::Moves, k(Code::Enter), A::Open, w::SHOW_MOVING, 60),
    row(X::Moves, k(Code::Tab), A::NextRegion, w::RULES, 58),
    row(X::Moves, c('e'), A::Edit, w::EDIT, 56),

    row(X::Manage, k(Code::Tab), A::NextRegion, w::NEXT_REGION, 40),
    row(X::Manage, k(Code::BackTab), A::LastRegion, w::LAST_REGION, 0),
    row(X::Manage, k(Code::Enter), A::Edit, w::EDIT, 60),
    row(X::Manage, c('e'), A::Edit, w::EDIT, 0),
    row(X::Manage, c('n'), A::New, w::NEW_RECORD, 58),
    row(X::Manage, c('s'), A::RunPause, g::RUN_PAUSE, 55),
    row(X::Manage, c('D'), A::Drop, w::DROP, 50),
    row(X::Manage, k(Code::Left), A::Start, w::TO_START, 0),
    row(X::Manage, c('h'), A::Start, w::TO_START, 0),
    row(X::Manage, k(Code::Right), A::End, w::TO_END, 0),
    row(X::Manage, c('l'), A::End, w::TO_END, 0),

    row(X::SegmentForm, k(Code::Tab), A::Complete, w::COMPLETE, 62),

    row(X::LogNote, k(Code::Enter), A::Accept, w::LOG_SAVE, 60),
    row(X::LogNote, k(Code::F(2)), A::Save, w::SAVE, 0),
    row(X::LogNote, k(Code::Tab), A::NextField, w::LOG_AGAIN, 58),
    row(X::LogNote, k(Code::BackTab), A::LastField, w::LAST_FIELD, 0),
    row(X::LogNote, k(Code::Enter).with_alt(), A::NewLine, w::NEW_LINE, 0),
    row(X::LogNote, k(Code::F(4)), A::Editor, w::EDITOR, 10),
    row(X::LogNote, k(Code::F(5)), A::Survey, w::SURVEY, 57),
    row(X::LogNote, k(Code::F(6)), A::Learned, w::LEARNED, 56),
    row(X::LogNote, k(Code::F(7)), A::NextLine, w::NEXT_LINE, 59),
    row(X::LogNote, k(Code::F(3)), A::LastLine, w::LAST_LINE, 0),

    row(X::Log, k(Code::Tab), A::NextField, w::NEXT_FIELD, 0),
    row(X::Log, k(Code::Down), A::Down, w::DOWN, 0),
    row(X::Log, k(Code::Up), A::Up, w::UP, 0),
    row(X::Log, k(Code::F(5)), A::Survey, w::SURVEY, 57),
    row(X::Log, k(Code::F(6)), A::Learned, w::LEARNED, 56),
    row(X::Log, k(Code::F(7)), A::NextLine, w::NEXT_LINE, 59),
    row(X::Log, k(Code::F(3)), A::LastLine, w::LAST_LINE, 0),

    row(X::LogAsk, k(Code::Enter), A::Accept, w::SKIP_ASK, 60),
    row(X::LogAsk, k(Code::Tab), A::NextField, w::SKIP_ASK, 0),
    row(X::LogAsk, k(Code::BackTab), A::LastField, w::LAST_FIELD, 0),

    row(X::Offer, k(Code::Down), A::Down, w::DOWN, 60),
    row(X::Offer, c('j'), A::Down, w::DOWN, 0),
    row(X::Offer, k(Code::Up), A::Up, w::UP, 0),
    row(X::Offer, c('k'), A::Up, w::UP, 0),

    row(X::Reader, c('j'), A::Down, w::DOWN, 0),
    row(X::Reader, k(Code::Down), A::Down, w::DOWN, 0),
    row(X::Reader, c('k'), A::Up, w::UP, 0),
    row(X::Reader, k(Code::Up), A::Up, w::UP, 0),
    row(X::Reader, k(Code::PgDn), A::PageDown, w::PAGE_DOWN, 0),
    row(X::Reader, c(' '), A::PageDown, w::PAGE_DOWN, 20),
    row(X::Reader, k(Code::PgUp), A::PageUp, w::PAGE_UP, 0),
    row(X::Reader, c('q'), A::StepBack, w::STEP_BACK, 0),
    row(X::Reader, k(Code::Enter), A::StepBack, w::STEP_BACK, 0),
];

/// The action of a key in these contexts.
pub fn action(contexts: &[Context], key: Key) -> Option<Action> {
    let wanted = as_bound(key);
    let find = |context: &Context| {
        let text = context.is_text();
        let looked_for = if text { key } else { wanted };
        KEYS.iter().find(|b| b.context == *context && b.key == looked_for).map(|b| b.action)
    };
    contexts.iter().find_map(find)
}

/// The bindings that hold in these contexts, each action once, inner contexts first.
pub fn bindings(contexts: &[Context]) -> Vec<&'static Binding> {
    let mut found: Vec<&'static Binding> = Vec::new();
    for context in contexts {
        for binding in KEYS.iter().filter(|b| b.context == *context) {
            let is_taken = found.iter().any(|f| f.action == binding.action || f.key == binding.key);
            if !is_taken {
                found.push(binding);
            }
        }
    }
    found
}

/// A key as the table has it: the Latin letter and ASCII digit of its place on the keyboard.
pub fn as_bound(key: Key) -> Key {
    let Code::Char(c) = key.code else { return key };
    if c.is_ascii() {
        return key;
    }
    let text = c.to_string();
    let meant = digits(&text).chars().next();
    let meant = meant.or_else(|| swap_layout(&text).and_then(|swapped| swapped.chars().next()));
    meant.map_or(key, |c| Key { code: Code::Char(c), ..key })
}

/// A key as hints and help print it.
pub fn label(key: Key) -> String {
    let name = match key.code {
        Code::Char(' ') => "␣".to_owned(),
        Code::Char(c) if key.ctrl => return format!("^{}", c.to_ascii_uppercase()),
        Code::Char(c) => c.to_string(),
        Code::Enter => "⏎".to_owned(),
        Code::Esc => "Esc".to_owned(),
        Code::Tab => "Tab".to_owned(),
        Code::BackTab => "⇧Tab".to_owned(),
        Code::Backspace => "Bksp".to_owned(),
        Code::Delete => "Del".to_owned(),
        Code::Left => "←".to_owned(),
        Code::Right => "→".to_owned(),
        Code::Up => "↑".to_owned(),
        Code::Down => "↓".to_owned(),
        Code::Home => "Home".to_owned(),
        Code::End => "End".to_owned(),
        Code::PgUp => "PgUp".to_owned(),
        Code::PgDn => "PgDn".to_owned(),
        Code::F(n) => format!("F{n}"),
    };
    if key.alt { format!("Alt-{name}") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_bound_twice_in_a_context() {
        for (i, a) in KEYS.iter().enumerate() {
            for b in &KEYS[i + 1..] {
                assert!(a.context != b.context || a.key != b.key, "{a:?} and {b:?}");
            }
        }
    }

    #[test]
    fn fields_keep_their_letters_and_terminals_their_keys() {
        for b in KEYS {
            assert!(!b.context.is_text() || b.key.writes().is_none(), "{b:?}");
            let swallowed =
                b.key.ctrl && matches!(b.key.code, Code::Char('s' | 'q' | 'm' | 'j' | 'i' | 'h'));
            assert!(!swallowed, "{b:?}");
        }
    }

    #[test]
    fn keys_work_by_position_on_a_persian_keyboard() {
        let list = [Context::Customer, Context::Customers, Context::Global];
        for (typed, meant) in [
            ('م', Some(Action::Log)),
            ('ف', Some(Action::Tag)),
            ('۲', Some(Action::Tab(2))),
            ('٣', Some(Action::Tab(3))),
            ('؟', Some(Action::Help)),
            ('l', Some(Action::Log)),
            ('é', None),
        ] {
            assert_eq!(action(&list, Key::char(typed)), meant, "{typed}");
        }
    }
}
