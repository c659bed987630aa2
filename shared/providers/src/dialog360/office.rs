//! Looking after numbers at 360dialog: the key leads to Meta's ids, and the webhook is set by it.

use async_trait::async_trait;
use domain::{
    ports::NumberOffice,
    tenant::{
        Number, NumberId, ProviderKind,
        doctor::{Facts, NumberFacts, Registration},
        onboarding::{Candidate, OfficeError, Ours, partner_number},
    },
};
use serde_json::json;

use super::{Dialog360, KEY, SECRET_HEADER, wire};
use crate::partner::{Asked, asked, key_facts, told};

impl Dialog360 {
    async fn health(&self, key: &str) -> Asked<wire::Health> {
        asked(self.http.get(format!("{}/health_status", self.base)).header(KEY, key)).await
    }

    async fn webhook(&self, key: &str) -> Asked<wire::Webhook> {
        asked(self.http.get(format!("{}/v1/configs/webhook", self.base)).header(KEY, key)).await
    }
}

#[async_trait]
impl NumberOffice for Dialog360 {
    async fn look_up(&self, candidate: &Candidate, token: &str) -> Result<Number, OfficeError> {
        let Candidate::Dialog360 { phone } = candidate else { return Err(OfficeError::Impossible) };
        let health = self.health(token).await.into_result()?;
        let id = |kind| health.entity(kind).and_then(|entity| NumberId::new(&entity.id).ok());
        let number = partner_number(id("PHONE_NUMBER").ok_or(OfficeError::NoSuchNumber)?, ProviderKind::Dialog360, *phone);
        Ok(Number { waba_id: id("WABA"), ..number })
    }

    async fn examine(&self, _number: &Number, token: &str, _ours: &Ours<'_>) -> Facts {
        let (health, webhook) = tokio::join!(self.health(token), self.webhook(token));
        let facts = |health: &wire::Health| NumberFacts {
            phone: None,
            registration: health.entity("PHONE_NUMBER").and_then(|entity| match entity.can_send_message.as_str() {
                "AVAILABLE" | "LIMITED" => Some(Registration::Registered),
                "BLOCKED" => Some(Registration::Blocked),
                _ => None,
            }),
            coexistence: None,
            messages_per_second: None,
        };
        Facts {
            token: key_facts(&webhook),
            number: Some(told(&health, facts)),
            apps: None,
            callback: Some(told(&webhook, |webhook| webhook.url.clone().filter(|url| !url.is_empty()))),
            app_secret: None,
        }
    }

    async fn redirect(&self, _number: &Number, token: &str, ours: &Ours<'_>) -> Result<(), OfficeError> {
        let secret = ours.webhook_secret.ok_or(OfficeError::Impossible)?;
        let body = json!({ "url": ours.callback, "headers": { SECRET_HEADER: secret } });
        let request = self.http.post(format!("{}/v1/configs/webhook", self.base)).header(KEY, token).json(&body);
        asked::<serde_json::Value>(request).await.into_result().map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use domain::tenant::doctor::{TokenFacts, Told};
    use wiremock::{
        Mock, MockServer, ResponseTemplate,
        matchers::{body_json, header, method, path},
    };

    use super::*;
    use crate::testing::{number, ours};

    #[tokio::test]
    async fn the_key_leads_to_metas_ids_and_a_wrong_one_to_nothing() {
        let server = MockServer::start().await;
        let office = Dialog360::new(crate::http::client().unwrap(), &server.uri());
        let health = json!({"health_status": {"can_send_message": "AVAILABLE", "entities": [
            {"entity_type": "PHONE_NUMBER", "id": "210000000000009", "can_send_message": "AVAILABLE"},
            {"entity_type": "WABA", "id": "310000000000001", "can_send_message": "AVAILABLE"}]}, "id": "210000000000009"});
        Mock::given(path("/health_status"))
            .and(header(KEY, "good"))
            .respond_with(ResponseTemplate::new(200).set_body_json(health))
            .mount(&server)
            .await;
        Mock::given(path("/health_status")).respond_with(ResponseTemplate::new(401)).mount(&server).await;
        let candidate = Candidate::Dialog360 { phone: "918047000123".parse().unwrap() };
        let found = office.look_up(&candidate, "good").await.unwrap();
        assert_eq!((found.id.as_str(), found.waba_id.as_ref().map(NumberId::as_str)), ("210000000000009", Some("310000000000001")));
        assert_eq!(office.look_up(&candidate, "bad").await, Err(OfficeError::TokenRefused));
    }

    #[tokio::test]
    async fn where_webhooks_go_is_told_and_set_with_the_secret_to_be_shown() {
        let server = MockServer::start().await;
        let office = Dialog360::new(crate::http::client().unwrap(), &server.uri());
        let webhook = json!({"url": "https://old.example/hook", "headers": {}});
        Mock::given(method("GET"))
            .and(path("/v1/configs/webhook"))
            .respond_with(ResponseTemplate::new(200).set_body_json(webhook))
            .mount(&server)
            .await;
        Mock::given(method("GET")).and(path("/health_status")).respond_with(ResponseTemplate::new(503)).mount(&server).await;
        let number = number(ProviderKind::Dialog360);
        let facts = office.examine(&number, "key", &ours()).await;
        assert_eq!(facts.token, Told::Said(TokenFacts { valid: true, scopes: None, app: None }));
        assert_eq!(facts.callback, Some(Told::Said(Some("https://old.example/hook".to_owned()))));
        assert_eq!(facts.number, Some(Told::Silent), "a gateway's error says nothing of the number");

        let wanted = json!({"url": "https://hooks.example/", "headers": {SECRET_HEADER: "shown"}});
        Mock::given(method("POST"))
            .and(path("/v1/configs/webhook"))
            .and(header(KEY, "key"))
            .and(body_json(wanted.clone()))
            .respond_with(ResponseTemplate::new(200).set_body_json(wanted))
            .expect(1)
            .mount(&server)
            .await;
        office.redirect(&number, "key", &ours()).await.unwrap();
    }
}
