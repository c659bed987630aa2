//! Messages with something to tap as the API takes them.

use std::collections::BTreeMap;

use serde::Deserialize;
use shared::domain::messaging::content::{
    AddressField, AddressRequest, AddressRequestParts, AddressText, Button, ButtonId, ButtonTitle, Buttons, ButtonsParts, ContentError,
    CtaUrl, Edge, Flow, FlowStart, FlowToken, Form, FormData, Header, InteractiveBody, Limited, LinkButton, List, ListParts, ListRow,
    ListSection, OutboundContent, Payload, Problem, Request, Requested, RowDescription, RowId, RowTitle, SavedAddress, TextBody, VoiceCall,
    VoiceCallParts, WebLink,
};
use utoipa::ToSchema;

use super::media::NewHeader;

/// Text with buttons.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewButtons {
    header: Option<NewHeader>,
    #[schema(value_type = String, max_length = 1024)]
    body: InteractiveBody,
    #[schema(value_type = Option<String>, max_length = 60)]
    footer: Option<Edge>,
    #[schema(min_items = 1, max_items = 3)]
    buttons: Vec<NewButton>,
}

/// A button whose id comes back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewButton {
    #[schema(value_type = String, max_length = 256)]
    id: ButtonId,
    #[schema(value_type = String, max_length = 20)]
    title: ButtonTitle,
}

/// Text with a list.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewList {
    #[schema(value_type = Option<String>, max_length = 60)]
    header: Option<Edge>,
    #[schema(value_type = String, max_length = 4096)]
    body: TextBody,
    #[schema(value_type = Option<String>, max_length = 60)]
    footer: Option<Edge>,
    /// The label that opens the list.
    #[schema(value_type = String, max_length = 20)]
    button: ButtonTitle,
    /// At most ten rows in all.
    #[schema(min_items = 1, max_items = 10)]
    sections: Vec<NewSection>,
}

/// Rows under a title, which is needed when there are several sections.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewSection {
    #[schema(value_type = Option<String>, max_length = 24)]
    title: Option<RowTitle>,
    #[schema(min_items = 1, max_items = 10)]
    rows: Vec<NewRow>,
}

/// A row whose id comes back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewRow {
    #[schema(value_type = String, max_length = 200)]
    id: RowId,
    #[schema(value_type = String, max_length = 24)]
    title: RowTitle,
    #[schema(value_type = Option<String>, max_length = 72)]
    description: Option<RowDescription>,
}

/// Text with a button that opens an address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewCtaUrl {
    header: Option<NewHeader>,
    #[schema(value_type = String, max_length = 1024)]
    body: InteractiveBody,
    #[schema(value_type = Option<String>, max_length = 60)]
    footer: Option<Edge>,
    button: NewLinkButton,
}

/// A button that opens an address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewLinkButton {
    #[schema(value_type = String, max_length = 20)]
    title: ButtonTitle,
    /// An `https://` or `http://` address.
    #[schema(value_type = String, max_length = 2000)]
    url: WebLink,
}

/// Text with a button that opens a form.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewFlow {
    header: Option<NewHeader>,
    #[schema(value_type = String, max_length = 1024)]
    body: InteractiveBody,
    #[schema(value_type = Option<String>, max_length = 60)]
    footer: Option<Edge>,
    /// WhatsApp's id of the form.
    #[schema(value_type = Option<String>)]
    flow_id: Option<Limited<64>>,
    /// The name of the form, instead of its id.
    #[schema(value_type = Option<String>)]
    flow_name: Option<Limited<200>>,
    /// What stands on the button.
    #[schema(value_type = String, max_length = 20)]
    button: ButtonTitle,
    /// What comes back with the answers.
    #[schema(value_type = Option<String>, max_length = 200)]
    token: Option<FlowToken>,
    /// The first screen; left out when our end point says where the form begins.
    #[schema(value_type = Option<String>)]
    screen: Option<Limited<200>>,
    /// What the first screen is filled with.
    #[schema(value_type = Option<Object>)]
    data: Option<serde_json::Map<String, serde_json::Value>>,
    /// Whether it is a draft, which only testers can open.
    #[serde(default)]
    draft: bool,
}

/// Text with a button that asks for something.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewRequest {
    #[schema(value_type = String, max_length = 1024)]
    body: InteractiveBody,
}

/// Text with a button that calls us.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewVoiceCall {
    #[schema(value_type = String, max_length = 1024)]
    body: InteractiveBody,
    #[schema(value_type = Option<String>, max_length = 20)]
    button: Option<ButtonTitle>,
    /// How long the button works; seven days when left out.
    #[schema(minimum = 1, maximum = 43200)]
    ttl_minutes: Option<u16>,
    /// What comes back with the call.
    #[schema(value_type = Option<String>, max_length = 512)]
    payload: Option<Payload>,
}

/// Text with a form for an Indian postal address. Fields: `name`, `phone_number`, `in_pin_code`, `house_number`, `floor_number`,
/// `tower_number`, `building_name`, `address`, `landmark_area`, `city`, `state`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewAddress {
    #[schema(value_type = String, max_length = 1024)]
    body: InteractiveBody,
    /// What is filled in beforehand.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, String>)]
    values: BTreeMap<Field, AddressText>,
    /// Addresses to choose from.
    #[serde(default)]
    #[schema(max_items = 10)]
    saved_addresses: Vec<NewSavedAddress>,
    /// What was wrong with the answer before.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, String>)]
    validation_errors: BTreeMap<Field, AddressText>,
}

/// An address the customer gave before.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewSavedAddress {
    #[schema(value_type = String, max_length = 64)]
    id: Limited<64>,
    #[schema(value_type = BTreeMap<String, String>)]
    value: BTreeMap<Field, AddressText>,
}

/// A field of an address, in the order of its name.
#[derive(Deserialize, PartialEq, Eq)]
#[serde(transparent)]
pub(super) struct Field(AddressField);

impl PartialOrd for Field {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Field {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.name().cmp(other.0.name())
    }
}

impl NewButtons {
    pub(super) fn content(self) -> Result<OutboundContent, ContentError> {
        let buttons = self.buttons.into_iter().map(NewButton::button).collect();
        Buttons::new(ButtonsParts { header: header(self.header)?, body: self.body, footer: self.footer, buttons })
            .map(OutboundContent::Buttons)
    }
}

impl NewButton {
    pub(super) fn button(self) -> Button {
        Button { id: self.id, title: self.title }
    }
}

impl NewList {
    pub(super) fn content(self) -> Result<OutboundContent, ContentError> {
        let row = |row: NewRow| ListRow { id: row.id, title: row.title, description: row.description };
        let section = |section: NewSection| ListSection { title: section.title, rows: section.rows.into_iter().map(row).collect() };
        let sections = self.sections.into_iter().map(section).collect();
        let parts = ListParts { header: self.header, body: self.body, footer: self.footer, button: self.button, sections };
        List::new(parts).map(OutboundContent::List)
    }
}

impl NewCtaUrl {
    pub(super) fn content(self) -> Result<OutboundContent, ContentError> {
        let header = header(self.header)?;
        Ok(OutboundContent::CtaUrl(CtaUrl { header, body: self.body, footer: self.footer, button: self.button.button() }))
    }
}

impl NewLinkButton {
    pub(super) fn button(self) -> LinkButton {
        LinkButton { title: self.title, url: self.url }
    }
}

impl NewFlow {
    pub(super) fn content(self) -> Result<OutboundContent, ContentError> {
        let form = match (self.flow_id, self.flow_name) {
            (Some(id), None) => Form::Id(id),
            (None, Some(name)) => Form::Name(name),
            (None, None) | (Some(_), Some(_)) => return Err(Problem::Shape("there, or flow_name instead; one of them").at("flow_id")),
        };
        let data = self.data.map(|data| FormData::new(&serde_json::Value::Object(data).to_string())).transpose();
        let data = data.map_err(|problem| problem.at("data"))?;
        let start = match (self.screen, data) {
            (Some(screen), data) => FlowStart::Screen(screen, data),
            (None, None) => FlowStart::Exchange,
            (None, Some(_)) => return Err(Problem::Missing("data needs a screen to be shown on").at("screen")),
        };
        Ok(OutboundContent::Flow(Box::new(Flow {
            header: header(self.header)?,
            body: self.body,
            footer: self.footer,
            form,
            button: self.button,
            token: self.token,
            start,
            draft: self.draft,
        })))
    }
}

impl NewRequest {
    pub(super) fn content(self, what: Requested) -> OutboundContent {
        OutboundContent::Request(Request { what, body: self.body })
    }
}

impl NewVoiceCall {
    pub(super) fn content(self) -> Result<OutboundContent, ContentError> {
        let parts = VoiceCallParts { body: self.body, button: self.button, minutes: self.ttl_minutes, payload: self.payload };
        VoiceCall::new(parts).map(OutboundContent::VoiceCall)
    }
}

impl NewAddress {
    pub(super) fn content(self) -> Result<OutboundContent, ContentError> {
        let saved = |saved: NewSavedAddress| SavedAddress { id: saved.id, value: fields(saved.value) };
        let parts = AddressRequestParts {
            body: self.body,
            values: fields(self.values),
            saved: self.saved_addresses.into_iter().map(saved).collect(),
            problems: fields(self.validation_errors),
        };
        AddressRequest::new(parts).map(OutboundContent::Address)
    }
}

fn fields(values: BTreeMap<Field, AddressText>) -> Vec<(AddressField, AddressText)> {
    values.into_iter().map(|(field, text)| (field.0, text)).collect()
}

fn header(header: Option<NewHeader>) -> Result<Option<Header>, ContentError> {
    header.map(|header| header.header().map_err(|error| error.within("header"))).transpose()
}
