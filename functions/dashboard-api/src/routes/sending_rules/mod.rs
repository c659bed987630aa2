//! What the business lays down for itself about sending.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use shared::{
    domain::{
        messaging::contract::{self, BillingError, QuietHours},
        rate::{self, MarketingCapError},
    },
    usecases::sending_rules::{self, Rules},
};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    App,
    extract::{At, Caller, Input},
    refusal::Refusal,
};

/// The routes of the rules.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(read_sending_rules, write_sending_rules))
}

/// What the business lays down for itself about sending.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendingRules {
    /// When nothing is sent that nobody waits for; `null` for never.
    #[schema(required)]
    quiet_hours: Option<Hours>,
    /// Whether promotions go only to customers who said yes, and not also to those who never said no.
    marketing_needs_opt_in: bool,
    /// How many promotions a customer gets at most: the business's own limit, below WhatsApp's.
    marketing_cap: MarketingCap,
    /// How WhatsApp bills the account.
    billing: Billing,
}

/// How WhatsApp bills the account: what the estimate of a reply's cost rests on.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Billing {
    /// How many service messages a number may send in a calendar month without charge.
    #[schema(minimum = 0, maximum = 1_000_000)]
    free_service_messages: u32,
    /// How far the account's time is ahead of UTC, in minutes: its months begin by it. India is 330.
    #[schema(minimum = -720, maximum = 840)]
    utc_offset_minutes: i16,
}

/// So many messages within so many hours.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarketingCap {
    #[schema(minimum = 1, maximum = 10)]
    messages: u8,
    /// A week at the most.
    #[schema(minimum = 1, maximum = 168)]
    hours: u16,
}

/// Hours of every day, in India's time; they may run over midnight.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Like `21:00`.
    from: String,
    /// Like `09:00`.
    to: String,
}

/// Reads what the business lays down about sending
#[utoipa::path(
    get, path = "/v1/sending-rules", tag = "conversations", security(("access_token" = [])),
    responses((status = 200, description = "The rules.", body = SendingRules), Refusal)
)]
pub async fn read_sending_rules(caller: Caller) -> Result<Json<SendingRules>, Refusal> {
    let rules = sending_rules::read(&caller.store, caller.identity).await?;
    Ok(Json(rules.into()))
}

/// Lays down other rules about sending
#[utoipa::path(
    put, path = "/v1/sending-rules", tag = "conversations", request_body = SendingRules, security(("access_token" = [])),
    responses((status = 200, description = "The rules as they are now.", body = SendingRules), Refusal)
)]
pub async fn write_sending_rules(
    State(app): State<Arc<App>>,
    at: At,
    caller: Caller,
    Input(asked): Input<SendingRules>,
) -> Result<Json<SendingRules>, Refusal> {
    let quiet_hours = asked.quiet_hours.as_ref().map(hours).transpose()?;
    let (marketing_cap, billing) = (cap(&asked.marketing_cap)?, billing(&asked.billing)?);
    let rules = Rules { quiet_hours, opt_in_needed: asked.marketing_needs_opt_in, marketing_cap, billing };
    let rules = sending_rules::write(&at, &caller.store, &app.memory, caller.identity, rules).await?;
    Ok(Json(rules.into()))
}

impl From<Rules> for SendingRules {
    fn from(rules: Rules) -> Self {
        let shown = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        let quiet_hours = rules.quiet_hours.map(|hours| Hours { from: shown(hours.from_minute()), to: shown(hours.to_minute()) });
        let marketing_cap = MarketingCap { messages: rules.marketing_cap.messages(), hours: rules.marketing_cap.hours() };
        let billing = Billing {
            free_service_messages: rules.billing.free_service_messages(),
            utc_offset_minutes: rules.billing.utc_offset_minutes(),
        };
        Self { quiet_hours, marketing_needs_opt_in: rules.opt_in_needed, marketing_cap, billing }
    }
}

fn cap(asked: &MarketingCap) -> Result<rate::MarketingCap, Refusal> {
    rate::MarketingCap::new(asked.messages, asked.hours).map_err(|error| {
        let field = match error {
            MarketingCapError::Messages => "marketing_cap.messages",
            MarketingCapError::Hours => "marketing_cap.hours",
        };
        Refusal::field(field, error.to_string())
    })
}

fn billing(asked: &Billing) -> Result<contract::Billing, Refusal> {
    contract::Billing::new(asked.free_service_messages, asked.utc_offset_minutes).map_err(|error| {
        let field = match error {
            BillingError::FreeServiceMessages => "billing.free_service_messages",
            BillingError::UtcOffset => "billing.utc_offset_minutes",
        };
        Refusal::field(field, error.to_string())
    })
}

fn hours(asked: &Hours) -> Result<QuietHours, Refusal> {
    let (from, to) = (minute(&asked.from, "quiet_hours.from")?, minute(&asked.to, "quiet_hours.to")?);
    QuietHours::new(from, to).map_err(|error| Refusal::field("quiet_hours", error.to_string()))
}

/// The minute of the day.
fn minute(raw: &str, field: &str) -> Result<u16, Refusal> {
    // A sign would parse too.
    let digits = |part: &str| part.parse::<u16>().ok().filter(|_| part.bytes().all(|b| b.is_ascii_digit()));
    let read = || {
        let (hour, minute) = raw.split_once(':').filter(|(hour, minute)| hour.len() == 2 && minute.len() == 2)?;
        let (hour, minute): (u16, u16) = (digits(hour)?, digits(minute)?);
        (hour < 24 && minute < 60).then_some(hour * 60 + minute)
    };
    read().ok_or_else(|| Refusal::field(field, "must be a time of the day like 21:00"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_go_both_ways_and_nonsense_is_named() {
        let night = Hours { from: "21:30".to_owned(), to: "09:00".to_owned() };
        let rules = Rules {
            quiet_hours: Some(hours(&night).unwrap()),
            opt_in_needed: true,
            marketing_cap: rate::MarketingCap::new(3, 48).unwrap(),
            billing: contract::Billing::new(500, -300).unwrap(),
        };
        let shown = SendingRules::from(rules);
        assert_eq!((cap(&shown.marketing_cap).unwrap(), billing(&shown.billing).unwrap()), (rules.marketing_cap, rules.billing));
        let nowhere = billing(&Billing { free_service_messages: 1_000, utc_offset_minutes: 900 }).unwrap_err().told("r");
        assert_eq!(serde_json::to_value(nowhere).unwrap()["field"], "billing.utc_offset_minutes");
        let back = shown.quiet_hours.unwrap();
        assert_eq!((back.from.as_str(), back.to.as_str()), ("21:30", "09:00"));
        for bad in ["", "21", "24:00", "21:60", "2:00", "+1:00", "21:0a"] {
            assert!(minute(bad, "x").is_err(), "{bad}");
        }
        assert!(hours(&Hours { from: "10:00".to_owned(), to: "10:00".to_owned() }).is_err());
        for (messages, within, field) in
            [(0, 24, "marketing_cap.messages"), (11, 24, "marketing_cap.messages"), (2, 169, "marketing_cap.hours")]
        {
            let told = cap(&MarketingCap { messages, hours: within }).unwrap_err().told("r");
            assert_eq!(serde_json::to_value(told).unwrap()["field"], field);
        }
    }
}
