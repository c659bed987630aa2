//! Templates, and what fills them, before anything is said in them.

use super::{
    category::Category,
    definition::{DefinitionParts, ParameterFormat},
    message::Filling,
    naming::{TemplateLanguage, TemplateName},
};

impl DefinitionParts {
    /// A template that says nothing yet; its variables go by their place.
    #[must_use]
    pub const fn blank(name: TemplateName, language: TemplateLanguage, category: Category) -> Self {
        Self {
            name,
            language,
            category,
            sub_category: None,
            format: ParameterFormat::Positional,
            header: None,
            body: None,
            footer: None,
            buttons: Vec::new(),
            offer: None,
            cards: Vec::new(),
            call_permission_request: false,
            ttl_seconds: None,
            unknown: Vec::new(),
        }
    }
}

impl Filling {
    /// What fills a template in which nothing is to be filled.
    #[must_use]
    pub const fn blank(name: TemplateName, language: TemplateLanguage) -> Self {
        Self {
            name,
            language,
            header: None,
            body: Vec::new(),
            buttons: Vec::new(),
            offer_ends_at: None,
            cards: Vec::new(),
            order_status: None,
        }
    }
}
