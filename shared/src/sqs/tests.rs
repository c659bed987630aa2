use std::sync::Mutex;

use domain::class::Class;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use super::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Fate {
    Succeeds,
    MayPass,
    Never,
    Panics,
}

#[derive(Debug, thiserror::Error)]
#[error("made up")]
struct Failure(Class);

impl Classify for Failure {
    fn class(&self) -> Class {
        self.0
    }
    fn code(&self) -> &'static str {
        "made_up"
    }
}

type Seen = Mutex<Vec<(usize, usize)>>;

async fn handle(seen: &Seen, delivery: Delivery<(usize, usize, Fate)>) -> Result<(), Failure> {
    let (group, place, fate) = delivery.task;
    seen.lock().unwrap().push((group, place));
    match fate {
        Fate::Succeeds => Ok(()),
        Fate::MayPass => Err(Failure(Class::Unavailable)),
        Fate::Never => Err(Failure(Class::Invalid)),
        Fate::Panics => panic!("made up"),
    }
}

fn event(fates: &[(usize, Fate)]) -> SqsEvent {
    let records: Vec<_> = fates
        .iter()
        .enumerate()
        .map(|(place, (group, fate))| {
            serde_json::json!({"messageId": place.to_string(), "attributes": {"MessageGroupId": group.to_string()},
                "body": serde_json::to_string(&(group, place, fate)).unwrap()})
        })
        .collect();
    serde_json::from_value(serde_json::json!({ "Records": records })).unwrap()
}

proptest! {
    #[test]
    fn in_each_group_everything_from_the_first_retryable_failure_on_comes_again(
        fates in proptest::collection::vec((0usize..4, prop_oneof![Just(Fate::Succeeds), Just(Fate::MayPass), Just(Fate::Never), Just(Fate::Panics)]), 0..12)
    ) {
        std::panic::set_hook(Box::new(|_| {}));
        let seen = Seen::default();
        let response = futures::executor::block_on(consume(&seen, &handle, event(&fates), Timestamp::MAX)).unwrap();
        let mut again: Vec<usize> = response.batch_item_failures.iter().map(|failure| failure.item_identifier.parse().unwrap()).collect();
        again.sort_unstable();
        let fails = |fate| matches!(fate, Fate::MayPass | Fate::Panics);
        let expected: Vec<usize> = (0..fates.len())
            .filter(|place| fates[..=*place].iter().any(|(group, fate)| *group == fates[*place].0 && fails(*fate)))
            .collect();
        prop_assert_eq!(&again, &expected);
        let order = seen.into_inner().unwrap();
        for (group, _) in &fates {
            let places: Vec<usize> = order.iter().filter(|(seen, _)| seen == group).map(|(_, place)| *place).collect();
            prop_assert!(places.is_sorted());
        }
    }
}

#[test]
fn a_task_that_does_not_read_holds_its_group_and_nobody_else() {
    let mut event = event(&[(1, Fate::Succeeds), (2, Fate::Succeeds), (1, Fate::Succeeds)]);
    event.records[0].body = Some("{".to_owned());
    let response = futures::executor::block_on(consume(&Seen::default(), &handle, event, Timestamp::MAX)).unwrap();
    let mut again: Vec<_> = response.batch_item_failures.into_iter().map(|failure| failure.item_identifier).collect();
    again.sort();
    assert_eq!(again, ["0", "2"]);
}

#[test]
fn what_there_is_no_time_for_comes_again() {
    let event = event(&[(1, Fate::Succeeds), (2, Fate::Succeeds)]);
    let seen = Seen::default();
    let response = futures::executor::block_on(consume(&seen, &handle, event, boot::now())).unwrap();
    assert_eq!(response.batch_item_failures.len(), 2);
    assert!(seen.into_inner().unwrap().is_empty());
}

#[test]
fn two_fifths_of_an_invocation_are_kept_for_the_message_under_way() {
    let now = Timestamp::from_second(1_793_500_000).unwrap();
    assert_eq!(stop_at(1_793_500_030_000, now), Timestamp::from_second(1_793_500_018).unwrap());
    assert_eq!(stop_at(0, now), now);
}
