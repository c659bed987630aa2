//! Each state a number can be in leads to the finding that names what to mend, and what nobody said is never taken for good or bad.

use super::*;

const OURS: &str = "https://hooks.example/";

fn now() -> Timestamp {
    Timestamp::from_second(1_793_500_000).unwrap()
}

fn app(id: &str) -> Text<64> {
    Text::new(id).unwrap()
}

fn good() -> Facts {
    let scopes = SCOPES.iter().map(|(scope, _)| (*scope).to_owned()).collect();
    Facts {
        token: Told::Said(TokenFacts { valid: true, scopes: Some(scopes), app: Some(app("7")) }),
        number: Some(Told::Said(NumberFacts {
            phone: None,
            registration: Some(Registration::Registered),
            coexistence: None,
            messages_per_second: None,
        })),
        apps: Some(Told::Said(vec![app("6"), app("7")])),
        callback: Some(Told::Said(Some("https://hooks.example".to_owned()))),
        app_secret: Some(Told::Said(true)),
    }
}

fn pulse() -> Pulse {
    Pulse::of_new(NumberId::new("1").unwrap(), now() - SignedDuration::from_hours(2))
}

fn found(facts: &Facts, check: Check) -> Option<Diagnosis> {
    let heard = pulse().heard(now());
    examine(facts, OURS, Some(&heard), now()).into_iter().find(|found| found.check() == check)
}

#[test]
fn a_number_that_is_connected_as_it_must_be_passes_every_check() {
    let heard = pulse().heard(now());
    let report = Report { id: NumberId::new("1").unwrap(), at: now(), findings: examine(&good(), OURS, Some(&heard), now()) };
    assert_eq!(report.findings.len(), 7);
    assert_eq!(report.outcome(), Outcome::Ok, "{report:?}");
    let written = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<Report>(&written).unwrap(), report);
}

#[test]
fn a_token_is_refused_lacks_a_scope_or_is_not_told_of() {
    let refused = Facts { token: Told::Said(TokenFacts { valid: false, scopes: Some(Vec::new()), app: None }), ..good() };
    assert_eq!(found(&refused, Check::Token), Some(Diagnosis::TokenRefused));
    assert_eq!(found(&refused, Check::Scopes), None, "what a refused token allows is of no interest");
    assert_eq!(found(&Facts { token: Told::Denied(190), ..good() }, Check::Token), Some(Diagnosis::TokenRefused));
    for (index, (_, missing)) in SCOPES.iter().enumerate() {
        let scopes = SCOPES.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, (scope, _))| (*scope).to_owned()).collect();
        let lacking = Facts { token: Told::Said(TokenFacts { valid: true, scopes: Some(scopes), app: Some(app("7")) }), ..good() };
        assert_eq!(found(&lacking, Check::Scopes), Some(*missing));
    }
    let silent = Facts { token: Told::Silent, ..good() };
    assert_eq!(found(&silent, Check::Token), Some(Diagnosis::TokenUnknown));
    assert_eq!(found(&silent, Check::Scopes), Some(Diagnosis::ScopesUnknown));
}

#[test]
fn an_account_is_heard_by_our_app_or_not() {
    let with = |apps: Vec<Text<64>>| Facts { apps: Some(Told::Said(apps)), ..good() };
    assert_eq!(found(&with(vec![app("7")]), Check::Subscription), Some(Diagnosis::Subscribed));
    assert_eq!(found(&with(vec![app("6")]), Check::Subscription), Some(Diagnosis::NotSubscribed), "another app hears it");
    assert_eq!(found(&with(Vec::new()), Check::Subscription), Some(Diagnosis::NotSubscribed));
    let nameless = Facts { token: Told::Silent, ..with(vec![app("6")]) };
    assert_eq!(found(&nameless, Check::Subscription), Some(Diagnosis::SubscriptionUnknown), "which app is ours is not known");
    assert!(Diagnosis::NotSubscribed.fixable() && !Diagnosis::TokenRefused.fixable());
}

#[test]
fn webhooks_come_here_go_elsewhere_or_nowhere() {
    let with = |callback| Facts { callback: Some(callback), ..good() };
    assert_eq!(found(&with(Told::Said(Some("https://old.example/hook".into()))), Check::Callback), Some(Diagnosis::CallbackElsewhere));
    assert_eq!(found(&with(Told::Said(None)), Check::Callback), Some(Diagnosis::CallbackMissing));
    assert_eq!(found(&with(Told::Denied(10)), Check::Callback), Some(Diagnosis::CallbackUnknown));
    assert_eq!(found(&Facts { app_secret: Some(Told::Said(false)), ..good() }, Check::AppSecret), Some(Diagnosis::SecretDiffers));
}

#[test]
fn a_number_is_registered_or_the_finding_says_why_not() {
    let with = |registration| {
        let facts = NumberFacts { phone: None, registration, coexistence: None, messages_per_second: None };
        Facts { number: Some(Told::Said(facts)), ..good() }
    };
    assert_eq!(found(&with(Some(Registration::NotRegistered)), Check::Registration), Some(Diagnosis::NotRegistered));
    assert_eq!(found(&with(Some(Registration::Blocked)), Check::Registration), Some(Diagnosis::Blocked));
    assert_eq!(found(&with(None), Check::Registration), Some(Diagnosis::RegistrationUnknown));
    assert_eq!(found(&Facts { number: Some(Told::Denied(100)), ..good() }, Check::Registration), Some(Diagnosis::OutOfReach));
}

#[test]
fn the_round_trip_is_proven_by_a_webhook_that_came() {
    let heard = |pulse: Option<&Pulse>, now| examine(&good(), OURS, pulse, now).pop();
    assert_eq!(heard(None, now()), Some(Diagnosis::NeverHeard));
    assert_eq!(heard(Some(&pulse()), now()), Some(Diagnosis::NeverHeard));
    let later = now() + SignedDuration::from_hours(3);
    let once = pulse().heard(now());
    assert_eq!(heard(Some(&once), now()), Some(Diagnosis::Heard));
    assert_eq!(heard(Some(&once), later), Some(Diagnosis::NotHeardYet), "three hours are too long ago to prove anything now");
    let asked = Pulse { asked: Some(later), ..once };
    assert_eq!(heard(Some(&asked.clone().heard(later)), later), Some(Diagnosis::Heard), "it came after it was asked for");
    let busy = (0..24 * 21).fold(pulse(), |pulse, hour| pulse.heard(now() + SignedDuration::from_hours(hour)));
    assert_eq!(heard(Some(&busy), now() + SignedDuration::from_hours(24 * 21 + 8)), Some(Diagnosis::LongSilent));
}
