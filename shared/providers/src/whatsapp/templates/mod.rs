//! Message templates at Meta: listing, creating, changing and deleting them, and uploading the sample of a header.
//!
//! Meta takes 200 calls an hour for an account without a registered number and 5,000 for others, and 100 new templates an hour; a
//! call beyond that comes back as [`SendError::Later`].

mod event;
mod read;
mod wire;
mod write;

use domain::{
    messaging::{
        failure::{Failure, verdict},
        template::{Category, Listed, ProviderTemplateId, Sample, Status, TemplateDefinition, TemplateKey, TemplateName},
    },
    ports::SendError,
    tenant::NumberId,
    text::Text,
};
use reqwest::{Method, RequestBuilder, Response, Url};
use serde::de::DeserializeOwned;

pub use self::event::{event, is_about_templates};
use super::{CloudApi, retry_after};

/// How many templates a page has.
const PAGE: usize = 50;
/// What is asked of each.
const FIELDS: &str = "id,name,language,status,category,sub_category,parameter_format,components,quality_score,rejected_reason,\
                      message_send_ttl_seconds";
/// From here on a subcode says which rule a template breaks; those below it are of tokens and objects.
const FINE: i64 = 1_000_000;
/// How much of an answer is read, in bytes: a page of the longest templates.
const ANSWER_MAX: usize = 4 * 1024 * 1024;

/// A page of an account's templates.
#[derive(Debug)]
pub struct ListedPage {
    /// Those that read.
    pub items: Vec<Listed>,
    /// Those of which only the name reads: they are there, and not known to have vanished.
    pub named: Vec<TemplateKey>,
    /// How many do not even have a name that reads.
    pub unreadable: usize,
    /// Where to go on, unless this was the last.
    pub after: Option<String>,
}

/// What Meta made of a new template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// Meta's id.
    pub id: ProviderTemplateId,
    /// Where it stands: usually pending.
    pub status: Status,
    /// What Meta sorts it under, which may differ from what was asked.
    pub category: Option<Category>,
}

impl CloudApi {
    /// A page of an account's templates.
    ///
    /// # Errors
    /// Says what is to be done about an account that cannot be read.
    pub async fn list_templates(&self, token: &str, account: &NumberId, after: Option<&str>) -> Result<ListedPage, SendError> {
        let limit = PAGE.to_string();
        let mut query = vec![("fields", FIELDS), ("limit", limit.as_str())];
        query.extend(after.map(|after| ("after", after)));
        let request = self.templates_request(Method::GET, &format!("{account}/message_templates"), &query, token)?;
        let body = answer(request).await?;
        let listing: wire::Listing<'_> = serde_json::from_slice(&body).map_err(|_| SendError::OutcomeUnknown)?;
        let mut page = ListedPage { items: Vec::new(), named: Vec::new(), unreadable: 0, after: None };
        for raw in &listing.data {
            match read::item(account, raw) {
                read::Read::Whole(listed) => page.items.push(*listed),
                read::Read::Name(key) => page.named.push(key),
                read::Read::Nothing => page.unreadable += 1,
            }
        }
        // The cursor is there on the last page too. More comes when `next` says so, or when the page is full.
        let full = listing.data.len() >= PAGE;
        page.after = listing.paging.and_then(|paging| paging.cursors?.after.filter(|_| full || paging.next.is_some()));
        Ok(page)
    }

    /// One template by Meta's id; `None` when it does not read.
    ///
    /// # Errors
    /// Says what is to be done about a template that cannot be read.
    pub async fn template(&self, token: &str, account: &NumberId, id: ProviderTemplateId) -> Result<Option<Listed>, SendError> {
        let request = self.templates_request(Method::GET, &id.to_string(), &[("fields", FIELDS)], token)?;
        let body = answer(request).await?;
        let raw: &serde_json::value::RawValue = serde_json::from_slice(&body).map_err(|_| SendError::OutcomeUnknown)?;
        Ok(match read::item(account, raw) {
            read::Read::Whole(listed) => Some(*listed),
            read::Read::Name(_) | read::Read::Nothing => None,
        })
    }

    /// Submits a new template.
    ///
    /// # Errors
    /// Says what is to be done about a template that Meta did not take. When the outcome is unknown, a list shows it.
    pub async fn create_template(&self, token: &str, account: &NumberId, definition: &TemplateDefinition) -> Result<Created, SendError> {
        let request = self.templates_request(Method::POST, &format!("{account}/message_templates"), &[], token)?;
        let created: wire::Created = read_as(request.json(&write::creation(definition))).await?;
        Ok(Created {
            id: ProviderTemplateId(created.id),
            status: Status::of_provider(if created.status.is_empty() { "PENDING" } else { &created.status }),
            category: created.category.as_deref().map(Category::of_provider),
        })
    }

    /// Submits a change of a template; its category may change while it is not approved.
    ///
    /// # Errors
    /// Says what is to be done about a change that Meta did not take.
    pub async fn edit_template(
        &self,
        token: &str,
        id: ProviderTemplateId,
        definition: &TemplateDefinition,
        with_category: bool,
    ) -> Result<(), SendError> {
        let request = self.templates_request(Method::POST, &id.to_string(), &[], token)?;
        answer(request.json(&write::change(definition, with_category))).await.map(|_| ())
    }

    /// Deletes a template in one language, or in all when there is no id.
    ///
    /// # Errors
    /// Says what is to be done about a template that Meta did not delete.
    pub async fn delete_template(
        &self,
        token: &str,
        account: &NumberId,
        name: &TemplateName,
        id: Option<ProviderTemplateId>,
    ) -> Result<(), SendError> {
        let id = id.map(|id| id.to_string());
        let mut query = vec![("name", name.as_str())];
        query.extend(id.as_deref().map(|id| ("hsm_id", id)));
        let request = self.templates_request(Method::DELETE, &format!("{account}/message_templates"), &query, token)?;
        answer(request).await.map(|_| ())
    }

    /// Uploads a file that shows Meta's reviewer what a header may hold. The handle names it in a template.
    ///
    /// # Errors
    /// Says what is to be done about a file that Meta did not take.
    pub async fn upload_sample(&self, token: &str, mime_type: &str, bytes: Vec<u8>) -> Result<Sample, SendError> {
        let length = bytes.len().to_string();
        let query = [("file_length", length.as_str()), ("file_type", mime_type), ("file_name", "sample")];
        let session: wire::Session = read_as(self.templates_request(Method::POST, "app/uploads", &query, token)?).await?;
        // The id carries a query of its own, so it is put behind the address as it is.
        let address = format!("{}/{}", self.base, session.id);
        let request = self.http.post(address).header("authorization", format!("OAuth {token}")).header("file_offset", "0").body(bytes);
        let uploaded: wire::Uploaded = read_as(request).await?;
        Sample::new(&uploaded.h).map_err(|_| SendError::OutcomeUnknown)
    }

    #[expect(clippy::result_large_err, reason = "the failure is rare and goes straight to the row")]
    fn templates_request(&self, method: Method, path: &str, query: &[(&str, &str)], token: &str) -> Result<RequestBuilder, SendError> {
        let address = Url::parse_with_params(&format!("{}/{path}", self.base), query).map_err(|_| SendError::NotSent)?;
        Ok(self.http.request(method, address).bearer_auth(token))
    }
}

async fn read_as<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, SendError> {
    serde_json::from_slice(&answer(request).await?).map_err(|_| SendError::OutcomeUnknown)
}

/// Makes a request and reads the answer, if it is a good one.
async fn answer(request: RequestBuilder) -> Result<Vec<u8>, SendError> {
    let answer = match request.send().await {
        Ok(answer) => answer,
        Err(error) if error.is_connect() || error.is_builder() => return Err(SendError::NotSent),
        Err(_) => return Err(SendError::OutcomeUnknown),
    };
    let (status, after) = (answer.status(), retry_after(&answer));
    let body = bounded(answer).await?;
    if status.is_success() {
        return Ok(body);
    }
    match serde_json::from_slice::<wire::Refused>(&body) {
        Ok(refused) if refused.error.is_transient => Err(SendError::Later { failure: failure(&refused.error), after }),
        Ok(refused) => Err(verdict(failure(&refused.error), after)),
        Err(_) if status.is_server_error() => Err(SendError::OutcomeUnknown),
        Err(_) => Err(SendError::Refused(Failure::new(i64::from(status.as_u16()), "The provider's answer does not read"))),
    }
}

async fn bounded(mut answer: Response) -> Result<Vec<u8>, SendError> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|_| SendError::OutcomeUnknown)? {
        if body.len() + chunk.len() > ANSWER_MAX {
            return Err(SendError::OutcomeUnknown);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Meta's refusal. What is wrong with a template is told by the finer code; the words meant for its author come along.
fn failure(refusal: &wire::Refusal) -> Failure {
    let code = refusal.error_subcode.filter(|code| *code >= FINE).unwrap_or(refusal.code);
    let title = refusal.error_user_title.as_deref().or(refusal.message.as_deref()).unwrap_or("Unknown error");
    let mut failure = Failure::new(code, title);
    failure.details = refusal.error_user_msg.as_deref().or(refusal.message.as_deref()).and_then(Text::cut);
    failure
}

#[cfg(test)]
mod tests;
