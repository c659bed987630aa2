//! Our messages as Meta wants them, and what to do about its refusals.

use domain::{
    crm::Recipient,
    messaging::{
        content::{Buttons, List, OutboundContent},
        status::Failure,
    },
    ports::{SendError, SendRequest},
    time::SignedDuration,
};
use serde::Serialize;

/// The body of `POST /{number}/messages`.
#[derive(Serialize)]
pub(super) struct Body<'a> {
    messaging_product: &'static str,
    recipient_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient: Option<&'a str>,
    biz_opaque_callback_data: String,
    #[serde(flatten)]
    content: Content<'a>,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Content<'a> {
    Text { text: Text<'a> },
    Interactive { interactive: Interactive<'a> },
}

#[derive(Serialize)]
struct Text<'a> {
    preview_url: bool,
    body: &'a str,
}

#[derive(Serialize)]
struct Interactive<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    header: Option<Header<'a>>,
    body: Words<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    footer: Option<Words<'a>>,
    action: Action<'a>,
}

#[derive(Serialize)]
struct Header<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    text: &'a str,
}

#[derive(Serialize)]
struct Words<'a> {
    text: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Action<'a> {
    Buttons { buttons: Vec<Button<'a>> },
    List { button: &'a str, sections: Vec<Section<'a>> },
}

#[derive(Serialize)]
struct Button<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    reply: Choice<'a>,
}

#[derive(Serialize)]
struct Section<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    rows: Vec<Choice<'a>>,
}

#[derive(Serialize)]
struct Choice<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
}

/// Writes a message in Meta's form.
pub(super) fn body<'a>(request: &'a SendRequest<'_>) -> Body<'a> {
    let (to, recipient) = match request.recipient {
        Recipient::Phone(phone) => (Some(phone.digits()), None),
        Recipient::User(id) => (None, Some(id.as_str())),
    };
    Body {
        messaging_product: "whatsapp",
        recipient_type: "individual",
        to,
        recipient,
        biz_opaque_callback_data: request.callback.to_string(),
        content: match request.content {
            OutboundContent::Text(body) => Content::Text { text: Text { preview_url: false, body: body.as_str() } },
            OutboundContent::Buttons(buttons) => Content::Interactive { interactive: of_buttons(buttons) },
            OutboundContent::List(list) => Content::Interactive { interactive: of_list(list) },
        },
    }
}

fn of_buttons(buttons: &Buttons) -> Interactive<'_> {
    Interactive {
        kind: "button",
        header: buttons.header().map(|text| Header { kind: "text", text }),
        body: Words { text: buttons.body() },
        footer: buttons.footer().map(|text| Words { text }),
        action: Action::Buttons {
            buttons: buttons
                .buttons()
                .iter()
                .map(|button| Button {
                    kind: "reply",
                    reply: Choice { id: button.id.as_str(), title: button.title.as_str(), description: None },
                })
                .collect(),
        },
    }
}

fn of_list(list: &List) -> Interactive<'_> {
    Interactive {
        kind: "list",
        header: list.header().map(|text| Header { kind: "text", text }),
        body: Words { text: list.body() },
        footer: list.footer().map(|text| Words { text }),
        action: Action::List {
            button: list.button(),
            sections: list
                .sections()
                .iter()
                .map(|section| Section {
                    title: section.title.as_ref().map(domain::messaging::content::RowTitle::as_str),
                    rows: section
                        .rows
                        .iter()
                        .map(|row| Choice {
                            id: row.id.as_str(),
                            title: row.title.as_str(),
                            description: row.description.as_ref().map(domain::messaging::content::RowDescription::as_str),
                        })
                        .collect(),
                })
                .collect(),
        },
    }
}

/// What to do about a refusal, by Meta's error code and not by the HTTP status (Meta: error codes).
pub(super) fn verdict(failure: Failure, after: Option<SignedDuration>) -> SendError {
    match failure.code {
        // Limits: of the app, the account, the number, the pair; and Meta being busy or moving the number.
        2 | 4 | 613 | 80007 | 80008 | 130_429 | 131_000 | 131_016 | 131_056 | 131_057 | 131_064 | 133_004 | 2_494_100 => {
            SendError::Later { failure, after }
        }
        // Token, permission, account or registration.
        0 | 33 | 190 | 200..=299 | 368 | 131_005 | 131_031 | 131_037 | 131_042 | 131_045 | 133_010 => SendError::NumberBroken(failure),
        _ => SendError::Refused(failure),
    }
}
