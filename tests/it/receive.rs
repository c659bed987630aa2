//! A message comes in: once, twice, out of order, under two names.

use shared::{
    boot,
    domain::{
        messaging::{
            conversation::{Direction, Status},
            inbound::{InboundContent, Tapped},
        },
        page::PageSize,
        text::Text,
        time::{SignedDuration, Timestamp},
    },
};

use crate::common::{World, receive, sends, words};

#[tokio::test]
async fn a_question_is_answered_from_the_table_in_its_language() {
    let world = World::make().await;
    let app = world.dispatch();
    let now = boot::now();
    let asked = [("kitna stock hai sugar ka?", "120"), ("चीनी का भाव?", "₹45"), ("price of sugar", "₹45")];
    for (place, (question, _)) in (0..).zip(&asked) {
        let message = world.shop.says(1, &format!("wamid.{place}"), now + SignedDuration::from_secs(place), question);
        receive(&app, &message).await.unwrap();
    }
    let answers = sends(world.queue.drain().await);
    for ((question, figure), send) in asked.iter().zip(&answers) {
        let answer = send.content.body();
        assert!(answer.contains(figure), "{question} → {answer}");
        let devanagari = |text: &str| text.chars().any(|letter| ('\u{900}'..='\u{97f}').contains(&letter));
        assert_eq!(devanagari(question), devanagari(answer), "{question} → {answer}");
    }
    assert_eq!(answers.len(), 3);
}

#[tokio::test]
async fn the_same_message_any_number_of_times_is_one_row_and_one_reply() {
    let world = World::make().await;
    let message = world.shop.says(1, "wamid.same", boot::now(), "sugar price");
    for _ in 0..3 {
        // A fresh sandbox each time: nothing is remembered but what the table holds.
        receive(&world.dispatch(), &message).await.unwrap();
    }
    let conversation = world.conversation(&message).await;
    assert_eq!(world.thread(conversation).await.len(), 1);
    assert_eq!(sends(world.queue.drain().await).len(), 1);
    let head = world.table.tenant(world.shop.tenant).conversation(conversation).await.unwrap().unwrap();
    assert_eq!(head.lane, 1);
}

#[tokio::test]
async fn messages_in_any_order_are_each_stored_and_answered_once() {
    let world = World::make().await;
    let now = boot::now();
    // Two in the same second, one late, all of them twice, and the first again at the end as Meta does days later.
    let seconds = [3, 5, 5, 1, 4];
    let messages: Vec<_> = (0..)
        .zip(seconds)
        .map(|(place, second): (i32, i64)| {
            world.shop.says(1, &format!("wamid.{place}"), now + SignedDuration::from_secs(second), "sugar price")
        })
        .collect();
    let app = world.dispatch();
    for message in messages.iter().chain(messages.iter().rev()).chain(&messages[..1]) {
        receive(&app, message).await.unwrap();
    }
    let conversation = world.conversation(&messages[0]).await;
    let thread = world.thread(conversation).await;
    assert_eq!(thread.len(), 5);
    let mut lanes: Vec<_> = thread.iter().filter_map(|message| message.lane).collect();
    lanes.sort_unstable();
    assert_eq!(lanes, [1, 2, 3, 4, 5]);
    assert_eq!(sends(world.queue.drain().await).len(), 5);
    let head = world.table.tenant(world.shop.tenant).conversation(conversation).await.unwrap().unwrap();
    let latest = Timestamp::from_second((now + SignedDuration::from_secs(5)).as_second()).unwrap();
    assert_eq!(head.last_inbound_at, Some(latest), "a late message does not move the window back");
}

#[tokio::test]
async fn two_sandboxes_at_once_keep_one_order() {
    let world = World::make().await;
    let now = boot::now();
    let first = world.shop.says(1, "wamid.first", now - SignedDuration::from_secs(60), "hello");
    receive(&world.dispatch(), &first).await.unwrap();
    let rush = (0..8).map(|place| {
        let message = world.shop.says(1, &format!("wamid.rush{place}"), now + SignedDuration::from_secs(place), "sugar price");
        let app = world.dispatch();
        async move {
            // A conflict is given back to the queue, which delivers again.
            while receive(&app, &message).await.is_err() {}
        }
    });
    futures::future::join_all(rush).await;
    let conversation = world.conversation(&first).await;
    let thread = world.thread(conversation).await;
    let mut lanes: Vec<_> = thread.iter().filter_map(|message| message.lane).collect();
    lanes.sort_unstable();
    assert_eq!(lanes, (1..=9).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_person_is_one_person_under_every_name() {
    let world = World::make().await;
    let now = boot::now();
    let both = world.shop.says(7, "wamid.both", now, "hello");
    let mut by_phone = world.shop.says(7, "wamid.phone", now + SignedDuration::from_secs(1), "hello");
    by_phone.sender.user_id = None;
    let mut by_id = world.shop.says(7, "wamid.id", now + SignedDuration::from_secs(2), "hello");
    by_id.sender.phone = None;
    for message in [&by_phone, &both, &by_id] {
        receive(&world.dispatch(), message).await.unwrap();
    }
    let conversation = world.conversation(&both).await;
    assert_eq!(world.thread(conversation).await.len(), 3);
}

#[tokio::test]
async fn an_unknown_question_gets_the_menu_and_its_rows_work() {
    let world = World::make().await;
    let app = world.dispatch();
    let now = boot::now();
    receive(&app, &world.shop.says(1, "wamid.a", now, "qwerty zxcv")).await.unwrap();
    let menu = sends(world.queue.drain().await);
    let shared::domain::messaging::content::OutboundContent::List(list) = &menu[0].content else { panic!("no list") };
    let row = list.rows().find(|row| row.id.as_str() == "menu:browse").unwrap();
    let mut tap = world.shop.says(1, "wamid.b", now + SignedDuration::from_secs(1), "-");
    tap.content = InboundContent::Tapped {
        id: Text::new(row.id.as_str()).unwrap(),
        title: Text::new(row.title.as_str()).unwrap(),
        what: Tapped::Row,
        description: None,
    };
    receive(&app, &tap).await.unwrap();
    let browse = sends(world.queue.drain().await);
    let shared::domain::messaging::content::OutboundContent::List(list) = &browse[0].content else { panic!("no list") };
    assert!(list.rows().any(|row| row.title.as_str() == "Sugar"));
}

#[tokio::test]
async fn stop_and_start_are_obeyed_and_entered_once() {
    let world = World::make().await;
    let now = boot::now();
    let stop = world.shop.says(1, "wamid.stop", now, "STOP");
    let start = world.shop.says(1, "wamid.start", now + SignedDuration::from_secs(1), "start");
    let store = world.table.tenant(world.shop.tenant);
    for (message, refused) in [(&stop, true), (&start, false)] {
        receive(&world.dispatch(), message).await.unwrap();
        receive(&world.dispatch(), message).await.unwrap();
        let head = store.conversation(world.conversation(message).await).await.unwrap().unwrap();
        assert_eq!(head.standing.marketing_opted_out, refused);
    }
    assert_eq!(sends(world.queue.drain().await).len(), 2);
}

#[tokio::test]
async fn the_newest_come_first_however_many_write_within_an_hour() {
    let world = World::make().await;
    let app = world.dispatch();
    let now = boot::now();
    let second = |customer: u64| SignedDuration::from_secs(i64::try_from(customer * 37 % 31).unwrap() * 400);
    for customer in 0..31_u64 {
        receive(&app, &world.shop.says(customer, &format!("wamid.{customer}"), now - second(customer), "hello")).await.unwrap();
    }
    let store = world.table.tenant(world.shop.tenant);
    let (mut times, mut pages, mut cursor) = (Vec::new(), 0, None);
    loop {
        let page = store.conversations(Status::Open, PageSize::new(4).unwrap(), cursor.as_ref()).await.unwrap();
        times.extend(page.items.iter().map(|conversation| conversation.last_inbound_at.unwrap()));
        pages += 1;
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!((times.len(), pages), (31, 8));
    assert!(times.is_sorted_by(|earlier, later| earlier >= later), "{times:?}");
}

#[tokio::test]
async fn a_stop_button_of_a_template_is_obeyed() {
    let world = World::make().await;
    let mut tap = world.shop.says(1, "wamid.stop", boot::now(), "-");
    tap.content = InboundContent::Tapped {
        id: Text::new("STOP").unwrap(),
        title: Text::new("Stop promotions").unwrap(),
        what: Tapped::Button,
        description: None,
    };
    receive(&world.dispatch(), &tap).await.unwrap();
    let head = world.table.tenant(world.shop.tenant).conversation(world.conversation(&tap).await).await.unwrap().unwrap();
    assert!(head.standing.marketing_opted_out);
}

#[tokio::test]
async fn the_inbox_shows_what_came_in() {
    let world = World::make().await;
    let app = world.dispatch();
    let now = boot::now();
    for customer in 1..=3_u64 {
        let second = SignedDuration::from_secs(i64::try_from(customer).unwrap());
        receive(&app, &world.shop.says(customer, &format!("wamid.{customer}"), now + second, "hello")).await.unwrap();
    }
    let store = world.table.tenant(world.shop.tenant);
    let size = PageSize::new(2).unwrap();
    let first = store.conversations(Status::Open, size, None).await.unwrap();
    let second = store.conversations(Status::Open, size, first.next.as_ref()).await.unwrap();
    assert_eq!((first.items.len(), second.items.len()), (2, 1));
    for conversation in first.items.iter().chain(&second.items) {
        assert!(conversation.unread());
        assert_eq!(conversation.last_message.as_ref().unwrap().direction, Direction::Inbound);
    }
    store.mark_read(first.items[0].id, now + SignedDuration::from_secs(10)).await.unwrap();
    assert!(!store.conversation(first.items[0].id).await.unwrap().unwrap().unread());
    let message = world.thread(first.items[0].id).await;
    assert_eq!(words(&message[0]), "hello");
}
