//! What goes wrong outside and inside, and what holds all the same: scenarios of the simulator, played on the real functions.

mod canon;
mod invariants;
mod live;
mod matrix;
mod platform;
mod player;
mod property;

use simulator::Scenario;

/// One test for each scenario, so that a failure says its name and they run side by side.
macro_rules! scenarios {
    ($($name:ident)+) => {
        const NAMES: &[&str] = &[$(stringify!($name)),+];

        mod scenario {
            $(
                #[tokio::test]
                async fn $name() {
                    super::matrix::run(stringify!($name)).await;
                }
            )+
        }
    };
}

scenarios! {
    calm
    duplicate
    reorder
    split
    batch
    late
    unheard
    refused
    lost_response
    lost_response_unseen
    gateway
    meta_busy
    rate_limited
    every_code
    every_failure
    token_revoked
    template_paused
    new_names
    clock_skew
    consent_in_disorder
    killed
    killed_webhook
    killed_dispatch
    killed_outbound
    redelivered
    dead_letters
    storm
}

#[test]
fn every_scenario_is_played() {
    let known: Vec<String> = Scenario::all().unwrap().into_iter().map(|scenario| scenario.name).collect();
    assert_eq!(known, NAMES);
}
