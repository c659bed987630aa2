//! Connecting a number: what is asked of a person for each provider, and what is asked of the provider.

use crate::{
    id::digest,
    phone::Phone,
    tenant::{Number, NumberId, NumberState, ProviderKind, STANDARD_PER_SECOND},
    text::Text,
};

/// A number somebody wants to connect, as far as a person can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Candidate {
    /// At Meta: everything else follows from the two ids.
    CloudApi {
        /// Meta's id of the number.
        phone_number_id: NumberId,
        /// The account it belongs to.
        waba_id: NumberId,
    },
    /// At 360dialog: the key belongs to one number and leads to Meta's ids.
    Dialog360 {
        /// The number people see.
        phone: Phone,
    },
    /// At Interakt, which tells nothing of the number.
    Interakt {
        /// The number people see.
        phone: Phone,
    },
    /// At `AiSensy`.
    AiSensy {
        /// The number people see.
        phone: Phone,
        /// The project it belongs to.
        project_id: NumberId,
    },
}

impl Candidate {
    /// Its provider.
    #[must_use]
    pub const fn provider(&self) -> ProviderKind {
        match self {
            Self::CloudApi { .. } => ProviderKind::CloudApi,
            Self::Dialog360 { .. } => ProviderKind::Dialog360,
            Self::Interakt { .. } => ProviderKind::Interakt,
            Self::AiSensy { .. } => ProviderKind::AiSensy,
        }
    }
}

/// The id of a number at a partner that tells none: the same number always has the same, so that it cannot be connected twice.
#[must_use]
pub fn partner_number_id(provider: ProviderKind, phone: Phone) -> Option<NumberId> {
    let hash = digest(&[provider.name().as_bytes(), phone.digits().as_bytes()]);
    NumberId::new(&hex::encode(&hash[..16])).ok()
}

/// A number of a partner, connected.
#[must_use]
pub fn partner_number(id: NumberId, provider: ProviderKind, display_phone: Phone) -> Number {
    Number {
        id,
        provider,
        waba_id: None,
        portfolio_id: None,
        project_id: None,
        display_phone,
        messages_per_second: STANDARD_PER_SECOND,
        coexistence: false,
        state: NumberState::Connected,
        stopped: None,
    }
}

/// What is ours in dealing with a provider.
#[derive(Clone, Copy)]
pub struct Ours<'a> {
    /// The address to which webhooks of the number are to come.
    pub callback: &'a str,
    /// What Meta asks for when the address is registered.
    pub verify_token: &'a str,
    /// What Meta signs with.
    pub app_secret: &'a str,
    /// What a partner without signatures is to show us.
    pub webhook_secret: Option<&'a str>,
}

/// Why a provider did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OfficeError {
    /// It does not accept the token.
    #[error("the provider does not accept the token")]
    TokenRefused,
    /// It knows no such number, or does not show it to this token.
    #[error("the provider does not show the number to this token")]
    NoSuchNumber,
    /// The number is not one of the account's.
    #[error("the number does not belong to the account")]
    NotInAccount,
    /// It refuses for another reason.
    #[error("the provider refuses")]
    Denied {
        /// Its code.
        code: i64,
        /// Its words.
        title: Text<256>,
    },
    /// It did not answer, or not in words that read.
    #[error("the provider does not answer")]
    Unavailable,
    /// There is no such thing at this provider.
    #[error("the provider has no such thing")]
    Impossible,
}

/// The address to which webhooks of a number come, below the address of all webhooks.
#[must_use]
pub fn callback_of(base: &str, provider: ProviderKind, id: &NumberId) -> String {
    match provider {
        ProviderKind::CloudApi => base.to_owned(),
        ProviderKind::Dialog360 | ProviderKind::Interakt | ProviderKind::AiSensy => {
            format!("{}/bsp/{}/{id}", base.trim_end_matches('/'), provider.name())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partners_number_has_one_id_and_its_webhooks_one_address() {
        let phone: Phone = "918047000123".parse().unwrap();
        let id = partner_number_id(ProviderKind::Interakt, phone).unwrap();
        assert_eq!(Some(&id), partner_number_id(ProviderKind::Interakt, phone).as_ref());
        assert_ne!(Some(&id), partner_number_id(ProviderKind::AiSensy, phone).as_ref());
        assert_eq!(callback_of("https://h.example/", ProviderKind::Interakt, &id), format!("https://h.example/bsp/interakt/{id}"));
        assert_eq!(callback_of("https://h.example/", ProviderKind::CloudApi, &id), "https://h.example/");
    }
}
