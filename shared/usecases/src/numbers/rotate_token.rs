//! A number gets a new token, tried at its provider before the old one is given up.

use domain::{
    tenant::{Number, NumberId, NumberState, ProviderKind, onboarding::Candidate},
    time::Moment,
};
use secrecy::{ExposeSecret as _, SecretString};
use store::{Credentials, TenantStore};

use super::{
    Desk,
    connect::{check_secret, check_token},
    one, release_held,
};
use crate::error::Error;

/// Replaces the token of a number, and the secret of its webhooks if one is given. What a refused token had stopped is in use again.
///
/// # Errors
/// [`Error::Office`] when the provider does not show the number to the new token; then the old one stays.
pub async fn run(
    at: &Moment,
    tenant: &TenantStore,
    desk: &Desk<'_>,
    id: &NumberId,
    token: SecretString,
    secret: Option<SecretString>,
) -> Result<Number, Error> {
    check_token("token", &token)?;
    secret.as_ref().map(check_secret).transpose()?;
    let read = one(tenant, id).await?;
    let candidate = candidate(&read.body)?;
    let told = desk.office(&read.body).look_up(&candidate, token.expose_secret()).await?;
    if told.id != *id {
        let problem = "opens another number: enter the token of this one".to_owned();
        return Err(Error::Invalid { field: "token", problem });
    }
    let stopped = read.body.state == NumberState::Stopped;
    let number = read.body.with_new_token();
    if stopped && number.state == NumberState::Connected {
        release_held(at, tenant, id).await?;
    }
    let secret = secret.filter(|_| takes_secret(number.provider));
    tenant.update_number_with(&number, &Credentials { token, webhook_secret: secret }, read.version).await?;
    Ok(number)
}

/// Whether a person may give the secret of the webhooks: 360dialog's is ours, and Meta's is the app's.
const fn takes_secret(kind: ProviderKind) -> bool {
    match kind {
        ProviderKind::Interakt | ProviderKind::AiSensy => true,
        ProviderKind::CloudApi | ProviderKind::Dialog360 => false,
    }
}

/// The number as it would be looked up anew.
fn candidate(number: &Number) -> Result<Candidate, Error> {
    let missing = || Error::Bug("a connected number lacks what its provider asks for");
    let phone = number.display_phone;
    Ok(match number.provider {
        ProviderKind::CloudApi => {
            let waba_id = number.waba_id.clone().ok_or_else(missing)?;
            Candidate::CloudApi { phone_number_id: number.id.clone(), waba_id }
        }
        ProviderKind::Dialog360 => Candidate::Dialog360 { phone },
        ProviderKind::Interakt => Candidate::Interakt { phone },
        ProviderKind::AiSensy => Candidate::AiSensy { phone, project_id: number.project_id.clone().ok_or_else(missing)? },
    })
}
