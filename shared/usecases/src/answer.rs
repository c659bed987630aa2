//! What the business says to a message: the facts a reply needs are read here, the reply is decided in the domain.

use domain::{
    consent::{ConsentChange, consent_word},
    crm::SenderRole,
    erp::Product,
    language::{
        Language, Reply,
        decide::{Heard, Question, answer, browse, consent_changed, question, which},
    },
    locale::Locale,
    messaging::{conversation::reply_to_wordless, inbound::InboundContent},
    time::Moment,
};
use store::TenantStore;

use crate::{error::Error, memory::Memory, shop};

/// What an answer is made from.
pub(crate) struct Answering<'a> {
    pub(crate) role: SenderRole,
    pub(crate) memory: &'a Memory,
    pub(crate) language: &'a dyn Language,
}

/// What is to be said, before anything is known of the conversation.
pub(crate) struct Answer {
    /// The language the message shows; `None` when it shows none, and the conversation's stays.
    pub(crate) locale: Option<Locale>,
    pub(crate) replies: Vec<Reply>,
    pub(crate) consent: Option<ConsentChange>,
}

impl Answer {
    /// Nothing is said.
    pub(crate) fn silent() -> Self {
        Self { locale: None, replies: Vec::new(), consent: None }
    }
}

/// Considers a message.
pub(crate) async fn consider(at: &Moment, tenant: &TenantStore, means: &Answering<'_>, content: &InboundContent) -> Result<Answer, Error> {
    let (asked, locale, other_size) = match content {
        InboundContent::Text { body } => {
            let catalogue = shop::catalogue(at, tenant, means.memory).await?;
            let understanding = means.language.understand(body.as_str(), &catalogue.vocabulary);
            let locale = understanding.shown_locale();
            match consent_word(body.as_str()) {
                Some(change) => (Question::Consent(change), locale, None),
                None => (question(Heard::Said(&understanding)), locale, understanding.other_size.clone()),
            }
        }
        // A template's own button comes back with its words: what a person may write, a person may tap.
        InboundContent::Tapped { id, title, .. } => match consent_word(id.as_str()).or_else(|| consent_word(title.as_str())) {
            Some(change) => (Question::Consent(change), None, None),
            None => (question(Heard::Tapped(id.as_str())), None, None),
        },
        InboundContent::Media { .. }
        | InboundContent::Location { .. }
        | InboundContent::Contacts { .. }
        | InboundContent::Reaction { .. }
        | InboundContent::Order(_)
        | InboundContent::Form(_)
        | InboundContent::CallPermission(_)
        | InboundContent::System(_)
        | InboundContent::Edit { .. }
        | InboundContent::Revoke { .. }
        | InboundContent::Welcome
        | InboundContent::Unsupported { .. }
        | InboundContent::Other { .. } => {
            return Ok(Answer { locale: None, replies: reply_to_wordless(content), consent: None });
        }
    };
    let change = match asked {
        Question::Consent(change) => Some(change),
        Question::Reply(_) | Question::Product { .. } | Question::Products { .. } | Question::Browse | Question::Human => None,
    };
    let reply = with_facts(at, tenant, means, asked).await?.instead_of(other_size);
    Ok(Answer { locale, replies: vec![reply], consent: change })
}

/// Reads what the question needs and answers it.
async fn with_facts(at: &Moment, tenant: &TenantStore, means: &Answering<'_>, asked: Question) -> Result<Reply, Error> {
    Ok(match asked {
        Question::Reply(reply) => reply,
        Question::Product { id, ask } => match tenant.product_with_stock(id).await? {
            Some((product, stock)) => answer(ask, &product, &stock, means.role),
            // It was there when its name was learnt: the menu is a better answer than none.
            None => Reply::Menu,
        },
        Question::Products { ids, ask } => {
            let mut products = tenant.get_many::<Product>(&ids).await?;
            // The likeliest first, as the question has them.
            products.sort_by_key(|product| ids.iter().position(|id| *id == product.id()));
            which(ask, &products)
        }
        Question::Browse => browse(&shop::catalogue(at, tenant, means.memory).await?.products),
        Question::Consent(change) => consent_changed(change),
        Question::Human => Reply::HumanSoon,
    })
}
