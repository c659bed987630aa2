use proptest::prelude::*;

use super::*;
use crate::{crm::BusinessScopedId, messaging::conversation::SERVICE_WINDOW, time::SignedDuration};

fn at(raw: &str) -> Timestamp {
    raw.parse().unwrap()
}

fn now() -> Timestamp {
    at("2026-11-02T06:30:00Z")
}

fn hours_ago(hours: i64) -> Option<Timestamp> {
    now().checked_sub(SignedDuration::from_hours(hours)).ok()
}

fn in_hours(hours: i64) -> Timestamp {
    now().checked_add(SignedDuration::from_hours(hours)).unwrap()
}

fn phone(raw: &str) -> Recipient {
    Recipient::Phone(raw.parse().unwrap())
}

fn user(raw: &str) -> Recipient {
    Recipient::User(BusinessScopedId::new(raw).unwrap())
}

fn template(category: Category) -> Kind {
    Kind::Template { category, intended: category, usable: true }
}

/// An answer within the window, with nothing in its way.
fn answer(recipient: &Recipient) -> Facts<'_> {
    Facts {
        now: now(),
        kind: Kind::Free(Form::Plain),
        origin: Origin::Answer,
        recipient,
        window: Window { last_inbound_at: hours_ago(1), free_until: None },
        consent: Permission::Unasked,
        opt_in_needed: false,
        marketing_held_until: None,
        number: NumberFacts { country: Some(Country::INDIA), ..NumberFacts::default() },
        limits: Limits::default(),
        quiet_hours: None,
        allowance: Allowance::Unknown,
    }
}

/// A template of this category to somebody who wrote long ago.
fn sent(recipient: &Recipient, category: Category) -> Facts<'_> {
    let window = Window { last_inbound_at: hours_ago(100), free_until: None };
    Facts { kind: template(category), origin: Origin::Automatic, window, ..answer(recipient) }
}

fn says(facts: &Facts<'_>) -> (Decision, Reason) {
    let verdict = evaluate(facts);
    (verdict.decision, verdict.reason)
}

const DENY: Decision = Decision::Deny;

#[test]
fn own_words_need_an_open_window() {
    let asha = phone("919876500001");
    let wrote = |last_inbound_at| Facts { window: Window { last_inbound_at, free_until: None }, ..answer(&asha) };
    assert_eq!(says(&wrote(hours_ago(23))), (Decision::Allow, Reason::WindowOpen));
    assert_eq!(says(&wrote(hours_ago(24))), (Decision::TemplateOnly, Reason::WindowClosed));
    assert_eq!(says(&wrote(None)), (Decision::TemplateOnly, Reason::NeverWrote));
    let edge = hours_ago(24).unwrap();
    for (seconds, decision) in [(59, Decision::TemplateOnly), (60, Decision::TemplateOnly), (61, Decision::Allow)] {
        let last = edge.checked_add(SignedDuration::from_secs(seconds)).ok();
        assert_eq!(evaluate(&wrote(last)).decision, decision, "{seconds} s before Meta closes it");
    }
}

#[test]
fn the_free_entry_point_makes_free_but_does_not_open() {
    let asha = phone("919876500001");
    let window = Window { last_inbound_at: hours_ago(30), free_until: Some(in_hours(20)) };
    assert_eq!(says(&Facts { window, ..answer(&asha) }), (Decision::TemplateOnly, Reason::WindowClosed));
    let offer = Facts { window, ..sent(&asha, Category::Marketing) };
    assert_eq!(evaluate(&offer).cost, Cost::Free(Free::EntryPoint));
    let over = Window { free_until: Some(now()), ..window };
    assert_eq!(evaluate(&Facts { window: over, ..offer }).cost, Cost::Exactly(MicroRupees::new(863_100)));
}

#[test]
fn marketing_and_only_marketing_asks_for_consent() {
    let asha = phone("919876500001");
    for category in Category::ALL {
        let marketing = category == Category::Marketing;
        for (consent, opt_in_needed, refused) in [
            (Permission::Refused, false, Some(Reason::OptedOut)),
            (Permission::Refused, true, Some(Reason::OptedOut)),
            (Permission::Unasked, true, Some(Reason::NotOptedIn)),
            (Permission::Unasked, false, None),
            (Permission::Given, true, None),
        ] {
            let expected = refused.filter(|_| marketing).map_or((Decision::Allow, Reason::Template), |reason| (DENY, reason));
            assert_eq!(says(&Facts { consent, opt_in_needed, ..sent(&asha, category) }), expected, "{category:?} {consent:?}");
        }
        let refused = Facts { consent: Permission::Refused, ..answer(&asha) };
        assert_eq!(says(&refused), (Decision::Allow, Reason::WindowOpen), "whoever refused promotions is still answered");
    }
}

#[test]
fn a_template_that_became_marketing_needs_a_yes() {
    let asha = phone("919876500001");
    let kind = Kind::Template { category: Category::Marketing, intended: Category::Utility, usable: true };
    let moved = Facts { kind, ..sent(&asha, Category::Utility) };
    assert_eq!(says(&moved), (DENY, Reason::Recategorised));
    assert_eq!(says(&Facts { consent: Permission::Refused, ..moved }), (DENY, Reason::OptedOut));
    let agreed = evaluate(&Facts { consent: Permission::Given, ..moved });
    assert_eq!((agreed.decision, agreed.category), (Decision::Allow, Category::Marketing));
    assert_eq!(agreed.cost, Cost::Exactly(MicroRupees::new(863_100)), "Meta's category is what is paid");
}

#[test]
fn some_things_cannot_reach_some_people() {
    let (asha, ashas_id) = (phone("919876500001"), user("IN.4410293847561"));
    let (john, johns_id, dubai) = (phone("12025550100"), user("US.77"), phone("971501234567"));
    for (recipient, kind, expected) in [
        (&asha, template(Category::Authentication), (Decision::Allow, Reason::Template)),
        (&ashas_id, template(Category::Authentication), (DENY, Reason::NeedsPhone)),
        (&ashas_id, template(Category::Marketing), (Decision::Allow, Reason::Template)),
        (&ashas_id, Kind::Free(Form::Address), (Decision::Allow, Reason::WindowOpen)),
        (&dubai, Kind::Free(Form::Address), (DENY, Reason::IndiaOnly)),
        (&dubai, Kind::Free(Form::Payment), (DENY, Reason::IndiaOnly)),
        (&dubai, Kind::Free(Form::Plain), (Decision::Allow, Reason::WindowOpen)),
        (&john, template(Category::Marketing), (DENY, Reason::NoMarketingThere)),
        (&johns_id, template(Category::Marketing), (DENY, Reason::NoMarketingThere)),
        (&john, template(Category::Utility), (Decision::Allow, Reason::Template)),
    ] {
        assert_eq!(says(&Facts { kind, ..answer(recipient) }), expected, "{kind:?}");
    }
}

#[test]
fn a_number_that_may_not_send_does_not() {
    let asha = phone("919876500001");
    let with = |number: NumberFacts| [Facts { number, ..answer(&asha) }, Facts { number, ..sent(&asha, Category::Utility) }];
    for facts in with(NumberFacts { stopped: true, ..NumberFacts::default() }) {
        assert_eq!(says(&facts), (DENY, Reason::NumberStopped));
    }
    let restricted = |answers_too, until| NumberFacts { restriction: Some(Restriction { answers_too, until }), ..NumberFacts::default() };
    let [replies, templates] = with(restricted(false, None));
    assert_eq!(says(&replies), (Decision::Allow, Reason::WindowOpen));
    assert_eq!(says(&templates), (DENY, Reason::NumberRestricted));
    let [replies, templates] = with(restricted(true, Some(in_hours(2))));
    assert_eq!(says(&replies), (Decision::WaitUntil(in_hours(2)), Reason::NumberRestricted));
    assert_eq!(says(&templates), (Decision::WaitUntil(in_hours(2)), Reason::NumberRestricted));
    for facts in with(restricted(true, Some(now()))) {
        assert_eq!(evaluate(&facts).decision, Decision::Allow, "a restriction that is over restricts nothing");
    }
    let low = NumberFacts { quality_low: true, ..NumberFacts::default() };
    assert_eq!(says(&Facts { number: low, ..sent(&asha, Category::Marketing) }), (DENY, Reason::QualityLow));
    assert_eq!(says(&Facts { number: low, ..sent(&asha, Category::Utility) }), (Decision::Allow, Reason::Template));
}

#[test]
fn a_template_that_cannot_be_sent_is_not() {
    let asha = phone("919876500001");
    let kind = Kind::Template { category: Category::Utility, intended: Category::Utility, usable: false };
    assert_eq!(says(&Facts { kind, ..sent(&asha, Category::Utility) }), (DENY, Reason::TemplateUnusable));
}

#[test]
fn quiet_hours_hold_back_what_nobody_waits_for() {
    let asha = phone("919876500001");
    // It is noon in India.
    let quiet_hours = Some(QuietHours::new(11 * 60, 14 * 60).unwrap());
    let waits = (Decision::WaitUntil(in_hours(2)), Reason::QuietHours);
    let goes = (Decision::Allow, Reason::Template);
    for (category, origin, window_hours, expected) in [
        (Category::Marketing, Origin::Automatic, 100, waits),
        (Category::Marketing, Origin::Colleague, 1, waits),
        (Category::Utility, Origin::Automatic, 100, waits),
        (Category::Utility, Origin::Automatic, 1, goes),
        (Category::Utility, Origin::Answer, 100, goes),
        (Category::Utility, Origin::Colleague, 100, goes),
        (Category::Authentication, Origin::Automatic, 100, goes),
    ] {
        let window = Window { last_inbound_at: hours_ago(window_hours), free_until: None };
        assert_eq!(says(&Facts { origin, window, quiet_hours, ..sent(&asha, category) }), expected, "{category:?} {origin:?}");
    }
    assert_eq!(says(&Facts { quiet_hours, ..answer(&asha) }), (Decision::Allow, Reason::WindowOpen));
}

#[test]
fn the_longest_wait_is_the_one_told() {
    let asha = phone("919876500001");
    let full = |hours| Room::FullUntil(in_hours(hours));
    let limits = Limits { throughput: full(1), pair: full(3), portfolio: full(9) };
    assert_eq!(says(&Facts { limits, ..answer(&asha) }), (Decision::WaitUntil(in_hours(3)), Reason::PairRate));
    assert_eq!(
        says(&Facts { limits, ..sent(&asha, Category::Utility) }),
        (Decision::WaitUntil(in_hours(9)), Reason::PortfolioLimit),
        "the portfolio's limit is for those whose window is closed"
    );
    let held = Facts { limits, marketing_held_until: Some(in_hours(20)), ..sent(&asha, Category::Marketing) };
    assert_eq!(says(&held), (Decision::WaitUntil(in_hours(20)), Reason::MarketingHeld));
    let free = Limits { throughput: Room::FullUntil(now()), ..Limits::default() };
    assert_eq!(says(&Facts { limits: free, ..answer(&asha) }), (Decision::Allow, Reason::WindowOpen));
}

#[test]
fn the_cost_follows_day_window_and_allowance() {
    let asha = phone("919876500001");
    let (before, after) = (at("2026-09-15T06:30:00Z"), now());
    let open = |now: Timestamp| Window { last_inbound_at: now.checked_sub(SignedDuration::from_hours(1)).ok(), free_until: None };
    let cost = |facts: Facts<'_>| evaluate(&facts).cost;
    let exactly = |micro_rupees| Cost::Exactly(MicroRupees::new(micro_rupees));
    let answer_at = |now, allowance| cost(Facts { now, window: open(now), allowance, ..answer(&asha) });
    assert_eq!(answer_at(before, Allowance::Unknown), Cost::Free(Free::Priced));
    assert_eq!(answer_at(after, Allowance::Unknown), Cost::AtMost(MicroRupees::new(115_000)));
    assert_eq!(answer_at(before, Allowance::About(0)), Cost::Free(Free::Priced));
    assert_eq!(answer_at(after, Allowance::About(1)), Cost::Estimated(MicroRupees::default()));
    assert_eq!(answer_at(after, Allowance::About(1)).free_because(), Some(Free::Allowance));
    assert_eq!(answer_at(after, Allowance::About(0)), Cost::Estimated(MicroRupees::new(115_000)));
    assert_eq!(answer_at(after, Allowance::About(0)).free_because(), None);
    let utility = |now, window| cost(Facts { now, window, ..sent(&asha, Category::Utility) });
    assert_eq!(utility(before, open(before)), Cost::Free(Free::Priced));
    assert_eq!(utility(after, open(after)), exactly(115_000));
    assert_eq!(utility(before, Window::default()), exactly(115_000));
    assert_eq!(cost(Facts { kind: Kind::Free(Form::Reaction), ..answer(&asha) }), Cost::Free(Free::Reaction));
    let closed = Facts { window: Window::default(), ..answer(&asha) };
    assert_eq!(cost(closed), Cost::Free(Free::NotSent));
    let dubai = phone("971501234567");
    assert_eq!(cost(answer(&dubai)), Cost::Unknown);
    assert_eq!(cost(sent(&dubai, Category::Marketing)), Cost::Unknown);
    assert_eq!(cost(Facts { allowance: Allowance::About(9), ..answer(&dubai) }), Cost::Unknown, "an estimate gives nothing away");
}

#[test]
fn codes_from_another_country_have_their_own_price() {
    let asha = phone("919876500001");
    let number = NumberFacts { country: Some(Country::new(*b"SG")), ..NumberFacts::default() };
    let verdict = evaluate(&Facts { number, ..sent(&asha, Category::Authentication) });
    assert_eq!((verdict.category, verdict.cost), (Category::AuthenticationInternational, Cost::Exactly(MicroRupees::new(2_497_100))));
    assert_eq!(verdict.cost.paise().map(crate::money::Paise::get), Some(250));
    let home = evaluate(&sent(&asha, Category::Authentication));
    assert_eq!((home.category, home.cost), (Category::Authentication, Cost::Exactly(MicroRupees::new(115_000))));
}

#[test]
fn a_verdict_is_small_in_a_row_and_reads_back() {
    let asha = phone("919876500001");
    let verdict = evaluate(&answer(&asha));
    let json = serde_json::to_string(&verdict).unwrap();
    assert_eq!(json, r#"{"d":"a","r":"window_open","g":"service","c":{"m":115000}}"#);
    assert_eq!(serde_json::from_str::<Verdict>(&json).unwrap(), verdict);
    let codes: std::collections::HashSet<_> = Reason::ALL.iter().map(|reason| reason.code()).collect();
    assert_eq!(codes.len(), Reason::ALL.len());
}

fn kinds() -> impl Strategy<Value = Kind> {
    let category = (0usize..5).prop_map(|index| Category::ALL[index]);
    let template =
        (category.clone(), category, any::<bool>()).prop_map(|(category, intended, usable)| Kind::Template { category, intended, usable });
    let form = (0usize..4).prop_map(|index| Kind::Free([Form::Plain, Form::Reaction, Form::Address, Form::Payment][index]));
    prop_oneof![template, form]
}

fn times() -> impl Strategy<Value = Timestamp> {
    (-200i64..200).prop_map(in_hours)
}

fn rooms() -> impl Strategy<Value = Room> {
    prop_oneof![Just(Room::Free), times().prop_map(Room::FullUntil)]
}

fn recipients() -> impl Strategy<Value = Recipient> {
    let all = ["919876500001", "12025550100", "971501234567", "37255500001"].map(phone);
    prop_oneof![(0usize..4).prop_map(move |index| all[index].clone()), Just(user("IN.44")), Just(user("US.44")), Just(user("nobody"))]
}

/// Everything but the recipient, which is lent.
fn anything() -> impl Strategy<Value = Facts<'static>> {
    static ASHA: std::sync::LazyLock<Recipient> = std::sync::LazyLock::new(|| phone("919876500001"));
    let window = (proptest::option::of(times()), proptest::option::of(times()))
        .prop_map(|(last_inbound_at, free_until)| Window { last_inbound_at, free_until });
    let number = (any::<bool>(), proptest::option::of((any::<bool>(), proptest::option::of(times()))), any::<bool>()).prop_map(
        |(stopped, restriction, quality_low)| NumberFacts {
            stopped,
            restriction: restriction.map(|(answers_too, until)| Restriction { answers_too, until }),
            quality_low,
            country: Some(Country::INDIA),
        },
    );
    let limits = (rooms(), rooms(), rooms()).prop_map(|(throughput, pair, portfolio)| Limits { throughput, pair, portfolio });
    let quiet_hours = proptest::option::of((0u16..1440, 0u16..1440)).prop_map(|pair| pair.and_then(|(a, b)| QuietHours::new(a, b).ok()));
    let allowance = proptest::option::of(0u32..3).prop_map(|left| left.map_or(Allowance::Unknown, Allowance::About));
    let consent = (0usize..3).prop_map(|index| [Permission::Unasked, Permission::Given, Permission::Refused][index]);
    let origin = (0usize..3).prop_map(|index| [Origin::Answer, Origin::Colleague, Origin::Automatic][index]);
    let first = (kinds(), origin, window, consent, any::<bool>(), proptest::option::of(times()));
    (first, (number, limits, quiet_hours, allowance)).prop_map(
        |((kind, origin, window, consent, opt_in_needed, marketing_held_until), (number, limits, quiet_hours, allowance))| Facts {
            now: now(),
            kind,
            origin,
            recipient: &ASHA,
            window,
            consent,
            opt_in_needed,
            marketing_held_until,
            number,
            limits,
            quiet_hours,
            allowance,
        },
    )
}

fn goes(decision: Decision) -> bool {
    matches!(decision, Decision::Allow | Decision::WaitUntil(_))
}

proptest! {
    /// Saying no never gets anybody more messages; saying yes never fewer.
    #[test]
    fn refusing_never_allows(facts in anything(), recipient in recipients()) {
        let with = |consent| goes(evaluate(&Facts { consent, recipient: &recipient, ..facts }).decision);
        prop_assert!(!with(Permission::Refused) || with(Permission::Unasked));
        prop_assert!(!with(Permission::Unasked) || with(Permission::Given));
    }

    /// What may not be sent costs nothing; a reason fits its decision; a wait lies ahead.
    #[test]
    fn a_verdict_is_consistent(facts in anything(), recipient in recipients()) {
        let verdict = evaluate(&Facts { recipient: &recipient, ..facts });
        if !goes(verdict.decision) {
            prop_assert_eq!(verdict.cost, Cost::Free(Free::NotSent));
        }
        prop_assert!(verdict.cost.paise().is_none_or(|paise| paise.get() >= 0));
        if let Decision::WaitUntil(until) = verdict.decision {
            prop_assert!(until > facts.now);
        }
        prop_assert!(!matches!(verdict.cost, Cost::Estimated(_)) || verdict.category == Category::Service);
        let allows = matches!(verdict.reason, Reason::WindowOpen | Reason::Template);
        prop_assert_eq!(allows, verdict.decision == Decision::Allow);
    }

    /// Once the window is closed, time alone never opens it: own words stay forbidden.
    #[test]
    fn time_never_reopens_a_window(facts in anything(), later_hours in 0i64..500) {
        let own = Facts { kind: Kind::Free(Form::Plain), ..facts };
        let closed = !facts.window.open(facts.now);
        let later = Facts { now: in_hours(later_hours), ..own };
        if closed {
            prop_assert!(!goes(evaluate(&later).decision));
        }
        let long_after = facts.window.last_inbound_at.and_then(|last| last.checked_add(SERVICE_WINDOW).ok()).unwrap_or(facts.now);
        let then = evaluate(&Facts { now: long_after, ..own });
        prop_assert!(!goes(then.decision));
    }

    /// Waiting out what the contract says is enough, unless the window closes or quiet hours begin meanwhile.
    #[test]
    fn waiting_as_told_is_enough(facts in anything()) {
        let facts = Facts { quiet_hours: None, ..facts };
        if let Decision::WaitUntil(until) = evaluate(&facts).decision {
            let after = evaluate(&Facts { now: until, ..facts }).decision;
            let closed = facts.window.open(facts.now) && !facts.window.open(until);
            prop_assert!(after == Decision::Allow || closed, "{after:?}");
        }
    }

    /// A market without a price is never free because of that.
    #[test]
    fn no_price_is_not_no_cost(facts in anything()) {
        let abroad = phone("971501234567");
        let verdict = evaluate(&Facts { recipient: &abroad, window: Window { free_until: None, ..facts.window }, ..facts });
        let reaction = facts.kind == Kind::Free(Form::Reaction);
        if goes(verdict.decision) && !reaction {
            prop_assert_eq!(verdict.cost, Cost::Unknown);
        }
    }
}
