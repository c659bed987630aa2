//! Looking after numbers at `AiSensy`: a project that its password opens. Its webhook is set by hand.

use async_trait::async_trait;
use domain::{
    ports::NumberOffice,
    tenant::{
        Number, NumberId, ProviderKind,
        doctor::Facts,
        onboarding::{Candidate, OfficeError, Ours},
    },
};
use serde_json::Value;

use super::{AiSensy, PASSWORD};
use crate::partner::{Asked, asked, key_alone, known_by_phone};

impl AiSensy {
    /// Asks for the templates of the project, which the password must open.
    async fn knock(&self, project: &NumberId, password: &str) -> Asked<Value> {
        asked(self.http.get(format!("{}/project-apis/v1/project/{project}/wa_template/", self.base)).header(PASSWORD, password)).await
    }
}

#[async_trait]
impl NumberOffice for AiSensy {
    async fn look_up(&self, candidate: &Candidate, token: &str) -> Result<Number, OfficeError> {
        let Candidate::AiSensy { phone, project_id } = candidate else { return Err(OfficeError::Impossible) };
        self.knock(project_id, token).await.into_result()?;
        Ok(Number { project_id: Some(project_id.clone()), ..known_by_phone(ProviderKind::AiSensy, *phone)? })
    }

    async fn examine(&self, number: &Number, token: &str, _ours: &Ours<'_>) -> Facts {
        let knocked = match &number.project_id {
            Some(project) => self.knock(project, token).await,
            None => Asked::Silent,
        };
        key_alone(&knocked)
    }
}

#[cfg(test)]
mod tests {
    use wiremock::{
        Mock, MockServer, ResponseTemplate,
        matchers::{header, path},
    };

    use super::*;

    #[tokio::test]
    async fn a_project_is_opened_by_its_password_alone() {
        let server = MockServer::start().await;
        let office = AiSensy::new(crate::http::client().unwrap(), &server.uri());
        let templates = ResponseTemplate::new(200).set_body_json(serde_json::json!({"template": []}));
        let address = "/project-apis/v1/project/67e1/wa_template/";
        Mock::given(path(address)).and(header(PASSWORD, "good")).respond_with(templates).mount(&server).await;
        Mock::given(path(address)).respond_with(ResponseTemplate::new(401)).mount(&server).await;
        let candidate =
            |project: &str| Candidate::AiSensy { phone: "918047000123".parse().unwrap(), project_id: NumberId::new(project).unwrap() };
        let found = office.look_up(&candidate("67e1"), "good").await.unwrap();
        assert_eq!(found.project_id.as_ref().map(NumberId::as_str), Some("67e1"));
        assert_eq!(office.look_up(&candidate("67e1"), "bad").await, Err(OfficeError::TokenRefused));
        assert_eq!(office.look_up(&candidate("68"), "good").await, Err(OfficeError::NoSuchNumber));
    }
}
