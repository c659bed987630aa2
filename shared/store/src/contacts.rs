//! People and the names they are known by.
//!
//! A row of a name also lists the names it has come with, so that one read of it tells that nothing about the person is new.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    crm::{Alias, Contact, Known, Named},
    id::ContactId,
    time::Timestamp,
};

use crate::{
    error::StoreError,
    expression::{Change, Item, number},
    keys::{Primary, Scope},
    row::{self, Versioned, from_item, to_item},
    table::{Written, key_item},
    tenant::{TenantStore, Transaction},
};

const KIND: &str = "alias";
const SHAPE: u16 = 1;

/// A person with all names.
#[derive(Clone, Debug)]
pub struct Person {
    /// The person, with the version to write over.
    pub contact: Versioned<Contact>,
    /// Every name that leads to the person, sorted.
    pub aliases: Vec<Alias>,
}

/// Whose a name is after it was to be given to somebody.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Whose it is, and with which names it came.
    pub named: Named,
    /// Whether it was nobody's before.
    pub new: bool,
}

impl TenantStore {
    /// Whom an alias leads to.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn known(&self, alias: &Alias) -> Result<Option<Known>, StoreError> {
        Ok(self.named_at(alias, false).await?.map(|named| named.known))
    }

    /// Whom an alias leads to, and which names it has come with.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn named(&self, alias: &Alias) -> Result<Option<Named>, StoreError> {
        self.named_at(alias, false).await
    }

    /// The same at this moment, whatever was written before.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn named_now(&self, alias: &Alias) -> Result<Option<Named>, StoreError> {
        self.named_at(alias, true).await
    }

    async fn named_at(&self, alias: &Alias, consistent: bool) -> Result<Option<Named>, StoreError> {
        let item = self.table().get(&self.scope().alias(alias), consistent).await?;
        item.map(|item| read_alias(self.scope(), &item)).transpose()
    }

    /// Writes a new person with all names, together or not at all.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when one of the names leads to somebody already.
    pub async fn create_contact(&self, contact: &Contact, aliases: &[Alias], known: Known) -> Result<(), StoreError> {
        let person = to_item(self.scope(), contact, 1).map(|mut item| {
            set_of(&mut item, "al", written(aliases));
            item
        });
        let mut transaction = self.transact().create_item(person);
        for alias in aliases {
            transaction = transaction.create_item(alias_item(self.scope(), alias, known, aliases));
        }
        transaction.commit().await.map(|_| ())
    }

    /// Gives a name to a person unless it is somebody's; the answer is whose it is afterwards.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn add_alias(&self, alias: &Alias, known: Known, beside: &[Alias]) -> Result<Taken, StoreError> {
        match self.table().create(alias_item(self.scope(), alias, known, beside)?).await? {
            Written::Done(_) => Ok(Taken { named: Named { known, beside: beside.to_vec(), left: false }, new: true }),
            Written::Refused(Some(item)) => Ok(Taken { named: read_alias(self.scope(), &item)?, new: false }),
            Written::Refused(None) => Err(StoreError::Conflict),
        }
    }

    /// Remembers on the row of a name which others it has come with, so that they need not be looked up again.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn note_beside(&self, alias: &Alias, beside: &[Alias]) -> Result<(), StoreError> {
        self.add_names(&self.scope().alias(alias), "n", beside).await
    }

    /// Remembers on a person's own row what else the person is called.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn note_names(&self, contact: ContactId, names: &[Alias]) -> Result<(), StoreError> {
        self.add_names(&self.scope().contact(contact), "al", names).await
    }

    /// Remembers that WhatsApp said a person has left a phone, or has come to it; what it said earlier does not count.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn note_left(&self, alias: &Alias, contact: ContactId, left: bool, at: Timestamp) -> Result<(), StoreError> {
        let change = Change::default()
            .set("lf", AttributeValue::Bool(left))
            .set("lt", number(at.as_millisecond()))
            .bind("contact", row::value(KIND, &contact)?)
            .when("#b.#c = :contact AND (attribute_not_exists(#lt) OR #lt < :lt)");
        self.table().update(&self.scope().alias(alias), change).await.map(|_| ())
    }

    async fn add_names(&self, key: &Primary, attribute: &str, names: &[Alias]) -> Result<(), StoreError> {
        if names.is_empty() {
            return Ok(());
        }
        let change = Change::default().add(attribute, written(names)).when("attribute_exists(#PK)");
        self.table().update(key, change).await.map(|_| ())
    }

    /// A person with all names.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn person(&self, id: ContactId) -> Result<Option<Person>, StoreError> {
        let Some(item) = self.table().get(&self.scope().contact(id), true).await? else {
            return Ok(None);
        };
        let mut aliases = read_set(&item, "al");
        aliases.sort_by_key(Alias::written);
        Ok(Some(Person { contact: from_item(self.scope(), &item)?, aliases }))
    }
}

impl Transaction<'_> {
    /// Leads a name from one person to another.
    pub fn move_alias(self, alias: &Alias, from: Known, to: Known) -> Self {
        let scope = self.scope();
        let names = || vec![alias.written()];
        let known = row::value(KIND, &to);
        let expected = row::value(KIND, &from);
        let moved = known.and_then(|known| {
            Ok(Change::default()
                .set("b", known)
                .remove("n")
                .remove("lf")
                .bind("from", expected?)
                .when("attribute_exists(#PK) AND #b = :from"))
        });
        self.change_item(&scope.alias(alias), moved)
            .change_item(&scope.contact(from.contact), Ok(Change::default().delete("al", names()).when("attribute_exists(#PK)")))
            .change_item(&scope.contact(to.contact), Ok(Change::default().add("al", names()).when("attribute_exists(#PK)")))
    }
}

fn written(aliases: &[Alias]) -> Vec<String> {
    aliases.iter().map(Alias::written).collect()
}

fn set_of(item: &mut Item, name: &str, members: Vec<String>) {
    if !members.is_empty() {
        item.insert(name.to_owned(), AttributeValue::Ss(members));
    }
}

fn read_set(item: &Item, name: &str) -> Vec<Alias> {
    let members = item.get(name).and_then(|found| found.as_ss().ok());
    members.into_iter().flatten().filter_map(|raw| raw.parse().ok()).collect()
}

fn alias_item(scope: Scope, alias: &Alias, known: Known, beside: &[Alias]) -> Result<Item, StoreError> {
    let mut item = key_item(&scope.alias(alias));
    row::stamp(&mut item, scope, KIND, SHAPE);
    item.insert("b".to_owned(), row::value(KIND, &known)?);
    set_of(&mut item, "n", beside.iter().filter(|other| *other != alias).map(Alias::written).collect());
    Ok(item)
}

fn read_alias(scope: Scope, item: &Item) -> Result<Named, StoreError> {
    row::check(item, scope, KIND, SHAPE)?;
    Ok(Named { known: row::body(KIND, item, "b")?, beside: read_set(item, "n"), left: row::optional(KIND, item, "lf")?.unwrap_or(false) })
}
