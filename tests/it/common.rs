//! What most tests need.

use dispatch::App;
use shared::{
    domain::{
        access::Role,
        crm::Alias,
        id::ConversationId,
        language::FirstMatcher,
        messaging::{
            conversation::conversation_of,
            inbound::InboundMessage,
            message::{Content, Message},
        },
        page::PageSize,
        task::{SendMessage, Task},
        tenant::{EmailAddress, PasswordHash, User},
        text::Text,
        time::{Moment, SignedDuration},
    },
    providers::{self, whatsapp::CloudApi},
    sqs::Delivery,
    store::Table,
    usecases::{Error, memory::Memory},
};
pub use testkit::sign;
use testkit::{ScriptedChannel, ScriptedFiles, Stack, Tap, TestQueue, TestShop};

/// A world of a test's own: a shop, a queue, and a tap on every call the function under test makes.
pub struct World {
    pub stack: Stack,
    pub tap: Tap,
    pub shop: TestShop,
    pub queue: TestQueue,
    /// The table as the test sees it, not through the tap.
    pub table: Table,
}

impl World {
    pub async fn make() -> Self {
        let stack = Stack::find().await;
        Self::on(&stack).await
    }

    pub async fn on(stack: &Stack) -> Self {
        let table = stack.table(&Tap::default());
        let shop = TestShop::make(&table).await;
        Self { tap: Tap::default(), shop, queue: TestQueue::make(stack).await, table, stack: stack.clone() }
    }

    /// A fresh sandbox of `dispatch`: it remembers nothing.
    pub fn dispatch(&self) -> App {
        App {
            table: self.stack.table(&self.tap),
            queue: Box::new(self.queue.through(&self.stack, &self.tap)),
            language: Box::new(FirstMatcher),
            memory: Memory::default(),
        }
    }

    /// A fresh sandbox of `channel`.
    pub fn channel(&self, files: &std::sync::Arc<ScriptedFiles>) -> channel::App {
        channel::App {
            table: self.stack.table(&self.tap),
            queue: Box::new(self.queue.through(&self.stack, &self.tap)),
            meta: std::sync::Arc::new(CloudApi::new(providers::http::client().unwrap(), "http://127.0.0.1:9")),
            files: files.clone(),
            objects: Box::new(self.stack.objects(&self.tap)),
            memory: Memory::default(),
        }
    }

    /// A fresh sandbox of `outbound`.
    pub fn outbound(&self, channel: &std::sync::Arc<ScriptedChannel>, outcome_wait: SignedDuration) -> outbound::App {
        self.outbound_with(channel, &std::sync::Arc::new(ScriptedFiles::new(&self.tap, &[])), outcome_wait)
    }

    /// The same with a provider's files.
    pub fn outbound_with(
        &self,
        channel: &std::sync::Arc<ScriptedChannel>,
        files: &std::sync::Arc<ScriptedFiles>,
        outcome_wait: SignedDuration,
    ) -> outbound::App {
        outbound::App {
            table: self.stack.table(&self.tap),
            channel: channel.clone(),
            files: files.clone(),
            objects: Box::new(self.stack.objects(&self.tap)),
            outcome_wait,
            memory: Memory::default(),
        }
    }

    pub async fn thread(&self, conversation: ConversationId) -> Vec<Message> {
        let store = self.table.tenant(self.shop.tenant);
        store.messages(conversation, PageSize::DEFAULT, None).await.unwrap().items
    }

    /// The conversation of a person the shop knows.
    pub async fn conversation(&self, message: &InboundMessage) -> ConversationId {
        let alias = Alias::WhatsApp(message.sender.phone.unwrap());
        let known = self.table.tenant(self.shop.tenant).known(&alias).await.unwrap().expect("the person is not known");
        conversation_of(known.contact, &self.shop.number)
    }
}

/// A colleague of some shop.
pub fn colleague(at: &Moment) -> User {
    User {
        id: at.ids.next(),
        name: Text::new("Priya Nair").unwrap(),
        email: EmailAddress::new("priya@shop.example").unwrap(),
        role: Role::Agent,
        phone: None,
        password: PasswordHash(String::new()),
    }
}

pub fn delivery(task: Task) -> Delivery<Task> {
    Delivery { task, batch: 1 }
}

pub fn arrives(message: &InboundMessage) -> Delivery<Task> {
    delivery(Task::InboundMessageV1(Box::new(message.clone())))
}

pub async fn receive(app: &App, message: &InboundMessage) -> Result<(), Error> {
    dispatch::handle(app, arrives(message)).await
}

/// The sends among tasks, without repeats: what the queue's own deduplication leaves.
pub fn sends(tasks: Vec<Task>) -> Vec<SendMessage> {
    let mut sends: Vec<SendMessage> = Vec::new();
    for task in tasks {
        if let Task::SendMessageV1(send) = task
            && !sends.contains(&send)
        {
            sends.push(*send);
        }
    }
    sends
}

pub fn words(message: &Message) -> String {
    match &message.content {
        Content::Inbound(content) | Content::Phone(content) => content.words().unwrap_or_default(),
        Content::Outbound(content) => content.body().to_owned(),
    }
}

/// The client of tests, which call the stack as the outside world does.
#[expect(clippy::disallowed_methods, reason = "tests call from outside")]
pub fn http() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

/// Asks until the answer is there, or the stack has had a minute.
#[expect(clippy::disallowed_methods, reason = "a stack of real processes answers when it answers; no test depends on how long")]
pub async fn until<T, F: Future<Output = Option<T>>>(what: &str, ask: impl Fn() -> F) -> T {
    for _ in 0..1_200 {
        if let Some(found) = ask().await {
            return found;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{what}: not within a minute");
}
