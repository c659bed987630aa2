//! Message templates: texts that Meta has approved, the only thing a business may say to a person who has not written for a day.
//!
//! A [`TemplateDefinition`] is what is approved; a [`TemplateMessage`] is what is sent, made by [`TemplateMessage::prepare`] from a
//! definition and the parameters that fill it; a [`Template`] is a definition with where it stands at Meta.

mod blank;
mod category;
mod check;
mod definition;
mod event;
mod fault;
mod message;
mod naming;
mod placeholder;
mod preflight;
mod preview;
mod standing;

pub use self::{
    category::{Category, Quality, Status},
    definition::{
        Autofill, Body, Button, Card, CardBody, DefinitionParts, Example, FlowStep, Footer, Header, LimitedTimeOffer, OtpKind,
        ParameterFormat, Sample, TemplateDefinition,
    },
    event::{HistoryEntry, TemplateChange, TemplateEvent},
    fault::{Context, Fault, Faults, Problem},
    message::{
        ButtonValue, Coupon, FilledButton, FilledCard, Filling, HeaderValue, OrderProgress, ReplyPayload, TemplateMessage, UrlSuffix,
        Value, ValueKind, Words,
    },
    naming::{NamingError, ProviderTemplateId, TemplateKey, TemplateLanguage, TemplateName},
    placeholder::variables,
    preflight::preflight,
    preview::{Shown, ShownButton, ShownCard, ShownHeader, preview},
    standing::{EditRefusal, Impending, Listed, Template, TemplateAccount, Told},
};
