//! Numbers from their connecting to their giving up, against the simulator's Meta: nothing is stored that the provider does not open,
//! one number belongs to one business, and each way to be deaf is found, named and mended.

use std::sync::Arc;

use serde_json::{Value, json};
use shared::{
    boot,
    domain::{
        class::{Class, Classify as _},
        task::{Task, WatchNumber},
        tenant::{
            Number, NumberId, NumberState, StopReason,
            doctor::{Check, Diagnosis, Outcome},
            onboarding::{Candidate, OfficeError},
            silence::{Pulse, Quiet},
        },
        time::{Moment, SignedDuration, Timestamp, hour},
    },
    providers::{self, Offices, aisensy::AiSensy, dialog360::Dialog360, interakt::Interakt, whatsapp::CloudApi},
    usecases::{
        Error,
        numbers::{
            Desk, check,
            connect::{self, Connected, NewNumber},
            disconnect, fix, hear,
            list::Listed,
            rotate_token, set_state,
            watch::{self, Seen},
        },
    },
};

use crate::common::{World, http};

/// A number at Meta that nobody has connected yet.
struct Meta {
    world: World,
    number: NumberId,
    account: NumberId,
    offices: Offices,
}

impl Meta {
    async fn make() -> Self {
        let world = World::make().await;
        let digits = |salt: &str| -> String {
            let id = world.shop.tenant.to_string();
            let hash = shared::domain::id::digest(&[salt.as_bytes(), id.as_bytes()]);
            hash.iter().take(7).map(|byte| format!("{byte:03}")).collect::<Vec<_>>().concat().chars().take(15).collect()
        };
        let base = format!("{}/v24.0", world.stack.endpoints.simulator_url);
        let (client, nowhere) = (providers::http::client().unwrap(), "http://127.0.0.1:1");
        let offices = Offices {
            cloud_api: Arc::new(CloudApi::new(client.clone(), &base)),
            dialog360: Arc::new(Dialog360::new(client.clone(), nowhere)),
            interakt: Arc::new(Interakt::new(client.clone(), nowhere)),
            aisensy: Arc::new(AiSensy::new(client, nowhere)),
        };
        let meta =
            Self { number: NumberId::new(&digits("number")).unwrap(), account: NumberId::new(&digits("account")).unwrap(), world, offices };
        meta.set(json!({"waba_id": meta.account.as_str(), "display_phone_number": "+91 80470 00999", "token": meta.token("1"), "subscribed": false})).await;
        meta
    }

    fn token(&self, which: &str) -> String {
        format!("EAAG{}x{which}", self.number)
    }

    /// What Meta says of the number from now on.
    async fn set(&self, state: Value) {
        let url = format!("{}/management/{}", self.world.stack.endpoints.simulator_url, self.number);
        assert_eq!(http().put(url).json(&state).send().await.unwrap().status(), 204);
    }

    fn desk(&self) -> Desk<'_> {
        let endpoints = &self.world.stack.endpoints;
        Desk {
            offices: &self.offices,
            webhook_url: &endpoints.webhook_url,
            app_secret: endpoints.app_secret.clone().into(),
            verify_token: endpoints.verify_token.clone().into(),
        }
    }

    fn asked(&self, token: &str) -> NewNumber {
        let candidate = Candidate::CloudApi { phone_number_id: self.number.clone(), waba_id: self.account.clone() };
        NewNumber { candidate, token: token.to_owned().into(), webhook_secret: None, portfolio_id: None, coexistence: false }
    }

    async fn connect(&self, token: &str) -> Result<Connected, Error> {
        let tenant = self.world.table.tenant(self.world.shop.tenant);
        connect::run(&boot::moment(), &self.world.table, &tenant, &self.desk(), self.asked(token)).await
    }

    async fn check(&self, at: &Moment) -> Result<Listed, Error> {
        let tenant = self.world.table.tenant(self.world.shop.tenant);
        check::run(at, &self.world.table, &tenant, &self.desk(), &self.number).await
    }

    async fn stored(&self) -> Option<Number> {
        self.world.table.tenant(self.world.shop.tenant).get::<Number>(&self.number).await.unwrap().map(|read| read.body)
    }

    async fn owner(&self) -> Option<shared::domain::id::TenantId> {
        self.world.table.directory().owner_of_number(&self.number).await.unwrap().map(|owner| owner.tenant)
    }
}

fn at(now: Timestamp) -> Moment {
    Moment::new(now, [7; 16])
}

fn found(listed: &Listed, check: Check) -> Option<Diagnosis> {
    listed.report.as_ref().unwrap().findings.iter().copied().find(|found| found.check() == check)
}

#[tokio::test]
async fn a_number_is_connected_once_the_provider_opens_it_and_not_before() {
    let meta = Meta::make().await;
    let Err(refused) = meta.connect("wrong").await else { panic!("connected with a wrong token") };
    assert_eq!((refused.class(), refused.code()), (Class::Invalid, "token_refused"));
    assert_eq!((meta.stored().await, meta.owner().await), (None, None), "nothing was stored");

    let connected = meta.connect(&meta.token("1")).await.unwrap();
    assert!(connected.listening, "our app hears of the account now");
    assert_eq!(connected.number.display_phone.to_string(), "+918047000999");
    let again = meta.connect(&meta.token("1")).await.unwrap();
    assert_eq!(again.number, connected.number, "connecting it again changes nothing");
    assert_eq!(meta.owner().await, Some(meta.world.shop.tenant));
    let tenant = meta.world.table.tenant(meta.world.shop.tenant);
    let ids: Vec<NumberId> = tenant.numbers().await.unwrap().into_iter().map(|read| read.body.id).collect();
    assert!(ids.contains(&meta.number) && ids.len() == 2, "{ids:?}");
    let (_, token) = tenant.number_with_token(&meta.number).await.unwrap().unwrap();
    assert_eq!(secrecy::ExposeSecret::expose_secret(&token), meta.token("1"));
}

#[tokio::test]
async fn a_number_belongs_to_one_business_and_to_its_account() {
    let meta = Meta::make().await;
    meta.connect(&meta.token("1")).await.unwrap();
    let stranger = World::on(&meta.world.stack).await;
    let other = meta.world.table.tenant(stranger.shop.tenant);
    let taken = connect::run(&boot::moment(), &meta.world.table, &other, &meta.desk(), meta.asked(&meta.token("1"))).await;
    let Err(taken) = taken else { panic!("two businesses have one number") };
    assert_eq!((taken.class(), taken.code()), (Class::Conflict, "number_taken"));
    assert!(other.get::<Number>(&meta.number).await.unwrap().is_none());
    assert_eq!(meta.owner().await, Some(meta.world.shop.tenant));

    // A second number of the same account cannot lead to another business either, and its claim is taken back.
    let second = NumberId::new(&format!("9{}", meta.number)).unwrap();
    let url = format!("{}/management/{second}", meta.world.stack.endpoints.simulator_url);
    let state = json!({"waba_id": meta.account.as_str(), "display_phone_number": "918047000998", "token": meta.token("1")});
    http().put(url).json(&state).send().await.unwrap();
    let candidate = Candidate::CloudApi { phone_number_id: second.clone(), waba_id: meta.account.clone() };
    let asked = NewNumber { candidate, ..meta.asked(&meta.token("1")) };
    let taken = connect::run(&boot::moment(), &meta.world.table, &other, &meta.desk(), asked).await;
    assert!(matches!(taken, Err(Error::NumberTaken)));
    assert_eq!(meta.world.table.directory().owner_of_number(&second).await.unwrap().map(|owner| owner.tenant), None);

    let elsewhere = Candidate::CloudApi { phone_number_id: meta.number.clone(), waba_id: NumberId::new("42").unwrap() };
    let tenant = meta.world.table.tenant(meta.world.shop.tenant);
    let asked = NewNumber { candidate: elsewhere, ..meta.asked(&meta.token("1")) };
    let refused = connect::run(&boot::moment(), &meta.world.table, &tenant, &meta.desk(), asked).await;
    assert!(matches!(refused, Err(Error::Office(OfficeError::NoSuchNumber | OfficeError::NotInAccount))));
}

#[tokio::test]
async fn each_way_to_be_deaf_is_found_named_and_mended_where_it_can_be() {
    let meta = Meta::make().await;
    meta.connect(&meta.token("1")).await.unwrap();
    let start = boot::now();
    let mut minutes = 0;
    let mut later = || {
        minutes += 1;
        at(start + SignedDuration::from_mins(minutes))
    };
    // The app's own address is the stack's webhook, so all is well but that nothing has come yet.
    let fresh = meta.check(&later()).await.unwrap();
    assert_eq!(fresh.report.as_ref().unwrap().outcome(), Outcome::Unknown, "{:?}", fresh.report);
    assert_eq!(found(&fresh, Check::RoundTrip), Some(Diagnosis::NeverHeard));

    let cases = [
        (json!({"scopes": ["whatsapp_business_management"]}), Check::Scopes, Diagnosis::MessagingMissing),
        (json!({"scopes": ["whatsapp_business_messaging"]}), Check::Scopes, Diagnosis::ManagementMissing),
        (json!({"status": "PENDING"}), Check::Registration, Diagnosis::NotRegistered),
        (json!({"status": "BANNED"}), Check::Registration, Diagnosis::Blocked),
        (json!({"subscribed": false}), Check::Subscription, Diagnosis::NotSubscribed),
        (json!({"callback": "https://old.example/hook"}), Check::Callback, Diagnosis::CallbackElsewhere),
        (json!({"app_secret": "another app's"}), Check::AppSecret, Diagnosis::SecretDiffers),
        (json!({"token_valid": false}), Check::Token, Diagnosis::TokenRefused),
    ];
    let well = json!({"scopes": ["whatsapp_business_management", "whatsapp_business_messaging"], "status": "CONNECTED", "subscribed": true,
        "callback": null, "app_secret": meta.world.stack.endpoints.app_secret, "token_valid": true});
    for (state, check, expected) in cases {
        meta.set(state.clone()).await;
        assert_eq!(found(&meta.check(&later()).await.unwrap(), check), Some(expected), "{state}");
        meta.set(well.clone()).await;
    }

    let tenant = meta.world.table.tenant(meta.world.shop.tenant);
    meta.set(json!({"subscribed": false, "callback": "https://old.example/hook"})).await;
    // The subscription comes first, and the address is tried by Meta before it is taken.
    let mended = fix::run(&later(), &meta.world.table, &tenant, &meta.desk(), &meta.number, Check::Callback).await.unwrap();
    assert_eq!(found(&mended, Check::Subscription), Some(Diagnosis::Subscribed));
    assert_eq!(found(&mended, Check::Callback), Some(Diagnosis::CallbackOurs));
    let only_people = fix::run(&later(), &meta.world.table, &tenant, &meta.desk(), &meta.number, Check::Token).await;
    assert!(matches!(only_people, Err(Error::Invalid { field: "check", .. })));
}

#[tokio::test]
async fn a_check_tells_how_fast_a_number_may_send_now() {
    let meta = Meta::make().await;
    meta.connect(&meta.token("1")).await.unwrap();
    for (second, level, rate) in [(10, "HIGH", 1_000), (20, "STANDARD", 80), (30, "HIGH", 1_000)] {
        meta.set(json!({"throughput": level})).await;
        let listed = meta.check(&at(boot::now() + SignedDuration::from_secs(second))).await.unwrap();
        assert_eq!(listed.number.rate(&listed.health), rate, "{level}");
    }
}

#[tokio::test]
async fn a_signed_webhook_that_arrives_after_a_check_is_the_round_trip() {
    let meta = Meta::make().await;
    meta.connect(&meta.token("1")).await.unwrap();
    let now = boot::now();
    meta.check(&at(now)).await.unwrap();
    assert!(matches!(meta.check(&at(now + SignedDuration::from_secs(1))).await, Err(Error::Busy)), "checks are counted by Meta");
    let value = json!({"messaging_product": "whatsapp", "metadata": {"display_phone_number": "918047000999", "phone_number_id": meta.number.as_str()},
        "contacts": [{"profile": {"name": "Asha"}, "wa_id": "919876500001"}],
        "messages": [{"from": "919876500001", "type": "text", "text": {"body": "hello"}}]});
    let answer = http().post(format!("{}/inbound", meta.world.stack.endpoints.simulator_url)).json(&value).send().await.unwrap();
    assert_eq!(answer.status(), 200, "Meta's webhook was taken");
    let checked = meta.check(&at(now + SignedDuration::from_secs(30))).await.unwrap();
    assert_eq!(found(&checked, Check::RoundTrip), Some(Diagnosis::Heard));
    assert_eq!(checked.report.unwrap().outcome(), Outcome::Ok);
}

#[tokio::test]
async fn a_token_is_replaced_only_by_one_that_opens_the_number() {
    let meta = Meta::make().await;
    meta.connect(&meta.token("1")).await.unwrap();
    let tenant = meta.world.table.tenant(meta.world.shop.tenant);
    set_state::stop(&tenant, &meta.number, StopReason::TokenRefused).await.unwrap();
    meta.set(json!({"token": meta.token("2")})).await;
    let refused = rotate_token::run(&at(boot::now()), &tenant, &meta.desk(), &meta.number, meta.token("1").into(), None).await;
    assert!(matches!(refused, Err(Error::Office(OfficeError::TokenRefused | OfficeError::NoSuchNumber))));
    let token = || async { tenant.number_with_token(&meta.number).await.unwrap().unwrap().1 };
    assert_eq!(secrecy::ExposeSecret::expose_secret(&token().await), meta.token("1"), "the old one stays");
    let number = rotate_token::run(&at(boot::now()), &tenant, &meta.desk(), &meta.number, meta.token("2").into(), None).await.unwrap();
    assert_eq!((number.state, number.stopped), (NumberState::Connected, None), "what the token had stopped goes on");
    assert_eq!(secrecy::ExposeSecret::expose_secret(&token().await), meta.token("2"));
}

#[tokio::test]
async fn a_number_that_is_given_up_has_no_token_and_may_go_elsewhere() {
    let meta = Meta::make().await;
    meta.connect(&meta.token("1")).await.unwrap();
    let tenant = meta.world.table.tenant(meta.world.shop.tenant);
    for _ in 0..2 {
        disconnect::run(&meta.world.table, &tenant, &meta.desk(), &meta.number).await.unwrap();
    }
    assert_eq!(meta.stored().await.unwrap().state, NumberState::Disconnected, "what was said on it stays");
    assert!(tenant.number_with_token(&meta.number).await.unwrap().is_none());
    assert_eq!(
        (meta.owner().await, meta.world.table.directory().owner_of_account(&meta.account).await.unwrap().map(|owner| owner.tenant)),
        (None, None)
    );
    let told: Value = http()
        .get(format!("{}/management/{}", meta.world.stack.endpoints.simulator_url, meta.number))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(told["subscribed"], false, "Meta was told");
    let stranger = World::on(&meta.world.stack).await;
    let other = meta.world.table.tenant(stranger.shop.tenant);
    connect::run(&boot::moment(), &meta.world.table, &other, &meta.desk(), meta.asked(&meta.token("1"))).await.unwrap();
    assert_eq!(meta.owner().await, Some(stranger.shop.tenant));
    let Err(taken) = meta.connect(&meta.token("1")).await else { panic!("two businesses have one number") };
    assert_eq!(taken.code(), "number_taken");
}

#[tokio::test]
async fn a_number_is_missed_when_it_is_silent_longer_than_its_normal_and_not_before() {
    let world = World::make().await;
    let (tenant, id) = (world.table.tenant(world.shop.tenant), world.shop.number.clone());
    let monday = Timestamp::from_second((2_949 * 168 + 96) * 3600).unwrap();
    // Heard every hour for two weeks, several times in some.
    for hours in 0..14 * 24 {
        let now = monday + SignedDuration::from_hours(hours);
        hear::run(&at(now), &world.table, world.shop.tenant, &id).await.unwrap();
        if hours % 50 == 0 {
            hear::run(&at(now + SignedDuration::from_mins(20)), &world.table, world.shop.tenant, &id).await.unwrap();
        }
    }
    let pulse = || async { tenant.get::<Pulse>(&id).await.unwrap().unwrap().body };
    let last = monday + SignedDuration::from_hours(14 * 24 - 1);
    let owner = world.table.directory().owner_of_number(&id).await.unwrap().unwrap();
    assert_eq!((owner.tenant, owner.heard), (world.shop.tenant, hour(last)));
    // The looks follow each other until one finds the silence.
    let mut seen = Seen::Nothing;
    let mut looks = 0;
    while let Some(due) = pulse().await.next_look {
        looks += 1;
        let task = WatchNumber { tenant: world.shop.tenant, number: id.clone(), due };
        seen = watch::run(&at(due.max(last)), &tenant, &task).await.unwrap();
        assert_eq!(watch::run(&at(due.max(last)), &tenant, &task).await.unwrap(), seen, "a look that comes again finds the same");
        assert!(looks < 50, "looks without end");
    }
    assert_eq!(seen, Seen::Silent(Quiet::Long));
    let told = pulse().await.alarm.unwrap();
    assert_eq!(hour(told.at) - hour(last), 5, "four whole hours have passed");
    hear::run(&at(told.at + SignedDuration::from_hours(1)), &world.table, world.shop.tenant, &id).await.unwrap();
    let back = pulse().await;
    assert!(back.alarm.is_none() && back.next_look.is_some(), "it is heard again, and watched again");
}

#[tokio::test]
async fn a_number_nobody_writes_to_is_told_of_once_and_then_costs_nothing() {
    let meta = Meta::make().await;
    meta.connect(&meta.token("1")).await.unwrap();
    let tenant = meta.world.table.tenant(meta.world.shop.tenant);
    let pulse = tenant.get::<Pulse>(&meta.number).await.unwrap().unwrap().body;
    let due = pulse.next_look.unwrap();
    assert_eq!(due.duration_since(pulse.connected), SignedDuration::from_hours(24));
    let task = Task::WatchNumberV1(Box::new(WatchNumber { tenant: meta.world.shop.tenant, number: meta.number.clone(), due }));
    let read: Task = serde_json::from_str(&serde_json::to_string(&task).unwrap()).unwrap();
    let Task::WatchNumberV1(watching) = read else { panic!("another task") };
    assert_eq!(watch::run(&at(due), &tenant, &watching).await.unwrap(), Seen::Silent(Quiet::Never));
    assert_eq!(tenant.get::<Pulse>(&meta.number).await.unwrap().unwrap().body.next_look, None, "nothing is due any more");
}
