//! Writing a shop. What is there already is left as it is.

use std::future::Future;

use anyhow::Context as _;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use shared::{
    boot,
    domain::{
        crm::{Alias, Contact, Known, SenderRole},
        id::{ContactId, ProductId, TenantId, UserId, derived, digest},
        tenant::{EmailAddress, Number, NumberId, Tenant, User},
        text::Text,
    },
    store::{Login, StoreError, Table, TenantStore},
    usecases::session::password,
};

use crate::shop::{Colleague, Shop};

/// How many writes are under way at once.
const AT_ONCE: usize = 16;

/// What a shop has become.
#[derive(Clone, Debug)]
pub struct Seeded {
    /// Its id.
    pub tenant: TenantId,
    /// Its number.
    pub number: NumberId,
    /// The colleagues, in the order of the shop's.
    pub users: Vec<UserId>,
    /// The products, in the order of the shop's.
    pub products: Vec<ProductId>,
    /// How many writes were new; none when the shop was there.
    pub written: usize,
}

/// Writes a shop.
///
/// # Errors
/// When the store does not answer, or the number or an address leads to another shop.
pub async fn demo_shop(table: &Table, shop: &Shop) -> anyhow::Result<Seeded> {
    let store = table.tenant(shop.tenant);
    // Boxed: together they are large for the stack of a thread.
    let business = Box::pin(business(table, &store, shop));
    let people = Box::pin(people(table, &store, shop));
    let goods = Box::pin(goods(&store, shop));
    let (business, people, goods) = futures::future::try_join3(business, people, goods).await?;
    let (users, written_people) = people;
    let (products, written_goods) = goods;
    Ok(Seeded { tenant: shop.tenant, number: shop.number.clone(), users, products, written: business + written_people + written_goods })
}

fn user_id(tenant: TenantId, email: &EmailAddress) -> UserId {
    derived(&[b"seed", b"user", tenant.to_string().as_bytes(), email.as_str().as_bytes()])
}

async fn business(table: &Table, store: &TenantStore, shop: &Shop) -> anyhow::Result<usize> {
    let directory = table.directory();
    directory.add_number_of(&shop.number, &shop.account, shop.tenant).await.context("the number leads to another shop")?;
    directory.add_account(&shop.account, shop.tenant).await.context("the account leads to another shop")?;
    let tenant = Tenant::new(shop.tenant, shop.name.clone(), shop.locale);
    let number = Number::cloud(shop.number.clone(), shop.account.clone(), shop.display_phone);
    let tenant = unless_there(store.create(&tenant)).await.context("the business")?;
    let number = unless_there(store.create_number(&number, &shop.access_token)).await.context("the number")?;
    Ok(tenant + number)
}

async fn people(table: &Table, store: &TenantStore, shop: &Shop) -> anyhow::Result<(Vec<UserId>, usize)> {
    let mut users = Vec::with_capacity(shop.colleagues.len());
    let mut written = 0;
    for colleague in &shop.colleagues {
        let id = user_id(shop.tenant, &colleague.email);
        written += unless_there(create_user(store, id, colleague)).await?;
        let login = Login { tenant: shop.tenant, user: id };
        table.directory().add_login(&colleague.email, login).await.context("an e-mail address leads to another shop")?;
        if let Some(phone) = colleague.phone {
            let contact: ContactId = derived(&[b"seed", b"contact", shop.tenant.to_string().as_bytes(), phone.digits().as_bytes()]);
            let person = Contact {
                id: contact,
                name: Text::cut(colleague.name.as_str()),
                username: None,
                phone: Some(phone),
                locale: None,
                created_at: boot::now(),
            };
            let known = Known { contact, role: SenderRole::Owner };
            written +=
                unless_there(store.create_contact(&person, &[Alias::WhatsApp(phone)], known)).await.context("a colleague's phone")?;
        }
        users.push(id);
    }
    Ok((users, written))
}

async fn create_user(store: &TenantStore, id: UserId, colleague: &Colleague) -> Result<(), anyhow::Error> {
    if store.get::<User>(&id).await?.is_some() {
        // Hashing a password only to throw it away takes longer than everything else here.
        return Err(StoreError::Conflict.into());
    }
    let draw: UserId = boot::moment().ids.next();
    let mut salt = [0; 16];
    salt.copy_from_slice(&digest(&[draw.to_string().as_bytes()])[..16]);
    let plain = colleague.password.clone();
    // In a thread of its own, so that the other writes go on.
    let password = tokio::task::spawn_blocking(move || password::hash(&plain, &salt)).await??;
    let user =
        User { id, name: colleague.name.clone(), email: colleague.email.clone(), role: colleague.role, phone: colleague.phone, password };
    store.create(&user).await?;
    Ok(())
}

async fn goods(store: &TenantStore, shop: &Shop) -> anyhow::Result<(Vec<ProductId>, usize)> {
    let goods: Vec<_> = shop.products.iter().map(|entry| entry.of(shop.tenant)).collect::<Result<_, _>>()?;
    let ids = goods.iter().map(|(product, _)| product.id()).collect();
    let writes = goods.iter().map(|(product, stock)| async move {
        let both = store.transact().create(product).create(stock).commit();
        unless_there(both).await.with_context(|| format!("product {}", product.sku().as_str()))
    });
    let written: Vec<usize> = stream::iter(writes).buffer_unordered(AT_ONCE).try_collect().await?;
    Ok((ids, written.iter().sum()))
}

/// One when the write was made, none when the thing was there already.
async fn unless_there<T, E: Into<anyhow::Error>>(write: impl Future<Output = Result<T, E>>) -> anyhow::Result<usize> {
    match write.await.map_err(Into::into) {
        Ok(_) => Ok(1),
        Err(error) if matches!(error.downcast_ref(), Some(StoreError::Conflict)) => Ok(0),
        Err(error) => Err(error),
    }
}
