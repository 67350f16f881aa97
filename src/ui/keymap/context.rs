//! Where keys mean something: every screen and panel, and what they have in common.

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
    /// Stages are in focus: a picture of them, or the settings their rules go by.
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
