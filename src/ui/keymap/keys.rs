//! The table of all keys, context by context. Nothing else binds a key.

use super::super::key::{Code, Key};
use super::{Action, Binding, Context};
use crate::text::Phrase;
use crate::text::words::{campaigns as g, keys as w};

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
pub(super) static KEYS: &[Binding] = &[
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

    row(X::Insight, k(Code::Enter), A::Open, w::LIST_THEM, 60),
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
    row(X::Moves, k(Code::Enter), A::Open, w::LIST_THEM, 60),
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
