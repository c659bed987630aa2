use proptest::prelude::*;

use super::{
    super::{
        definition::{Body, DefinitionParts},
        naming::{TemplateLanguage, TemplateName},
    },
    *,
};
use crate::{id, tenant::NumberId};

fn key() -> TemplateKey {
    TemplateKey {
        account: NumberId::new("310000000000001").unwrap(),
        name: TemplateName::new("visit_reminder").unwrap(),
        language: TemplateLanguage::new("en").unwrap(),
    }
}

fn definition(category: Category) -> TemplateDefinition {
    TemplateDefinition::new(DefinitionParts {
        body: Some(Body::Text { text: "Your visit is near".to_owned(), examples: Vec::new() }),
        ..DefinitionParts::blank(key().name, key().language, category)
    })
    .unwrap()
}

fn second(second: i64) -> Timestamp {
    Timestamp::from_second(1_793_500_000 + second).unwrap()
}

fn told(at: i64, told: TemplateChange) -> TemplateEvent {
    TemplateEvent { key: key(), provider_id: Some(ProviderTemplateId(7_001)), at: second(at), told }
}

fn status(at: i64, status: Status) -> TemplateEvent {
    let category = Some(Category::Utility);
    told(at, TemplateChange::Status { status, category, reason: None, explanation: None, advice: None })
}

fn moved(at: i64) -> TemplateEvent {
    told(at, TemplateChange::Category { before: Some(Category::Utility), now: Category::Marketing })
}

fn listed(status: Status, category: Category) -> Listed {
    let quality = Quality::Green;
    let definition = definition(category.clone());
    Listed { key: key(), provider_id: ProviderTemplateId(7_001), definition, status, category, quality, reason: None }
}

fn user() -> UserId {
    id::derived(&[b"u"])
}

#[test]
fn a_late_event_changes_nothing_but_the_past() {
    let mut template = Template::draft(key(), definition(Category::Utility), second(0));
    template.submitted(Some(ProviderTemplateId(7_001)), Status::Pending, None, user(), second(1));
    template.apply(&status(30, Status::Approved));
    template.apply(&status(20, Status::Rejected));
    assert_eq!((template.status.value.clone(), template.history.len()), (Status::Approved, 3));
    assert!(template.usable());
}

#[test]
fn meta_may_approve_before_its_answer_to_our_request_is_read() {
    let mut template = Template::draft(key(), definition(Category::Utility), second(0));
    template.apply(&status(99, Status::Approved));
    template.sync(&listed(Status::Pending, Category::Utility), second(100));
    assert_eq!(template.status.value, Status::Approved);
    template.sync(&listed(Status::Paused, Category::Utility), second(300));
    assert_eq!(template.status.value, Status::Paused);
}

#[test]
fn a_changed_template_is_looked_at_again() {
    let mut template = Template::listed(&listed(Status::Approved, Category::Utility), second(0));
    template.apply(&status(5, Status::Rejected));
    template.submitted(None, Status::Pending, None, user(), second(10));
    assert_eq!(template.status.value, Status::Pending);
    // The refusal once more: it is of the time before the change.
    template.apply(&status(5, Status::Rejected));
    assert_eq!(template.status.value, Status::Pending);
    template.apply(&status(12, Status::Approved));
    assert_eq!(template.status.value, Status::Approved);
}

#[test]
fn meta_decides_what_is_marketing_and_a_colleague_takes_note() {
    let mut template = Template::listed(&listed(Status::Approved, Category::Utility), second(0));
    let then = Some(second(86_400));
    let impending = TemplateChange::CategoryImpending { now: Category::Utility, then: Category::Marketing, effective_at: then };
    template.apply(&told(100, impending));
    assert_eq!(template.impending().unwrap().effective_at, then);
    assert!(!template.recategorised());
    template.apply(&moved(86_400));
    assert!(template.recategorised() && template.impending().is_none());
    assert_eq!((&template.category.value, &template.intended.value), (&Category::Marketing, &Category::Utility));
    template.acknowledge(user(), second(90_000));
    assert!(!template.recategorised());
    template.apply(&moved(86_400));
    assert!(!template.recategorised(), "the same event again");
}

#[test]
fn an_event_of_a_template_nobody_has_read_makes_one_that_cannot_be_sent() {
    let template = Template::announced(&status(1, Status::Approved));
    assert!(template.status.value.sendable() && !template.usable());
    // What it was made for shows from what it had before.
    assert!(Template::announced(&moved(1)).recategorised());
}

#[test]
fn what_a_whole_list_does_not_have_is_gone_but_drafts_stay() {
    let mut template = Template::listed(&listed(Status::Approved, Category::Utility), second(0));
    template.vanish(second(200));
    assert_eq!(template.status.value, Status::Deleted);
    let mut draft = Template::draft(key(), definition(Category::Utility), second(0));
    draft.vanish(second(200));
    assert_eq!(draft.status.value, Status::Draft);
}

#[test]
fn approved_templates_are_changed_once_a_day_and_ten_times_a_month() {
    let mut template = Template::listed(&listed(Status::Approved, Category::Utility), second(0));
    let day = 86_400;
    for edit in 0..10 {
        assert_eq!(template.may_edit(second(edit * day)), Ok(()));
        template.submitted(None, Status::Approved, None, user(), second(edit * day));
        assert_eq!(template.may_edit(second(edit * day + 1)), Err(EditRefusal::TooSoon(second((edit + 1) * day))));
    }
    assert_eq!(template.may_edit(second(11 * day)), Err(EditRefusal::TooOften(second(30 * day))));
    assert_eq!(template.may_edit(second(30 * day)), Ok(()));
    template.apply(&status(12 * day, Status::Pending));
    assert_eq!(template.may_edit(second(30 * day)), Err(EditRefusal::Status));
}

fn any_event() -> impl Strategy<Value = TemplateEvent> {
    let statuses = prop::sample::select(vec![Status::Approved, Status::Rejected, Status::Paused, Status::Disabled, Status::Pending]);
    let categories = || prop::sample::select(vec![Category::Utility, Category::Marketing]);
    let qualities = prop::sample::select(vec![Quality::Green, Quality::Yellow, Quality::Red]);
    let change = prop_oneof![
        (statuses, prop::option::of(categories()))
            .prop_map(|(status, category)| { TemplateChange::Status { status, category, reason: None, explanation: None, advice: None } }),
        qualities.prop_map(|now| TemplateChange::Quality { before: None, now }),
        (prop::option::of(categories()), categories()).prop_map(|(before, now)| TemplateChange::Category { before, now }),
        (categories(), categories()).prop_map(|(now, then)| TemplateChange::CategoryImpending { now, then, effective_at: None }),
    ];
    (0_i64..6, change).prop_map(|(at, change)| told(at, change))
}

proptest! {
    /// The same events, each once or more, in any order, end in the same template.
    #[test]
    fn the_order_of_events_does_not_matter(
        events in prop::collection::vec(any_event(), 1..12),
        order in prop::collection::vec(any::<prop::sample::Index>(), 0..30),
        synced in any::<bool>(),
    ) {
        let start = |first: &TemplateEvent| {
            if synced { Template::listed(&listed(Status::Approved, Category::Utility), second(2)) } else { Template::announced(first) }
        };
        let mut straight = start(&events[0]);
        for event in &events {
            straight.apply(event);
        }
        let shuffled: Vec<&TemplateEvent> = order.iter().map(|index| index.get(&events)).chain(events.iter().rev()).collect();
        let mut other = start(shuffled[0]);
        for event in shuffled {
            other.apply(event);
        }
        prop_assert_eq!(&straight, &other);
        let json = serde_json::to_string(&straight).unwrap();
        prop_assert_eq!(serde_json::from_str::<Template>(&json).unwrap(), straight);
    }
}
