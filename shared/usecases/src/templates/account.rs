//! The account a number belongs to, whose templates are meant, and the token that opens it.

use domain::{
    messaging::template::{TemplateAccount, TemplateKey, TemplateLanguage, TemplateName},
    ports::TaskQueue,
    task::{SyncTemplates, Task},
    tenant::{Number, NumberId, ProviderKind, onboarding::OfficeError},
    text::Text,
    time::Moment,
};
use secrecy::SecretString;
use store::TenantStore;

use crate::error::Error;

/// A number and the account whose templates it sends.
pub(super) struct Account {
    pub(super) id: NumberId,
    pub(super) number: NumberId,
    pub(super) token: SecretString,
}

/// The account of a number that is connected straight to Meta.
pub(super) async fn of(tenant: &TenantStore, number: &NumberId) -> Result<Account, Error> {
    let (number, token) = tenant.number_with_token(number).await?.ok_or(Error::NotFound("number"))?;
    let id = id_of(&number)?;
    Ok(Account { id, number: number.id, token })
}

/// The account's id alone, for what needs no token.
pub(super) async fn id(tenant: &TenantStore, number: &NumberId) -> Result<NumberId, Error> {
    let number = tenant.get::<Number>(number).await?.ok_or(Error::NotFound("number"))?.body;
    id_of(&number)
}

/// The account of a number.
pub(super) fn id_of(number: &Number) -> Result<NumberId, Error> {
    // Partners keep templates on pages of their own.
    let here = number.waba_id.clone().filter(|_| number.provider == ProviderKind::CloudApi);
    here.ok_or(Error::Office(OfficeError::Impossible))
}

/// What names a template of an account. What has not the shape of a name names none.
pub(super) fn key(account: &NumberId, name: &str, language: &str) -> Result<TemplateKey, Error> {
    let (name, language) = (TemplateName::new(name).ok(), TemplateLanguage::new(language).ok());
    let (Some(name), Some(language)) = (name, language) else { return Err(Error::NotFound("template")) };
    Ok(TemplateKey { account: account.clone(), name, language })
}

/// Remembers that an account has templates here, and through which number they are reached.
pub(super) async fn remember(tenant: &TenantStore, account: &Account) -> Result<(), Error> {
    if tenant.get::<TemplateAccount>(&account.id).await?.is_none() {
        let row = TemplateAccount {
            account: account.id.clone(),
            number: account.number.clone(),
            synced_at: None,
            tried_at: None,
            count: 0,
            failure: None,
        };
        tenant.save_template_account(&row).await?;
    }
    Ok(())
}

/// Has the list of an account read anew.
pub(super) async fn ask_for_sync(
    at: &Moment,
    tenant: &TenantStore,
    queue: &dyn TaskQueue,
    account: &NumberId,
    number: &NumberId,
    why: &str,
) -> Result<(), Error> {
    let cause = Text::cut(&format!("{why} {}", at.now.as_second())).ok_or(Error::Bug("a cause is empty"))?;
    let sync =
        SyncTemplates { tenant: tenant.id(), account: account.clone(), number: number.clone(), cause, after: None, started_at: None };
    queue.announce(&[Task::SyncTemplatesV1(Box::new(sync))]).await?;
    Ok(())
}
