//! The running thread of one contact on one number, and what a message that comes in does to it.

use serde::{Deserialize, Serialize};

use crate::{
    consent::ConsentChange,
    crm::{Recipient, SenderRole},
    id::{self, ContactId, ConversationId, UserId},
    language::Reply,
    locale::Locale,
    messaging::{
        contract::Window,
        inbound::{InboundContent, InboundMessage},
    },
    tenant::NumberId,
    text::Text,
    time::{SignedDuration, Timestamp},
};

/// How long after a person's last message we may write freely (Meta, customer service window).
pub const SERVICE_WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// The id of the conversation of this contact on this number: always the same one, so nothing has to look it up.
#[must_use]
pub fn conversation_of(contact: ContactId, number: &NumberId) -> ConversationId {
    id::derived(&[b"conversation", contact.as_bytes(), number.as_str().as_bytes()])
}

/// Where a conversation stands for the people who answer it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Wants attention.
    #[default]
    Open,
    /// Waits for somebody else.
    Pending,
    /// Done, until the person writes again.
    Resolved,
    /// Not to be answered.
    Spam,
}

impl Status {
    /// All four, in the order the inbox shows them.
    pub const ALL: [Self; 4] = [Self::Open, Self::Pending, Self::Resolved, Self::Spam];

    /// Its name in keys and in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Pending => "pending",
            Self::Resolved => "resolved",
            Self::Spam => "spam",
        }
    }

    /// The status of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// What a decision about an incoming message depends on. It changes rarely, and `epoch` counts its changes, so that a decision made
/// on a guess of it can be written under the condition that the guess was right, and the read is saved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// How often it has changed.
    pub epoch: u32,
    /// Where the conversation stands.
    pub status: Status,
    /// Whether the person has refused marketing.
    pub marketing_opted_out: bool,
    /// When the person last said something about it: what was said earlier and comes later does not count.
    pub consent_at: Option<Timestamp>,
}

impl Standing {
    /// The standing after a change of consent of that moment. Of two in the same moment the refusal counts.
    #[must_use]
    fn after_consent(self, change: ConsentChange, at: Timestamp) -> Self {
        let refused = change == ConsentChange::OptOut;
        let newer = self.consent_at.is_none_or(|last| last < at || (refused && last == at));
        if newer { Self { marketing_opted_out: refused, consent_at: Some(at), ..self } } else { self }
    }
}

/// What follows from a message: decided once, stored with the conversation, carried out as often as it takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The language to answer in.
    #[serde(rename = "l")]
    pub locale: Locale,
    /// What to say, in order.
    #[serde(rename = "r", default, skip_serializing_if = "Vec::is_empty")]
    pub replies: Vec<Reply>,
    /// The change of consent to enter in the ledger.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<ConsentChange>,
}

/// A decision together with the standing it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The standing afterwards.
    pub standing: Standing,
    /// What follows.
    pub decision: Decision,
}

/// Decides what a message does to a conversation of this standing, given what the business would say to it.
///
/// A resolved or pending conversation opens again; in one marked as spam nothing is said. Words of consent change the standing
/// even there, for they are a right of the person (and of the law), not a service. They count from the moment `at` they were said.
#[must_use]
pub fn receive(standing: Standing, at: Timestamp, locale: Locale, replies: Vec<Reply>, consent: Option<ConsentChange>) -> Outcome {
    let silent = standing.status == Status::Spam && consent.is_none();
    let status = if standing.status == Status::Spam { Status::Spam } else { Status::Open };
    let heard = consent.map_or(standing, |change| standing.after_consent(change, at));
    let after = Standing { status, ..heard };
    let epoch = standing.epoch.saturating_add(u32::from(after != standing));
    Outcome {
        standing: Standing { epoch, ..after },
        decision: Decision { locale, replies: if silent { Vec::new() } else { replies }, consent },
    }
}

/// What is said to things that are not words: a person will look at them. Notices, and what only changes another message, are not
/// answered.
#[must_use]
pub fn reply_to_wordless(content: &InboundContent) -> Vec<Reply> {
    match content {
        InboundContent::Media { .. }
        | InboundContent::Location { .. }
        | InboundContent::Contacts { .. }
        | InboundContent::Order(_)
        | InboundContent::Form(_) => vec![Reply::HumanSoon],
        InboundContent::Text { .. }
        | InboundContent::Tapped { .. }
        | InboundContent::Reaction { .. }
        | InboundContent::CallPermission(_)
        | InboundContent::System(_)
        | InboundContent::Edit { .. }
        | InboundContent::Revoke { .. }
        | InboundContent::Welcome
        | InboundContent::Unsupported { .. }
        | InboundContent::Other { .. } => Vec::new(),
    }
}

/// Whether a message opens the service window: what the person wrote or did does; a notice of WhatsApp's own does not. That a person
/// changed or took back an old message is not relied on either.
#[must_use]
pub const fn opens_window(content: &InboundContent) -> bool {
    match content {
        InboundContent::System(_) | InboundContent::Edit { .. } | InboundContent::Revoke { .. } => false,
        InboundContent::Text { .. }
        | InboundContent::Tapped { .. }
        | InboundContent::Media { .. }
        | InboundContent::Location { .. }
        | InboundContent::Contacts { .. }
        | InboundContent::Reaction { .. }
        | InboundContent::Order { .. }
        | InboundContent::Form(_)
        | InboundContent::CallPermission(_)
        | InboundContent::Welcome
        | InboundContent::Unsupported { .. }
        | InboundContent::Other { .. } => true,
    }
}

/// Where the decision about a message is kept on the head: one place for each tier and each name the person writes under, because
/// within those the queue keeps order, and so a place is taken over only when its decision has been carried out.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slot(String);

impl Slot {
    /// The slot of this message.
    #[must_use]
    pub fn of(message: &InboundMessage) -> Self {
        let group = id::digest(&[message.sender.group().as_bytes()]);
        Self(format!("{}{:02x}{:02x}", message.tier().index(), group[0], group[1]))
    }

    /// Its name, five characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A decision that has been stored on the head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The hash of the message that caused it.
    pub cause: u64,
    /// The place in the order of the conversation that the message was given.
    pub lane: u64,
    /// The decision.
    pub decision: Decision,
}

/// The last thing said, for lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastMessage {
    /// The beginning of its words; `None` when it has none, and its kind says all.
    pub preview: Option<Text<80>>,
    /// The name of its kind.
    pub kind: Text<32>,
    /// Who said it.
    pub direction: Direction,
    /// When.
    pub at: Timestamp,
}

/// Which way a message went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From the person to the business.
    #[serde(alias = "i")]
    Inbound,
    /// From the business to the person.
    #[serde(alias = "o")]
    Outbound,
}

/// A conversation as the table knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// The person.
    pub contact: ContactId,
    /// What the person is to the business.
    pub role: SenderRole,
    /// The number.
    pub number: NumberId,
    /// Where answers go.
    pub recipient: Recipient,
    /// The name of the person's profile.
    pub contact_name: Option<Text<128>>,
    /// What decisions depend on.
    pub standing: Standing,
    /// How many messages have come in.
    pub lane: u64,
    /// The language last used.
    pub locale: Locale,
    /// Who answers it.
    pub assignee: Option<UserId>,
    /// When the person last wrote, by Meta's clock.
    pub last_inbound_at: Option<Timestamp>,
    /// When the person last wrote something that opens the service window, by Meta's clock.
    pub window_opened_at: Option<Timestamp>,
    /// Until when messages are free because the person came by an advertisement (the free entry point).
    pub free_until: Option<Timestamp>,
    /// What was said last.
    pub last_message: Option<LastMessage>,
    /// Up to when a colleague has read it.
    pub read_up_to: Option<Timestamp>,
    /// When somebody last wrote in the WhatsApp app on the phone of the business: what programs say by themselves pauses after it.
    pub phone_app_at: Option<Timestamp>,
    /// The code of the failure of what was said last, when it was not delivered.
    pub last_failure: Option<i64>,
}

impl Conversation {
    /// Whether something came in that nobody has read: derived, never counted.
    #[must_use]
    pub fn unread(&self) -> bool {
        self.last_inbound_at.is_some_and(|at| self.read_up_to.is_none_or(|read| read < at))
    }

    /// The service window, for the send contract.
    #[must_use]
    pub fn window(&self) -> Window {
        Window { last_inbound_at: self.window_opened_at, free_until: self.free_until }
    }

    /// When Meta closes the service window; `None` when the person never wrote.
    #[must_use]
    pub fn window_closes_at(&self) -> Option<Timestamp> {
        self.window().closes_at()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn standing() -> impl Strategy<Value = Standing> {
        let consent_at = proptest::option::of((0i64..5).prop_map(second));
        (0u32..5, 0usize..4, any::<bool>(), consent_at).prop_map(|(epoch, status, marketing_opted_out, consent_at)| Standing {
            epoch,
            status: Status::ALL[status],
            marketing_opted_out,
            consent_at,
        })
    }

    fn second(at: i64) -> Timestamp {
        Timestamp::from_second(at).unwrap()
    }

    fn consent() -> impl Strategy<Value = Option<ConsentChange>> {
        prop_oneof![Just(None), Just(Some(ConsentChange::OptOut)), Just(Some(ConsentChange::OptIn))]
    }

    proptest! {
        #[test]
        fn the_epoch_counts_exactly_the_changes(before in standing(), consent in consent()) {
            let after = receive(before, second(3), Locale::English, vec![Reply::Menu], consent).standing;
            let same = Standing { epoch: before.epoch, ..after } == before;
            prop_assert_eq!(after.epoch, before.epoch + u32::from(!same));
        }

        #[test]
        fn spam_is_not_answered_but_its_opt_out_counts(before in standing(), consent in consent()) {
            let outcome = receive(before, second(9), Locale::English, vec![Reply::Menu], consent);
            prop_assert_eq!(outcome.decision.replies.is_empty(), before.status == Status::Spam && consent.is_none());
            prop_assert_eq!(outcome.standing.status == Status::Spam, before.status == Status::Spam);
            if consent == Some(ConsentChange::OptOut) {
                prop_assert!(outcome.standing.marketing_opted_out);
            }
        }
    }

    #[test]
    fn a_stop_that_comes_late_does_not_undo_a_start() {
        let said = |standing, at, change| receive(standing, second(at), Locale::English, Vec::new(), Some(change)).standing;
        let started = said(Standing::default(), 5, ConsentChange::OptIn);
        assert!(!said(started, 4, ConsentChange::OptOut).marketing_opted_out);
        assert!(said(started, 5, ConsentChange::OptOut).marketing_opted_out, "in the same second the refusal counts");
        let stopped = said(started, 6, ConsentChange::OptOut);
        assert!(stopped.marketing_opted_out && said(stopped, 6, ConsentChange::OptIn).marketing_opted_out);
        assert_eq!(said(stopped, 6, ConsentChange::OptOut), stopped, "the same again changes nothing");
    }

    #[test]
    fn a_conversation_has_one_id() {
        let (contact, number) = (id::derived(&[b"a"]), NumberId::new("210000000000009").unwrap());
        assert_eq!(conversation_of(contact, &number), conversation_of(contact, &number));
        assert_ne!(conversation_of(contact, &number), conversation_of(contact, &NumberId::new("2").unwrap()));
    }
}
