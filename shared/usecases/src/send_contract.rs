//! The send contract with its facts: whether a message may go to a person now, why or why not, and what it costs.
//!
//! Own words need nothing that is not at hand. Only for marketing is the person's consent read: what the head of a conversation shows of
//! it is of that conversation alone.

use domain::{
    access::Action,
    consent::Standing,
    crm::Recipient,
    id::{ContactId, ConversationId},
    messaging::{
        contract::{Allowance, Facts, Form, Kind, Limits, NumberFacts, Origin, Restriction, Verdict, Window, evaluate},
        conversation::Conversation,
        inbound::Tier,
        message::Author,
        pricing::{Category, Country},
    },
    tenant::{Number, NumberHealth, NumberState, Tenant},
    time::{Moment, Timestamp},
};
use store::TenantStore;

use crate::{authorise, error::Error, health, memory::Memory, session::token::Identity, shop};

/// What is to be sent, to whom, from where.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The number it goes out from.
    pub number: &'a Number,
    /// The person.
    pub contact: ContactId,
    /// Where it goes.
    pub recipient: &'a Recipient,
    /// The service window.
    pub window: Window,
    /// What is to be sent.
    pub kind: Kind,
    /// Who wants it sent.
    pub origin: Origin,
    /// What the limits say, where somebody has asked them.
    pub limits: Limits,
}

impl<'a> Asked<'a> {
    /// A message of this kind in this conversation, before any limit is asked.
    #[must_use]
    pub fn of(conversation: &'a Conversation, number: &'a Number, kind: Kind, origin: Origin) -> Self {
        Self {
            number,
            contact: conversation.contact,
            recipient: &conversation.recipient,
            window: conversation.window(),
            kind,
            origin,
            limits: Limits::default(),
        }
    }
}

/// Asks the contract.
///
/// # Errors
/// When the store fails.
pub async fn run(at: &Moment, tenant: &TenantStore, memory: &Memory, asked: &Asked<'_>) -> Result<Verdict, Error> {
    let shop = shop::run(at, tenant, memory).await?;
    let health = health::run(at, tenant, memory, asked.number).await?;
    let consent = if is_marketing(asked.kind) { tenant.consent(asked.contact).await? } else { Standing::default() };
    // What a sandbox that sends happens to know; asking the row would cost a read for each message.
    let allowance = memory.tally(tenant.id(), &asked.number.id, at.now, |tally| tally.allowance(shop.billing, at.now));
    Ok(evaluate(&Facts { allowance, ..facts(at, &shop, &health, consent, asked) }))
}

/// What the contract says to the kinds of message a colleague may choose between.
#[derive(Clone, Debug)]
pub struct Quote {
    /// To own words.
    pub own_words: Verdict,
    /// To a template of each category.
    pub templates: Vec<Verdict>,
    /// About how many service messages the number has left this month without charge, by our own count.
    pub free_service_messages_left: u32,
}

/// Asks the contract about a conversation, before anything is written.
///
/// # Errors
/// [`Error::Forbidden`] when the role may not look, [`Error::NotFound`] when this business has no such conversation, or has given up
/// its number.
pub async fn quote(at: &Moment, tenant: &TenantStore, memory: &Memory, identity: Identity, id: ConversationId) -> Result<Quote, Error> {
    authorise::role(identity, Action::ReadConversations)?;
    let conversation = tenant.conversation(id).await?.ok_or(Error::NotFound("conversation"))?;
    let number = tenant.get::<Number>(&conversation.number).await?.ok_or(Error::NotFound("number"))?.body;
    let shop = shop::run(at, tenant, memory).await?;
    let health = health::run(at, tenant, memory, &number).await?;
    let consent = tenant.consent(conversation.contact).await?;
    let counted = tenant.service_messages(&number.id, shop.billing.month(at.now)).await?;
    let free_service_messages_left = shop.billing.left(counted);
    let allowance = Allowance::About(free_service_messages_left);
    let verdict = |kind| {
        let asked = Asked::of(&conversation, &number, kind, Origin::Colleague);
        evaluate(&Facts { allowance, ..facts(at, &shop, &health, consent, &asked) })
    };
    let template = |category| verdict(Kind::Template { category, intended: category, usable: true });
    Ok(Quote {
        own_words: verdict(Kind::Free(Form::Plain)),
        templates: [Category::Utility, Category::Marketing, Category::Authentication].map(template).to_vec(),
        free_service_messages_left,
    })
}

fn facts<'a>(at: &Moment, shop: &Tenant, health: &NumberHealth, consent: Standing, asked: &Asked<'a>) -> Facts<'a> {
    Facts {
        now: at.now,
        kind: asked.kind,
        origin: asked.origin,
        recipient: asked.recipient,
        window: asked.window,
        consent: consent.permission,
        opt_in_needed: shop.opt_in_needed,
        marketing_held_until: consent.held_until,
        number: number_facts(at, asked, health),
        limits: asked.limits,
        quiet_hours: shop.quiet_hours,
        allowance: Allowance::Unknown,
    }
}

/// Who wants a message sent, by who wrote it and how urgent it is.
#[must_use]
pub const fn origin(author: &Author, tier: Tier) -> Origin {
    match (author, tier) {
        (_, Tier::P3) => Origin::Automatic,
        (Author::User(..), Tier::P0 | Tier::P1 | Tier::P2) => Origin::Colleague,
        (Author::Contact | Author::Phone | Author::Bot, Tier::P0 | Tier::P1 | Tier::P2) => Origin::Answer,
    }
}

const fn is_marketing(kind: Kind) -> bool {
    matches!(kind, Kind::Template { category: Category::Marketing, .. })
}

fn number_facts(at: &Moment, asked: &Asked<'_>, health: &NumberHealth) -> NumberFacts {
    NumberFacts {
        stopped: asked.number.state != NumberState::Connected || health.disabled(),
        restriction: restriction(at, asked, health),
        quality_low: health.flagged.as_ref().is_some_and(|flagged| flagged.value),
        country: Country::of_phone(asked.number.display_phone),
    }
}

/// What stands in the way of a message to somebody with this window: several restrictions end with the last of them.
fn restriction(at: &Moment, asked: &Asked<'_>, health: &NumberHealth) -> Option<Restriction> {
    let begun_by_person = asked.window.open(at.now);
    let holding = health.restricted(at.now).filter(|found| found.forbids_messages() && (found.forbids_answers() || !begun_by_person));
    let ends: Vec<Option<Timestamp>> = holding.map(|found| found.until).collect();
    if ends.is_empty() {
        return None;
    }
    let until = if ends.contains(&None) { None } else { ends.into_iter().flatten().max() };
    Some(Restriction { answers_too: true, until })
}
