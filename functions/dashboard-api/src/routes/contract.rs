//! What the send contract says, as the API shows it.

use serde::Serialize;
use shared::domain::{
    messaging::{
        contract::{Decision, Verdict},
        pricing::{self, Cost, Free},
    },
    time::Timestamp,
};
use utoipa::ToSchema;

/// Whether a message may go, why, and what it costs.
#[derive(Serialize, ToSchema)]
pub struct Contract {
    decision: ContractDecision,
    /// The stable name of the reason.
    reason: &'static str,
    /// The reason in a sentence.
    detail: &'static str,
    /// When it may go, if it has to wait.
    #[schema(required)]
    until: Option<Timestamp>,
    category: Category,
    cost: Charge,
}

/// Whether a message may go.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ContractDecision {
    Allow,
    TemplateOnly,
    Wait,
    Deny,
}

/// What a message is charged as.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Category {
    Service,
    Utility,
    Marketing,
    Authentication,
    AuthenticationInternational,
}

/// What a message costs by the list, without tax.
#[derive(Serialize, ToSchema)]
struct Charge {
    basis: Basis,
    /// In paise, to the nearest one; `null` when the price is not known.
    #[schema(required)]
    paise: Option<i64>,
    /// The same exactly, in millionths of a rupee.
    #[schema(required)]
    micro_rupees: Option<u64>,
    /// Why it is free, when it is, or probably is.
    #[schema(required)]
    free_because: Option<&'static str>,
}

/// How sure the amount is. Some service messages of a month are free. `at_most`: nobody has looked how many are left. `estimated`: what
/// follows from our own count of them, the price or nothing; WhatsApp's bill may differ.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Basis {
    Free,
    Exact,
    AtMost,
    Estimated,
    Unknown,
}

impl From<Verdict> for Contract {
    fn from(verdict: Verdict) -> Self {
        let (decision, until) = match verdict.decision {
            Decision::Allow => (ContractDecision::Allow, None),
            Decision::TemplateOnly => (ContractDecision::TemplateOnly, None),
            Decision::WaitUntil(until) => (ContractDecision::Wait, Some(until)),
            Decision::Deny => (ContractDecision::Deny, None),
        };
        Self {
            decision,
            reason: verdict.reason.code(),
            detail: verdict.reason.sentence(),
            until,
            category: verdict.category.into(),
            cost: verdict.cost.into(),
        }
    }
}

impl From<pricing::Category> for Category {
    fn from(category: pricing::Category) -> Self {
        match category {
            pricing::Category::Service => Self::Service,
            pricing::Category::Utility => Self::Utility,
            pricing::Category::Marketing => Self::Marketing,
            pricing::Category::Authentication => Self::Authentication,
            pricing::Category::AuthenticationInternational => Self::AuthenticationInternational,
        }
    }
}

impl From<Cost> for Charge {
    fn from(cost: Cost) -> Self {
        let basis = match cost {
            Cost::Free(_) => Basis::Free,
            Cost::Exactly(_) => Basis::Exact,
            Cost::AtMost(_) => Basis::AtMost,
            Cost::Estimated(_) => Basis::Estimated,
            Cost::Unknown => Basis::Unknown,
        };
        Self {
            basis,
            paise: cost.paise().map(shared::domain::money::Paise::get),
            micro_rupees: cost.amount().map(pricing::MicroRupees::get),
            free_because: cost.free_because().map(Free::code),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use shared::domain::messaging::{
        contract::Reason,
        pricing::{Category, MicroRupees},
    };

    use super::*;

    #[test]
    fn it_says_why_until_when_and_how_much() {
        let until: Timestamp = "2026-11-02T03:30:00Z".parse().unwrap();
        let cost = Cost::Exactly(MicroRupees::new(863_100));
        let verdict = Verdict { decision: Decision::WaitUntil(until), reason: Reason::QuietHours, category: Category::Marketing, cost };
        let shown = serde_json::to_value(Contract::from(verdict)).unwrap();
        assert_eq!(
            shown,
            json!({
                "decision": "wait", "reason": "quiet_hours", "detail": Reason::QuietHours.sentence(), "until": "2026-11-02T03:30:00Z",
                "category": "marketing",
                "cost": {"basis": "exact", "paise": 86, "micro_rupees": 863_100, "free_because": null},
            })
        );
    }

    #[test]
    fn an_unknown_price_is_not_shown_as_nothing() {
        let of = |cost| serde_json::to_value(Charge::from(cost)).unwrap();
        assert_eq!(of(Cost::Unknown), json!({"basis": "unknown", "paise": null, "micro_rupees": null, "free_because": null}));
        assert_eq!(of(Cost::Free(Free::EntryPoint))["free_because"], "free_entry_point");
        assert_eq!(of(Cost::AtMost(MicroRupees::new(115_000)))["paise"], 12);
        let free = json!({"basis": "estimated", "paise": 0, "micro_rupees": 0, "free_because": "monthly_allowance"});
        assert_eq!(of(Cost::Estimated(MicroRupees::default())), free);
        let charged = json!({"basis": "estimated", "paise": 12, "micro_rupees": 115_000, "free_because": null});
        assert_eq!(of(Cost::Estimated(MicroRupees::new(115_000))), charged);
    }
}
