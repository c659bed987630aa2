//! Where numbers are looked after, by their provider.

use std::sync::Arc;

use domain::{ports::NumberOffice, tenant::ProviderKind};

/// The offices of all providers.
#[derive(Clone)]
pub struct Offices {
    /// Meta's.
    pub cloud_api: Arc<dyn NumberOffice>,
    /// 360dialog's.
    pub dialog360: Arc<dyn NumberOffice>,
    /// Interakt's.
    pub interakt: Arc<dyn NumberOffice>,
    /// `AiSensy`'s.
    pub aisensy: Arc<dyn NumberOffice>,
}

impl Offices {
    /// The office of a provider.
    #[must_use]
    pub fn of(&self, kind: ProviderKind) -> &dyn NumberOffice {
        match kind {
            ProviderKind::CloudApi => self.cloud_api.as_ref(),
            ProviderKind::Dialog360 => self.dialog360.as_ref(),
            ProviderKind::Interakt => self.interakt.as_ref(),
            ProviderKind::AiSensy => self.aisensy.as_ref(),
        }
    }
}
