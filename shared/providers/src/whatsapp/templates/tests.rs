//! What is read and written is Meta's, and what Meta refuses says what to do.

use domain::{
    messaging::template::{
        Body, Button, Category, DefinitionParts, Header, ProviderTemplateId, Quality, Status, TemplateChange, TemplateDefinition,
        TemplateKey, TemplateLanguage, TemplateName,
    },
    ports::SendError,
    tenant::NumberId,
    time::Timestamp,
};
use serde_json::{Value, json};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{body_json, body_string, header, method, path, query_param, query_param_is_missing},
};

use super::*;
use crate::http;

const TOKEN: &str = "token";

fn account() -> NumberId {
    NumberId::new("310000000000001").unwrap()
}

async fn meta() -> (MockServer, CloudApi) {
    let server = MockServer::start().await;
    let api = CloudApi::new(http::client().unwrap(), &format!("{}/v24.0", server.uri()));
    (server, api)
}

/// Reads a template as Meta lists it and gives its parts.
fn listed(raw: &Value) -> domain::messaging::template::Listed {
    let raw = serde_json::value::to_raw_value(raw).unwrap();
    match read::item(&account(), &raw) {
        read::Read::Whole(listed) => *listed,
        read::Read::Name(_) | read::Read::Nothing => panic!("does not read"),
    }
}

fn item(category: &str, components: &Value) -> Value {
    json!({"id": "7001", "name": "visit_reminder", "language": "en", "status": "APPROVED", "category": category,
        "parameter_format": "NAMED", "quality_score": {"score": "GREEN", "date": 1_793_500_000}, "components": components})
}

#[tokio::test]
async fn a_list_is_read_page_by_page_and_an_odd_template_costs_no_other() {
    let (server, api) = meta().await;
    let fixture: Value = serde_json::from_slice(include_bytes!("../fixtures/responses/template_list.json")).unwrap();
    let mut first = fixture.clone();
    first["paging"]["next"] = json!("https://graph.example/next");
    let odd = json!([{"name": "offer", "language": "hi", "id": {}}, {"id": 1}]);
    first["data"].as_array_mut().unwrap().extend(odd.as_array().unwrap().clone());
    let listing = || Mock::given(method("GET")).and(path("/v24.0/310000000000001/message_templates"));
    listing()
        .and(query_param_is_missing("after"))
        .and(header("authorization", "Bearer token"))
        .respond_with(ResponseTemplate::new(200).set_body_json(first))
        .expect(1)
        .mount(&server)
        .await;
    listing()
        .and(query_param("after", "QV2"))
        .respond_with(ResponseTemplate::new(200).set_body_json(fixture))
        .expect(1)
        .mount(&server)
        .await;
    let page = api.list_templates(TOKEN, &account(), None).await.unwrap();
    assert_eq!((page.items.len(), page.named.len(), page.unreadable, page.after.as_deref()), (1, 1, 1, Some("QV2")));
    let template = &page.items[0];
    assert_eq!(
        (template.provider_id, template.status.clone(), template.quality.clone()),
        (ProviderTemplateId(7_001), Status::Approved, Quality::Unknown)
    );
    assert_eq!(template.definition.body_text(), "Hi {{1}}");
    assert_eq!(api.list_templates(TOKEN, &account(), Some("QV2")).await.unwrap().after, None, "the last page");
}

#[test]
fn what_is_written_reads_back_the_same() {
    for (category, components) in [
        (
            "UTILITY",
            json!([
            {"type": "HEADER", "format": "TEXT", "text": "Visit on {{day}}", "example": {"header_text_named_params": [{"param_name": "day", "example": "Monday"}]}},
            {"type": "BODY", "text": "Hi {{name}}, your visit is at {{slot}}.",
             "example": {"body_text_named_params": [{"param_name": "name", "example": "Asha"}, {"param_name": "slot", "example": "10 AM"}]}},
            {"type": "FOOTER", "text": "Reply STOP to opt out"},
            {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Confirm"},
                {"type": "URL", "text": "Map", "url": "https://example.in/{{1}}", "example": ["https://example.in/x"]},
                {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+918047000123"}]}]),
        ),
        (
            "AUTHENTICATION",
            json!([
            {"type": "BODY", "add_security_recommendation": true}, {"type": "FOOTER", "code_expiration_minutes": 5},
            {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "ZERO_TAP", "text": "Copy Code", "autofill_text": "Autofill",
                "supported_apps": [{"package_name": "com.example.shop", "signature_hash": "K8a/AINcGX7"}], "zero_tap_terms_accepted": true}]}]),
        ),
        (
            "MARKETING",
            json!([
            {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::aW"]}},
            {"type": "BODY", "text": "The sale is on."},
            {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Ends soon", "has_expiration": true}},
            {"type": "BUTTONS", "buttons": [{"type": "COPY_CODE", "example": "DIWALI25"}]}]),
        ),
        (
            "MARKETING",
            json!([
            {"type": "BODY", "text": "New launches"},
            {"type": "CAROUSEL", "cards": [
                {"components": [{"type": "HEADER", "format": "PRODUCT"}, {"type": "BUTTONS", "buttons": [{"type": "SPM", "text": "View"}]}]},
                {"components": [{"type": "HEADER", "format": "VIDEO", "example": {"header_handle": ["4::aW"]}}, {"type": "BODY", "text": "Tower"},
                    {"type": "BUTTONS", "buttons": [{"type": "FLOW", "text": "Start", "flow_id": "7700", "flow_action": "navigate", "navigate_screen": "LEAD"}]}]}]}]),
        ),
        (
            "UTILITY",
            json!([
            {"type": "HEADER", "format": "LOCATION"}, {"type": "BODY", "text": "May we call you?"}, {"type": "CALL_PERMISSION_REQUEST"},
            {"type": "BUTTONS", "buttons": [{"type": "ORDER_DETAILS", "text": "Review and Pay"}, {"type": "VOICE_CALL", "text": "Call"},
                {"type": "REQUEST_CONTACT_INFO"}, {"type": "CATALOG", "text": "View catalog"}, {"type": "MPM", "text": "View items"},
                {"type": "FLOW", "text": "Go", "flow_id": "1", "flow_action": "data_exchange"}]}]),
        ),
    ] {
        let read = listed(&item(category, &components));
        assert!(read.definition.parts().unknown.is_empty(), "{components}");
        let written = serde_json::to_value(write::creation(&read.definition)).unwrap();
        assert_eq!(written["components"], components);
        assert_eq!(
            (&written["name"], &written["category"], &written["parameter_format"]),
            (&json!("visit_reminder"), &json!(category), &json!("NAMED"))
        );
    }
}

#[test]
fn numbered_examples_are_written_in_the_order_of_their_numbers() {
    let mut raw = item(
        "UTILITY",
        &json!([{"type": "BODY", "text": "At {{2}} we see you, {{1}}, in the shop", "example": {"body_text": [["Asha", "10 AM"]]}}]),
    );
    raw["parameter_format"] = json!("POSITIONAL");
    let read = listed(&raw);
    let Some(Body::Text { examples, .. }) = &read.definition.parts().body else { panic!("no body") };
    assert_eq!((examples[0].variable.as_str(), examples[0].value.as_str()), ("1", "Asha"));
    let written = serde_json::to_value(write::creation(&read.definition)).unwrap();
    assert_eq!(written["components"][0]["example"]["body_text"], json!([["Asha", "10 AM"]]));
}

#[test]
fn what_meta_adds_is_kept_as_unknown_and_its_own_address_is_a_code_button() {
    let read = listed(&item(
        "UTILITY",
        &json!([{"type": "HEADER", "format": "HOLOGRAM"}, {"type": "SPARKLES"}, {"type": "BODY", "text": "Hello"},
        {"type": "BUTTONS", "buttons": [{"type": "TELEPORT", "text": "Go"}, {"type": "QUICK_REPLY", "text": "Yes"}]}]),
    ));
    let unknown: Vec<&str> = read.definition.parts().unknown.iter().map(Text::as_str).collect();
    assert_eq!(unknown, ["HOLOGRAM", "SPARKLES", "TELEPORT"]);
    assert_eq!(read.definition.parts().buttons.len(), 1);
    let otp = json!([{"type": "BODY", "text": "*{{1}}* is your code."}, {"type": "BUTTONS", "buttons": [
        {"type": "URL", "text": "Copy code", "url": "https://www.whatsapp.com/otp/code/?otp_type=ONE_TAP&code=otp{{1}}"}]}]);
    let read = listed(&item("AUTHENTICATION", &otp));
    assert!(matches!(read.definition.parts().body, Some(Body::Authentication { .. })));
    assert!(matches!(
        &read.definition.parts().buttons[..],
        [Button::OneTimePassword { otp: domain::messaging::template::OtpKind::OneTap, .. }]
    ));
}

fn simple() -> TemplateDefinition {
    TemplateDefinition::new(DefinitionParts {
        header: Some(Header::Text { text: "Visit".to_owned(), examples: Vec::new() }),
        body: Some(Body::Text { text: "Your visit is near".to_owned(), examples: Vec::new() }),
        ..DefinitionParts::blank(TemplateName::new("visit_reminder").unwrap(), TemplateLanguage::new("en").unwrap(), Category::Utility)
    })
    .unwrap()
}

#[tokio::test]
async fn templates_are_created_changed_and_deleted() {
    let (server, api) = meta().await;
    let components = json!([{"type": "HEADER", "format": "TEXT", "text": "Visit"}, {"type": "BODY", "text": "Your visit is near"}]);
    let whole = json!({"name": "visit_reminder", "language": "en", "category": "UTILITY", "parameter_format": "POSITIONAL", "components": components});
    let created = include_bytes!("../fixtures/responses/template_created.json");
    let posted = |at: &str| Mock::given(method("POST")).and(path(at.to_owned())).and(header("authorization", "Bearer token"));
    posted("/v24.0/310000000000001/message_templates")
        .and(body_json(whole))
        .respond_with(ResponseTemplate::new(200).set_body_bytes(created.as_slice()))
        .expect(1)
        .mount(&server)
        .await;
    posted("/v24.0/7001")
        .and(body_json(json!({"components": components})))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"success": true})))
        .expect(1)
        .mount(&server)
        .await;
    posted("/v24.0/7001")
        .and(body_json(json!({"category": "UTILITY", "components": components})))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"success": true})))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(method("DELETE"))
        .and(path("/v24.0/310000000000001/message_templates"))
        .and(query_param("name", "visit_reminder"))
        .and(query_param("hsm_id", "7001"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"success": true})))
        .expect(1)
        .mount(&server)
        .await;
    let id = ProviderTemplateId(7_001);
    let made = api.create_template(TOKEN, &account(), &simple()).await.unwrap();
    assert_eq!(made, Created { id, status: Status::Pending, category: Some(Category::Utility) });
    api.edit_template(TOKEN, id, &simple(), false).await.unwrap();
    api.edit_template(TOKEN, id, &simple(), true).await.unwrap();
    api.delete_template(TOKEN, &account(), simple().name(), Some(id)).await.unwrap();
}

#[tokio::test]
async fn a_sample_is_uploaded_in_two_steps() {
    let (server, api) = meta().await;
    Mock::given(method("POST"))
        .and(path("/v24.0/app/uploads"))
        .and(query_param("file_length", "3"))
        .and(query_param("file_type", "image/png"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"id": "upload:MTp?sig=ARZ"})))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(method("POST"))
        .and(path("/v24.0/upload:MTp"))
        .and(query_param("sig", "ARZ"))
        .and(header("file_offset", "0"))
        .and(header("authorization", "OAuth token"))
        .and(body_string("png"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"h": "4::aW"})))
        .expect(1)
        .mount(&server)
        .await;
    assert_eq!(api.upload_sample(TOKEN, "image/png", b"png".to_vec()).await.unwrap().as_str(), "4::aW");
}

#[tokio::test]
async fn refusals_say_which_rule_and_what_to_do() {
    let (server, api) = meta().await;
    let refuse = |error: Value| ResponseTemplate::new(400).set_body_json(json!({"error": error}));
    let answers = [
        refuse(
            json!({"message": "Invalid parameter", "code": 100, "error_subcode": 2_388_299, "error_user_title": "Variables", "error_user_msg": "Variables can't be at the start or end"}),
        ),
        refuse(json!({"message": "rate", "code": 80_008})),
        refuse(json!({"message": "busy", "code": 1, "is_transient": true})).insert_header("retry-after", "7"),
        refuse(json!({"message": "expired", "code": 190, "error_subcode": 463})),
        ResponseTemplate::new(502).set_body_string("<html>"),
    ];
    let mut told = Vec::new();
    for answer in answers {
        let _mock = Mock::given(method("POST")).respond_with(answer).expect(1).mount_as_scoped(&server).await;
        told.push(api.create_template(TOKEN, &account(), &simple()).await.unwrap_err());
    }
    assert!(
        matches!(&told[0], SendError::Refused(failure) if failure.code == 2_388_299
        && failure.details.as_ref().is_some_and(|said| said.as_str().starts_with("Variables can't"))),
        "{:?}",
        told[0]
    );
    assert!(matches!(&told[1], SendError::Later { failure, .. } if failure.code == 80_008));
    assert!(matches!(&told[2], SendError::Later { after: Some(after), .. } if after.as_secs() == 7));
    assert!(matches!(&told[3], SendError::NumberBroken(failure) if failure.code == 190));
    assert_eq!(told[4], SendError::OutcomeUnknown);
}

fn sample(name: &str) -> (String, Timestamp, String) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/whatsapp/fixtures/inbound");
    let raw: Value = serde_json::from_slice(&std::fs::read(format!("{folder}/{name}.json")).unwrap()).unwrap();
    let entry = &raw["entry"][0];
    let change = &entry["changes"][0];
    let at = Timestamp::from_second(entry["time"].as_i64().unwrap()).unwrap();
    (change["field"].as_str().unwrap().to_owned(), at, change["value"].to_string())
}

fn told(name: &str) -> TemplateChange {
    let (field, at, value) = sample(name);
    let event = event(&account(), at, &field, &value).unwrap();
    assert_eq!(event.at, at);
    let language = event.key.language.clone();
    assert_eq!(event.key, TemplateKey { account: account(), name: event.key.name.clone(), language });
    event.told
}

#[test]
fn every_webhook_about_templates_reads() {
    let TemplateChange::Status { status: Status::Approved, category: Some(Category::Utility), reason: None, .. } =
        told("tpl_status_approved")
    else {
        panic!("approved")
    };
    let TemplateChange::Status { status: Status::Rejected, reason: Some(reason), explanation: Some(_), advice: Some(advice), .. } =
        told("tpl_status_rejected")
    else {
        panic!("rejected")
    };
    assert_eq!((reason.as_str(), advice.as_str()), ("INVALID_FORMAT", "separate them"));
    let TemplateChange::Status { status: Status::Paused, reason: Some(reason), .. } = told("tpl_status_paused") else { panic!("paused") };
    assert_eq!(reason.as_str(), "FIRST_PAUSE");
    assert!(matches!(told("tpl_status_disabled"), TemplateChange::Status { status: Status::Disabled, category: None, .. }));
    assert_eq!(told("tpl_quality"), TemplateChange::Quality { before: Some(Quality::Green), now: Quality::Yellow });
    assert_eq!(told("tpl_quality_mislabelled_field"), TemplateChange::Quality { before: Some(Quality::Green), now: Quality::Red });
    let then = Some(Timestamp::from_second(1_793_586_400).unwrap());
    assert_eq!(
        told("tpl_category_impending"),
        TemplateChange::CategoryImpending { now: Category::Utility, then: Category::Marketing, effective_at: then }
    );
    assert_eq!(told("tpl_category_done"), TemplateChange::Category { before: Some(Category::Utility), now: Category::Marketing });
    assert_eq!(told("tpl_components"), TemplateChange::Components);
    assert!(event(&account(), Timestamp::UNIX_EPOCH, "account_update", "{}").is_none());
    assert!(event(&account(), Timestamp::UNIX_EPOCH, "template_category_update", "{}").is_none());
}
