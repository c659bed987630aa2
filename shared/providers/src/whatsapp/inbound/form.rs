//! Answers to forms: Flows and India's postal addresses. The answer is JSON in a string, and may be no JSON at all.

use domain::{
    messaging::inbound::{Answer, Answers, Form, FormKind},
    text::Text,
};
use serde_json::Value;

use crate::whatsapp::fields::Fields;

/// How many answers of one form are kept field by field.
const ANSWERS_MAX: usize = 100;
/// How deep fields may lie in each other.
const DEPTH_MAX: usize = 8;

/// Reads an answer.
pub(super) fn read(reply: &mut Fields<'_, '_>) -> Form {
    let name = reply.word("name").unwrap_or_default();
    let kind = match &*name {
        "flow" | "" => FormKind::Flow,
        "address_message" => FormKind::Address,
        other => Text::cut(other).map_or(FormKind::Flow, FormKind::Other),
    };
    let body = reply.text("body");
    let response = reply.word("response_json").unwrap_or_default();
    let Ok(Value::Object(fields)) = serde_json::from_str::<Value>(&response) else {
        if response.chars().count() > 4096 {
            reply.lose();
        }
        let written = Text::cut(&response);
        return Form { kind, body, token: None, answers: written.map_or(Answers::Fields(Vec::new()), Answers::AsWritten) };
    };
    let mut sheet = Sheet { token: None, answers: Vec::new(), whole: true };
    for (name, value) in &fields {
        sheet.enter(name, value, DEPTH_MAX);
    }
    if !sheet.whole {
        reply.lose();
    }
    sheet.answers.sort_by(|one, other| one.field.cmp(&other.field));
    Form { kind, body, token: sheet.token, answers: Answers::Fields(sheet.answers) }
}

struct Sheet {
    token: Option<Text<512>>,
    answers: Vec<Answer>,
    whole: bool,
}

impl Sheet {
    fn enter(&mut self, field: &str, value: &Value, depth: usize) {
        match value {
            Value::String(token) if field == "flow_token" => {
                self.token = Text::new(token).ok();
                self.whole &= self.token.is_some() || token.trim().is_empty();
            }
            Value::Object(inner) if depth > 0 => {
                for (name, value) in inner {
                    self.enter(&format!("{field}.{name}"), value, depth - 1);
                }
            }
            Value::Array(inner) if depth > 0 => {
                if inner.iter().all(|value| !value.is_object() && !value.is_array()) {
                    // Several choices of one question.
                    let words: Vec<String> = inner.iter().map(word).collect();
                    return self.answer(field, &words.join(", "));
                }
                for (place, value) in (1..).zip(inner) {
                    self.enter(&format!("{field}.{place}"), value, depth - 1);
                }
            }
            Value::Object(_) | Value::Array(_) => self.whole = false,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => self.answer(field, &word(value)),
        }
    }

    fn answer(&mut self, field: &str, words: &str) {
        let Some(name) = Text::cut(field).filter(|_| self.answers.len() < ANSWERS_MAX) else {
            self.whole = false;
            return;
        };
        self.whole &= words.chars().count() <= 1024 && field.chars().count() <= 128;
        self.answers.push(Answer { field: name, value: Text::cut(words) });
    }
}

fn word(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(words) => words.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}
