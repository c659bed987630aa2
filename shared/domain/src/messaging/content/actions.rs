//! Messages that lead somewhere or ask for something: an address on the web, a form, a place, a call, an address.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    ButtonTitle, ContentError, Edge, FlowToken, Header, InteractiveBody, Payload, Problem, WebLink,
    error::{all_differ, checked, count},
    limited::Limited,
};

/// How long a button to call may last, in minutes: thirty days.
const CALL_MINUTES_MAX: u16 = 43_200;
/// How many addresses of a customer may be offered.
const SAVED_ADDRESSES_MAX: usize = 10;
/// The most bytes of what a form is filled with beforehand.
const FORM_DATA_MAX: usize = 8_192;

/// Text with a button that opens an address.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CtaUrl {
    /// What stands above the text.
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    pub header: Option<Header>,
    /// The text.
    #[serde(rename = "b")]
    pub body: InteractiveBody,
    /// Small line below the text.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub footer: Option<Edge>,
    /// The button.
    #[serde(rename = "n")]
    pub button: LinkButton,
}

/// A button that opens an address.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LinkButton {
    /// What stands on it.
    #[serde(rename = "t")]
    pub title: ButtonTitle,
    /// What it opens.
    #[serde(rename = "u")]
    pub url: WebLink,
}

/// Text with a button that opens a form (WhatsApp Flow).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Flow {
    /// What stands above the text.
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    pub header: Option<Header>,
    /// The text.
    #[serde(rename = "b")]
    pub body: InteractiveBody,
    /// Small line below the text.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub footer: Option<Edge>,
    /// Which form.
    #[serde(rename = "w")]
    pub form: Form,
    /// What stands on the button.
    #[serde(rename = "t")]
    pub button: ButtonTitle,
    /// What comes back with the answers.
    #[serde(rename = "k", default, skip_serializing_if = "Option::is_none")]
    pub token: Option<FlowToken>,
    /// Where it begins.
    #[serde(rename = "s")]
    pub start: FlowStart,
    /// Whether it is a draft, which only testers can open.
    #[serde(rename = "d", default, skip_serializing_if = "std::ops::Not::not")]
    pub draft: bool,
}

/// How a form is named.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Form {
    /// By WhatsApp's id.
    #[serde(rename = "i")]
    Id(Limited<64>),
    /// By its name.
    #[serde(rename = "n")]
    Name(Limited<200>),
}

/// Where a form begins.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum FlowStart {
    /// On a screen, with what is filled in beforehand.
    #[serde(rename = "s")]
    Screen(Limited<200>, #[serde(default, skip_serializing_if = "Option::is_none")] Option<FormData>),
    /// Where our own end point says.
    #[serde(rename = "x")]
    Exchange,
}

/// What a form is filled with beforehand: a JSON object with something in it, kept as text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FormData(String);

/// Text with a button that asks for something only the person's phone can give.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Request {
    /// What is asked for.
    #[serde(rename = "w")]
    pub what: Requested,
    /// The text.
    #[serde(rename = "b")]
    pub body: InteractiveBody,
}

/// What can be asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Requested {
    /// Where the person is.
    #[serde(rename = "l")]
    Location,
    /// The person's phone number.
    #[serde(rename = "n")]
    ContactInfo,
    /// To be allowed to call.
    #[serde(rename = "c")]
    CallPermission,
}

checked!(
    /// Text with a button that calls us on WhatsApp.
    VoiceCall, VoiceCallParts, "VoiceCallParts"
);

/// The parts of a [`VoiceCall`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct VoiceCallParts {
    /// The text.
    #[serde(rename = "b")]
    pub body: InteractiveBody,
    /// What stands on the button; WhatsApp's own words when absent.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub button: Option<ButtonTitle>,
    /// How many minutes the button works; seven days when absent.
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
    /// What comes back with the call.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<Payload>,
}

checked!(
    /// Text with a form for a postal address in India.
    AddressRequest, AddressRequestParts, "AddressRequestParts"
);

/// The parts of an [`AddressRequest`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AddressRequestParts {
    /// The text.
    #[serde(rename = "b")]
    pub body: InteractiveBody,
    /// What is filled in beforehand.
    #[serde(rename = "v", default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<(AddressField, AddressText)>,
    /// Addresses to choose from.
    #[serde(rename = "s", default, skip_serializing_if = "Vec::is_empty")]
    pub saved: Vec<SavedAddress>,
    /// What was wrong with the answer before, by field.
    #[serde(rename = "e", default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<(AddressField, AddressText)>,
}

/// A line of a postal address.
pub type AddressText = Limited<256>;

/// An address the customer gave before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SavedAddress {
    /// What comes back when it is chosen.
    #[serde(rename = "i")]
    pub id: Limited<64>,
    /// The address.
    #[serde(rename = "v")]
    pub value: Vec<(AddressField, AddressText)>,
}

/// The fields of an Indian address.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each name says it all: they are the provider's own")]
pub enum AddressField {
    Name,
    PhoneNumber,
    InPinCode,
    HouseNumber,
    FloorNumber,
    TowerNumber,
    BuildingName,
    Address,
    LandmarkArea,
    City,
    State,
}

impl AddressField {
    /// WhatsApp's name of it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::PhoneNumber => "phone_number",
            Self::InPinCode => "in_pin_code",
            Self::HouseNumber => "house_number",
            Self::FloorNumber => "floor_number",
            Self::TowerNumber => "tower_number",
            Self::BuildingName => "building_name",
            Self::Address => "address",
            Self::LandmarkArea => "landmark_area",
            Self::City => "city",
            Self::State => "state",
        }
    }
}

impl FormData {
    /// Checks that it is a JSON object with something in it.
    ///
    /// # Errors
    /// Refuses other JSON, an empty object, and more than 8 KiB.
    pub fn new(raw: &str) -> Result<Self, Problem> {
        let shape = Problem::Shape("a JSON object with at least one field, of at most 8192 bytes");
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(raw).map_err(|_| shape)?;
        let text = serde_json::to_string(&object).map_err(|_| shape)?;
        if object.is_empty() || text.len() > FORM_DATA_MAX { Err(shape) } else { Ok(Self(text)) }
    }

    /// The object as JSON.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for FormData {
    type Error = Problem;
    fn try_from(raw: String) -> Result<Self, Problem> {
        Self::new(&raw)
    }
}

impl From<FormData> for String {
    fn from(data: FormData) -> Self {
        data.0
    }
}

impl fmt::Debug for FormData {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "FormData({} bytes)", self.0.len())
    }
}

impl VoiceCallParts {
    fn check(&self) -> Result<(), ContentError> {
        match self.minutes {
            Some(minutes) if !(1..=CALL_MINUTES_MAX).contains(&minutes) => {
                Err(Problem::Range { min: 1, max: i64::from(CALL_MINUTES_MAX) }.at("ttl_minutes"))
            }
            Some(_) | None => Ok(()),
        }
    }
}

impl AddressRequestParts {
    fn check(&self) -> Result<(), ContentError> {
        fields("values", &self.values)?;
        fields("validation_errors", &self.problems)?;
        count("saved_addresses", self.saved.len(), 0, SAVED_ADDRESSES_MAX)?;
        all_differ("saved_addresses", self.saved.iter().map(|saved| saved.id.as_str()))?;
        for saved in &self.saved {
            fields("saved_addresses", &saved.value)?;
        }
        Ok(())
    }
}

/// Checks that no field is there twice, and that a PIN code looks like one.
fn fields(part: &'static str, values: &[(AddressField, AddressText)]) -> Result<(), ContentError> {
    all_differ(part, values.iter().map(|(field, _)| field.name()))?;
    let pin = values.iter().find(|(field, _)| *field == AddressField::InPinCode);
    let is_pin = |text: &str| text.len() == 6 && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    match pin {
        Some((_, pin)) if part != "validation_errors" && !is_pin(pin.as_str()) => {
            Err(Problem::Shape("six digits, the first not 0").at(format!("{part}.in_pin_code")))
        }
        Some(_) | None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_to_call_lasts_a_minute_to_thirty_days() {
        let call =
            |minutes| VoiceCall::new(VoiceCallParts { body: InteractiveBody::new("Talk").unwrap(), button: None, minutes, payload: None });
        assert!(call(None).is_ok() && call(Some(1)).is_ok() && call(Some(43_200)).is_ok());
        assert_eq!(call(Some(0)).unwrap_err().to_string(), "ttl_minutes: must be 1 to 43200");
        assert!(call(Some(43_201)).is_err());
    }

    #[test]
    fn an_address_has_every_field_once_and_a_real_pin() {
        let ask = |values: &[(AddressField, &str)]| {
            let values = values.iter().map(|(field, text)| (*field, AddressText::new(text).unwrap())).collect();
            AddressRequest::new(AddressRequestParts {
                body: InteractiveBody::new("Where?").unwrap(),
                values,
                saved: vec![],
                problems: vec![],
            })
        };
        let good = ask(&[(AddressField::Name, "Asha"), (AddressField::InPinCode, "411001")]).unwrap();
        let json = serde_json::to_string(&good).unwrap();
        assert_eq!(json, r#"{"b":"Where?","v":[["name","Asha"],["in_pin_code","411001"]]}"#);
        assert_eq!(serde_json::from_str::<AddressRequest>(&json).unwrap(), good);
        assert_eq!(ask(&[(AddressField::City, "Pune"), (AddressField::City, "Goa")]).unwrap_err().field, "values");
        assert_eq!(ask(&[(AddressField::InPinCode, "011001")]).unwrap_err().field, "values.in_pin_code");
    }

    #[test]
    fn a_form_is_filled_with_an_object() {
        assert_eq!(FormData::new(r#"{ "name": "Asha" }"#).unwrap().as_str(), r#"{"name":"Asha"}"#);
        for bad in ["{}", "[]", "7", "", r#"{"a":"#, &format!(r#"{{"a":"{}"}}"#, "x".repeat(8_200))] {
            assert!(FormData::new(bad).is_err(), "{bad}");
        }
    }
}
