//! Every key of the table. `docs/data-model.md` lists the access patterns; each function here repeats its row.
//!
//! A partition begins with its tenant, and only a [`Scope`] can make one. The few partitions outside tenants are the
//! [`directory`](crate::directory) (`D#`) and the timers (`W#`, [`due`](crate::due)).

use std::fmt::{Display, Write as _};

use domain::{
    crm::Alias,
    id::{ContactId, ConversationId, MediaId, ProductId, ReviewId, TenantId, UserId, digest},
    messaging::{conversation::Status, key::MessageKey, template::TemplateKey},
    tenant::{EmailAddress, NumberId},
    time::{Timestamp, hour},
};

/// Proof that a key belongs to one tenant. Only [`Table::tenant`](crate::Table::tenant) makes one.
///
/// Nobody outside this crate can forge it:
///
/// ```compile_fail,E0603
/// fn forge(tenant: domain::id::TenantId) { let _ = store::keys::Scope::of(tenant); }
/// ```
/// ```compile_fail,E0624
/// fn forge(store: &store::TenantStore) { let _ = store.scope(); }
/// ```
/// ```compile_fail,E0616
/// fn forge(store: &store::TenantStore) { let _ = store.scope; }
/// ```
/// What can be had is the tenant it stands for:
/// ```
/// fn tenant(store: &store::TenantStore) -> domain::id::TenantId { store.id() }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Scope(TenantId);

/// A primary key: partition and sort key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Primary {
    /// `PK`.
    pub partition: String,
    /// `SK`.
    pub sort: String,
}

/// A key of one of the two global secondary indexes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indexed {
    /// `GSI1PK` or `GSI2PK`.
    pub partition: String,
    /// `GSI1SK` or `GSI2SK`.
    pub sort: String,
}

impl Scope {
    /// The scope of a tenant: for this crate alone.
    pub(crate) fn of(tenant: TenantId) -> Self {
        Self(tenant)
    }

    /// The tenant.
    #[must_use]
    pub fn tenant(self) -> TenantId {
        self.0
    }

    fn partition(self, collection: &str, id: impl Display) -> String {
        format!("T#{}#{collection}#{id}", self.0)
    }

    fn single(self, collection: &str, id: impl Display) -> Primary {
        Primary { partition: self.partition(collection, id), sort: collection.to_owned() }
    }

    /// The business itself: `T#<t>#T#<t>` · `T`.
    pub(crate) fn business(self) -> Primary {
        self.single("T", self.0)
    }

    /// Its wrapped data key: `T#<t>#T#<t>` · `KEY`.
    pub(crate) fn data_key(self) -> Primary {
        Primary { sort: "KEY".to_owned(), ..self.business() }
    }

    /// A number: `T#<t>#N#<number>` · `N`.
    pub(crate) fn number(self, id: &NumberId) -> Primary {
        self.single("N", id)
    }

    /// How a number or an account stands with its provider: `T#<t>#N#<number, digits people see, or account>` · `H`.
    pub(crate) fn health(self, id: &NumberId) -> Primary {
        Primary { partition: self.partition("N", id), sort: "H".to_owned() }
    }

    /// All numbers: GSI1 `T#<t>#NL` · `<number>`.
    pub(crate) fn number_in_list(self, id: &NumberId) -> Indexed {
        Indexed { partition: self.numbers(), sort: id.to_string() }
    }

    /// The partition of [`number_in_list`](Self::number_in_list).
    pub(crate) fn numbers(self) -> String {
        format!("T#{}#NL", self.0)
    }

    /// Which message a provider's id names: `T#<t>#W#<hash of number and id>` · `W`.
    pub(crate) fn wamid(self, id: &NumberId, wamid: &str) -> Primary {
        let hash = digest(&[id.as_str().as_bytes(), wamid.as_bytes()]);
        let hash = hash[..16].iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        self.single("W", hash)
    }

    /// When a number was heard: `T#<t>#N#<number>` · `S`.
    pub(crate) fn pulse(self, id: &NumberId) -> Primary {
        Primary { sort: "S".to_owned(), ..self.number(id) }
    }

    /// What the last check of a number found: `T#<t>#N#<number>` · `R`.
    pub(crate) fn report(self, id: &NumberId) -> Primary {
        Primary { sort: "R".to_owned(), ..self.number(id) }
    }

    /// What could not be applied or is not handled yet, by number or account: `T#<t>#N#<number>` · `E#<hash>`.
    pub(crate) fn parked(self, id: &NumberId, hash: &str) -> Primary {
        Primary { partition: self.partition("N", id), sort: format!("E#{hash}") }
    }

    /// All that is parked: GSI1 `T#<t>#E` · `<when, ms, 13 digits>#<number or account>#<hash>`.
    pub(crate) fn parked_listed(self, at: Timestamp, id: &NumberId, hash: &str) -> Indexed {
        Indexed { partition: self.parked_all(), sort: format!("{:013}#{id}#{hash}", at.as_millisecond().max(0)) }
    }

    /// The partition of [`parked_listed`](Self::parked_listed).
    pub(crate) fn parked_all(self) -> String {
        format!("T#{}#E", self.0)
    }

    /// The rate of a number: `T#<t>#Q#<number>` · `Q`.
    pub(crate) fn rate(self, id: &NumberId) -> Primary {
        self.single("Q", id)
    }

    /// How many people the business wrote to first, by the hour: `T#<t>#Q#first` · `Q`.
    pub(crate) fn initiated(self) -> Primary {
        Primary { partition: self.partition("Q", "first"), sort: "Q".to_owned() }
    }

    /// A task held for a stopped number: `T#<t>#N#<number>` · `H#<ms>#<hash>`.
    pub(crate) fn held(self, id: &NumberId, at: Timestamp, hash: &str) -> Primary {
        Primary { partition: self.partition("N", id), sort: format!("H#{:013}#{hash}", at.as_millisecond()) }
    }

    /// A status whose message is not here yet: `T#<t>#V#<conversation>` · `S#<message key>#<stage>`.
    pub(crate) fn kept_status(self, conversation: ConversationId, key: MessageKey, stage: &str) -> Primary {
        Primary { partition: self.partition("V", conversation), sort: format!("S#{key}#{stage}") }
    }

    /// A dead letter: `T#<t>#DL` · `D#<ms>-<hash>`.
    pub(crate) fn dead_letter(self, id: &str) -> Primary {
        Primary { partition: self.dead_letters(), sort: format!("D#{id}") }
    }

    /// The partition of [`dead_letter`](Self::dead_letter).
    pub(crate) fn dead_letters(self) -> String {
        format!("T#{}#DL", self.0)
    }

    /// A colleague: `T#<t>#U#<user>` · `U`.
    pub(crate) fn user(self, id: UserId) -> Primary {
        self.single("U", id)
    }

    /// A person: `T#<t>#C#<contact>` · `C`.
    pub(crate) fn contact(self, id: ContactId) -> Primary {
        self.single("C", id)
    }

    /// What a person's consent comes to: `T#<t>#C#<contact>` · `K`.
    pub(crate) fn permission(self, id: ContactId) -> Primary {
        Primary { partition: self.partition("C", id), sort: "K".to_owned() }
    }

    /// An entry of a person's consent ledger: `T#<t>#C#<contact>` · `K#<message key>`.
    pub(crate) fn consent(self, id: ContactId, cause: MessageKey) -> Primary {
        Primary { partition: self.partition("C", id), sort: format!("K#{cause}") }
    }

    /// A name of a person: `T#<t>#A#<w or b><name>` · `A`.
    pub(crate) fn alias(self, alias: &Alias) -> Primary {
        self.single("A", alias.written())
    }

    /// A question whether two people are one: `T#<t>#CR#<review>` · `CR`.
    pub(crate) fn review(self, id: ReviewId) -> Primary {
        self.single("CR", id)
    }

    /// Those nobody has decided: GSI1 `T#<t>#CRL` · `<review>`.
    pub(crate) fn open_review(self, id: ReviewId) -> Indexed {
        Indexed { partition: self.open_reviews(), sort: id.to_string() }
    }

    /// The partition of [`open_review`](Self::open_review).
    pub(crate) fn open_reviews(self) -> String {
        format!("T#{}#CRL", self.0)
    }

    /// The head of a conversation: `T#<t>#V#<conversation>` · `V`.
    pub(crate) fn conversation(self, id: ConversationId) -> Primary {
        self.single("V", id)
    }

    /// A message: `T#<t>#V#<conversation>` · `M#…`.
    pub(crate) fn message(self, conversation: ConversationId, key: MessageKey) -> Primary {
        Primary { partition: self.partition("V", conversation), sort: key.to_string() }
    }

    /// The inbox by status: GSI1 `T#<t>#I#<status>` · `<hour>#<conversation>`. The hour moves with the first message of an hour, so a
    /// lively conversation costs one index write an hour and not one a message; a page is put in exact order by the heads' times.
    pub(crate) fn inbox(self, status: Status, at: Timestamp, id: ConversationId) -> Indexed {
        Indexed { partition: self.inbox_of(status), sort: format!("{:08}#{id}", hour(at)) }
    }

    /// The partition of [`inbox`](Self::inbox).
    pub(crate) fn inbox_of(self, status: Status) -> String {
        self.partition("I", status.name())
    }

    /// A product: `T#<t>#P#<product>` · `P`.
    pub(crate) fn product(self, id: ProductId) -> Primary {
        self.single("P", id)
    }

    /// What is on hand of a product: `T#<t>#P#<product>` · `S#main`.
    pub(crate) fn stock(self, id: ProductId) -> Primary {
        Primary { partition: self.partition("P", id), sort: "S#main".to_owned() }
    }

    /// All products: GSI1 `T#<t>#PL` · `<product>`.
    pub(crate) fn catalogue(self, id: ProductId) -> Indexed {
        Indexed { partition: self.catalogue_all(), sort: id.to_string() }
    }

    /// The partition of [`catalogue`](Self::catalogue).
    pub(crate) fn catalogue_all(self) -> String {
        format!("T#{}#PL", self.0)
    }

    /// How the templates of an account were last read: `T#<t>#TM#<account>` · `A`.
    pub(crate) fn template_account(self, account: &NumberId) -> Primary {
        Primary { partition: self.partition("TM", account), sort: "A".to_owned() }
    }

    /// A template: `T#<t>#TM#<account>` · `T#<name>#<language>`.
    pub(crate) fn template(self, key: &TemplateKey) -> Primary {
        Primary { partition: self.partition("TM", &key.account), sort: format!("T#{}#{}", key.name, key.language) }
    }

    /// A file: `T#<t>#F#<media>` · `F`.
    pub(crate) fn media(self, id: MediaId) -> Primary {
        self.single("F", id)
    }

    /// What the provider calls a file on a number: `T#<t>#F#<media>` · `N#<number>`.
    pub(crate) fn media_copy(self, id: MediaId, number: &NumberId) -> Primary {
        Primary { partition: self.partition("F", id), sort: format!("N#{number}") }
    }

    /// How many files were sent to us on a day: `T#<t>#FQ#<day>` · `FQ`.
    pub(crate) fn media_quota(self, day: i64) -> Primary {
        self.single("FQ", day)
    }

    /// A live connection of the dashboard: `T#<t>#X` · `X#<connection>`.
    pub(crate) fn connection(self, connection: &str) -> Primary {
        Primary { partition: self.connections(), sort: format!("X#{connection}") }
    }

    /// The partition of [`connection`](Self::connection).
    pub(crate) fn connections(self) -> String {
        format!("T#{}#X", self.0)
    }
}

/// The number and the hash in a sort key of [`Scope::parked_listed`].
pub(crate) fn parked_in(sort: &str) -> Option<(NumberId, &str)> {
    let mut parts = sort.split('#');
    let (Some(_), Some(id), Some(hash), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return None;
    };
    Some((NumberId::new(id).ok()?, hash))
}

/// Number → tenant: `D#N#whatsapp#<number>` · `D`.
pub(crate) fn number_entry(id: &NumberId) -> Primary {
    directory_entry("N#whatsapp", id)
}

/// WhatsApp Business Account → tenant: `D#W#<account>` · `D`.
pub(crate) fn account_entry(id: &NumberId) -> Primary {
    directory_entry("W", id)
}

/// E-mail → user: `D#E#<address>` · `D`.
pub(crate) fn email_entry(address: &EmailAddress) -> Primary {
    directory_entry("E", address.as_str())
}

/// Live connection → tenant: `D#X#<connection>` · `D`.
pub(crate) fn connection_entry(connection: &str) -> Primary {
    directory_entry("X", connection)
}

fn directory_entry(kind: &str, id: impl Display) -> Primary {
    Primary { partition: format!("D#{kind}#{id}"), sort: "D".to_owned() }
}

/// Timers of one minute: `W#<minute>#<shard>`.
pub(crate) fn due_partition(minute: i64, shard: u8) -> String {
    format!("W#{minute:010}#{shard:02}")
}

/// How far the timers have been swept: `W` · `C`.
pub(crate) fn due_cursor() -> Primary {
    Primary { partition: "W".to_owned(), sort: "C".to_owned() }
}
