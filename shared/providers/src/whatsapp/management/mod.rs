//! Looking after numbers at Meta: what a token is and allows, what a number and its account are, and who hears of them.

use async_trait::async_trait;
use domain::{
    phone::Phone,
    ports::NumberOffice,
    tenant::{
        HIGH_PER_SECOND, Number, NumberId, STANDARD_PER_SECOND,
        doctor::{Facts, NumberFacts, Registration, TokenFacts, Told},
        onboarding::{Candidate, OfficeError, Ours},
    },
    text::Text,
};
use reqwest::Url;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::CloudApi;
use crate::signature::app_secret_proof;

mod wire;

/// What is asked of a number.
const NUMBER_FIELDS: &str = "id,display_phone_number,status,platform_type,throughput,is_on_biz_app,webhook_configuration";
/// Meta's codes for a token that is over, revoked or not one.
const TOKEN_CODES: [i64; 3] = [0, 102, 190];
/// Its code for an argument, a proof or an object that is not right.
const INVALID: i64 = 100;
/// Its codes for a token that may not.
const PERMISSION: std::ops::RangeInclusive<i64> = 200..=299;

/// A refusal of the Graph API, or no answer.
enum Failed {
    Refused { code: i64, message: String },
    Silent,
}

impl From<Failed> for OfficeError {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Refused { code, .. } if TOKEN_CODES.contains(&code) => Self::TokenRefused,
            Failed::Refused { code, .. } if code == 10 || code == 33 || code == INVALID || PERMISSION.contains(&code) => Self::NoSuchNumber,
            Failed::Refused { code, message } => Text::cut(&message).map_or(Self::Unavailable, |title| Self::Denied { code, title }),
            Failed::Silent => Self::Unavailable,
        }
    }
}

impl CloudApi {
    async fn get<T: DeserializeOwned>(&self, token: &str, path: &str, query: &[(&str, &str)]) -> Result<T, Failed> {
        let address = Url::parse_with_params(&format!("{}/{path}", self.base), query).map_err(|_| Failed::Silent)?;
        asked(self.http.get(address).bearer_auth(token)).await
    }

    /// A number, and where its webhooks go.
    async fn number(&self, token: &str, id: &NumberId) -> Result<wire::Number, Failed> {
        self.get(token, id.as_str(), &[("fields", NUMBER_FIELDS)]).await
    }

    async fn numbers_of(&self, token: &str, account: &NumberId) -> Result<wire::List<wire::Named>, Failed> {
        self.get(token, &format!("{account}/phone_numbers"), &[("fields", "id"), ("limit", "100")]).await
    }

    async fn apps_of(&self, token: &str, account: Option<&NumberId>) -> Option<Told<Vec<Text<64>>>> {
        let account = account?;
        let list = self.get::<wire::List<wire::Subscription>>(token, &format!("{account}/subscribed_apps"), &[]).await;
        Some(told(list, |list| list.data.iter().filter_map(|app| Text::cut(&app.app.id)).collect()))
    }

    async fn token(&self, token: &str) -> Told<TokenFacts> {
        let debugged = self.get::<wire::Debugged>(token, "debug_token", &[("input_token", token)]).await;
        told(debugged, |debugged| TokenFacts {
            valid: debugged.data.is_valid,
            scopes: debugged.data.scopes.clone(),
            app: debugged.data.app_id.as_ref().and_then(wire::Id::text),
        })
    }

    /// Whether Meta accepts a proof made with our app secret from this token: only when both are of one app.
    async fn proof(&self, token: &str, id: &NumberId, app_secret: &str) -> Told<bool> {
        let Some(proof) = app_secret_proof(token, app_secret) else { return Told::Said(false) };
        match self.get::<wire::Named>(token, id.as_str(), &[("fields", "id"), ("appsecret_proof", &proof)]).await {
            Ok(_) => Told::Said(true),
            Err(Failed::Refused { code: INVALID, message }) if message.contains("appsecret_proof") => Told::Said(false),
            Err(Failed::Refused { code, .. }) => Told::Denied(code),
            Err(Failed::Silent) => Told::Silent,
        }
    }

    async fn subscription(&self, number: &Number, token: &str, body: Option<serde_json::Value>) -> Result<(), OfficeError> {
        let account = number.waba_id.as_ref().ok_or(OfficeError::Impossible)?;
        let request = self.http.post(format!("{}/{account}/subscribed_apps", self.base)).bearer_auth(token);
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        success(asked(request).await)
    }
}

#[async_trait]
impl NumberOffice for CloudApi {
    async fn look_up(&self, candidate: &Candidate, token: &str) -> Result<Number, OfficeError> {
        let Candidate::CloudApi { phone_number_id, waba_id } = candidate else { return Err(OfficeError::Impossible) };
        let (number, list) = tokio::join!(self.number(token, phone_number_id), self.numbers_of(token, waba_id));
        let number = number?;
        if !list?.data.iter().any(|listed| listed.id == phone_number_id.as_str()) {
            return Err(OfficeError::NotInAccount);
        }
        let phone = number.phone().ok_or(OfficeError::Unavailable)?;
        let cloud = Number::cloud(phone_number_id.clone(), waba_id.clone(), phone);
        let messages_per_second = number.rate().unwrap_or(STANDARD_PER_SECOND);
        Ok(Number { coexistence: number.is_on_biz_app.unwrap_or(false), messages_per_second, ..cloud })
    }

    async fn examine(&self, number: &Number, token: &str, ours: &Ours<'_>) -> Facts {
        let (told_token, told_number, apps, app_secret) = tokio::join!(
            self.token(token),
            self.number(token, &number.id),
            self.apps_of(token, number.waba_id.as_ref()),
            self.proof(token, &number.id, ours.app_secret),
        );
        let told_number = told(told_number, |number| number);
        let callback = map(&told_number, wire::Number::callback);
        let facts = map(&told_number, |number| NumberFacts {
            phone: number.phone(),
            registration: number.registration(),
            coexistence: number.is_on_biz_app,
            messages_per_second: number.rate(),
        });
        Facts { token: told_token, number: Some(facts), apps, callback: Some(callback), app_secret: Some(app_secret) }
    }

    async fn subscribe(&self, number: &Number, token: &str) -> Result<(), OfficeError> {
        self.subscription(number, token, None).await
    }

    async fn redirect(&self, number: &Number, token: &str, ours: &Ours<'_>) -> Result<(), OfficeError> {
        let body = json!({ "override_callback_uri": ours.callback, "verify_token": ours.verify_token });
        self.subscription(number, token, Some(body)).await
    }

    async fn leave(&self, number: &Number, token: &str) -> Result<(), OfficeError> {
        let account = number.waba_id.as_ref().ok_or(OfficeError::Impossible)?;
        success(asked(self.http.delete(format!("{}/{account}/subscribed_apps", self.base)).bearer_auth(token)).await)
    }
}

/// Asks the Graph API.
async fn asked<T: DeserializeOwned>(request: reqwest::RequestBuilder) -> Result<T, Failed> {
    let answer = super::answered(request).await.map_err(|_| Failed::Silent)?;
    if answer.status.is_success() {
        return serde_json::from_slice(&answer.body).map_err(|_| Failed::Silent);
    }
    let refused: wire::Refused = serde_json::from_slice(&answer.body).map_err(|_| Failed::Silent)?;
    Err(Failed::Refused { code: refused.error.code, message: refused.error.message })
}

fn success(answer: Result<wire::Done, Failed>) -> Result<(), OfficeError> {
    if answer?.success { Ok(()) } else { Err(OfficeError::Unavailable) }
}

fn told<T, U>(answer: Result<T, Failed>, of: impl FnOnce(T) -> U) -> Told<U> {
    match answer {
        Ok(answer) => Told::Said(of(answer)),
        Err(Failed::Refused { code, .. }) => Told::Denied(code),
        Err(Failed::Silent) => Told::Silent,
    }
}

fn map<T, U>(told: &Told<T>, of: impl FnOnce(&T) -> U) -> Told<U> {
    match told {
        Told::Said(answer) => Told::Said(of(answer)),
        Told::Denied(code) => Told::Denied(*code),
        Told::Silent => Told::Silent,
    }
}

impl wire::Number {
    /// The number people see: Meta writes it with blanks and signs.
    fn phone(&self) -> Option<Phone> {
        let digits: String = self.display_phone_number.as_deref()?.chars().filter(char::is_ascii_digit).collect();
        digits.parse().ok()
    }

    /// What Meta lets through in a second; nothing when the level is not one we know.
    fn rate(&self) -> Option<u16> {
        match self.throughput.as_ref()?.level.as_str() {
            "STANDARD" => Some(STANDARD_PER_SECOND),
            "HIGH" => Some(HIGH_PER_SECOND),
            _ => None,
        }
    }

    /// Whether the number is on the platform, by the status Meta gives it, else by its platform.
    fn registration(&self) -> Option<Registration> {
        match (self.status.as_deref(), self.platform_type.as_deref()) {
            (Some("CONNECTED" | "FLAGGED" | "RATE_LIMITED"), _) | (None, Some("CLOUD_API")) => Some(Registration::Registered),
            (Some("BANNED" | "RESTRICTED"), _) => Some(Registration::Blocked),
            (Some("PENDING" | "UNVERIFIED" | "DISCONNECTED" | "DELETED" | "MIGRATED"), _) | (None, Some("NOT_APPLICABLE")) => {
                Some(Registration::NotRegistered)
            }
            (Some(_) | None, _) => None,
        }
    }

    /// Where webhooks go: by the number's own address, else its account's, else the app's.
    fn callback(&self) -> Option<String> {
        let configured = self.webhook_configuration.as_ref()?;
        let places = [&configured.phone_number, &configured.whatsapp_business_account, &configured.application];
        places.into_iter().flatten().find(|address| !address.is_empty()).cloned()
    }
}

#[cfg(test)]
mod tests;
