//! Looking after numbers at Interakt, which tells nothing of them: only whether the key opens its API. Its webhook is set by hand.

use async_trait::async_trait;
use domain::{
    ports::NumberOffice,
    tenant::{
        Number, ProviderKind,
        doctor::Facts,
        onboarding::{Candidate, OfficeError, Ours},
    },
};
use serde_json::{Value, json};

use super::Interakt;
use crate::partner::{Asked, asked, key_alone, known_by_phone};

impl Interakt {
    /// Asks for nothing: with a good key the answer is that the message is not complete, with another one that the key is not good.
    async fn knock(&self, key: &str) -> Asked<Value> {
        asked(self.post(key).json(&json!({}))).await
    }
}

#[async_trait]
impl NumberOffice for Interakt {
    async fn look_up(&self, candidate: &Candidate, token: &str) -> Result<Number, OfficeError> {
        let Candidate::Interakt { phone } = candidate else { return Err(OfficeError::Impossible) };
        match self.knock(token).await {
            Asked::Said(_) | Asked::Refused(_) => {}
            refused @ (Asked::KeyRefused(_) | Asked::Silent) => refused.into_result().map(|_| ())?,
        }
        known_by_phone(ProviderKind::Interakt, *phone)
    }

    async fn examine(&self, _number: &Number, token: &str, _ours: &Ours<'_>) -> Facts {
        key_alone(&self.knock(token).await)
    }
}

#[cfg(test)]
mod tests {
    use domain::tenant::doctor::{TokenFacts, Told};
    use wiremock::{Mock, MockServer, ResponseTemplate, matchers::header};

    use super::*;
    use crate::testing::{number, ours};

    #[tokio::test]
    async fn a_key_is_tried_without_sending_anything() {
        let server = MockServer::start().await;
        let office = Interakt::new(crate::http::client().unwrap(), &server.uri());
        let incomplete = ResponseTemplate::new(400).set_body_json(json!({"result": false, "message": "type is required"}));
        Mock::given(header("authorization", "Basic good")).respond_with(incomplete).mount(&server).await;
        Mock::given(header("authorization", "Basic bad")).respond_with(ResponseTemplate::new(401)).mount(&server).await;
        Mock::given(header("authorization", "Basic late")).respond_with(ResponseTemplate::new(503)).mount(&server).await;
        let candidate = Candidate::Interakt { phone: "918047000123".parse().unwrap() };
        let found = office.look_up(&candidate, "good").await.unwrap();
        assert_eq!((found.provider, found.id.as_str().len()), (ProviderKind::Interakt, 32));
        assert_eq!(office.look_up(&candidate, "bad").await, Err(OfficeError::TokenRefused));
        assert_eq!(office.look_up(&candidate, "late").await, Err(OfficeError::Unavailable));
        let token = |valid| Told::Said(TokenFacts { valid, scopes: None, app: None });
        let number = number(ProviderKind::Interakt);
        assert_eq!(office.examine(&number, "good", &ours()).await.token, token(true));
        assert_eq!(office.examine(&number, "bad", &ours()).await.token, token(false));
        assert_eq!(office.examine(&number, "late", &ours()).await.token, Told::Silent);
    }
}
