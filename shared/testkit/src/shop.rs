//! A shop of a test's own: a fresh tenant with a number, an owner, and a few products. Fast, parallel, and a standing test of
//! isolation.

use domain::{
    crm::{BusinessScopedId, Sender},
    erp::{NewProduct, Product, Stock},
    id::{ProductId, TenantId},
    locale::Locale,
    messaging::inbound::{InboundContent, InboundMessage},
    money::Paise,
    quantity::{Quantity, Unit},
    tenant::{Number, NumberId, Tenant},
    text::Text,
    time::{Moment, Timestamp},
};
use shared::boot;
use store::{Table, TenantStore};

/// A shop.
#[derive(Clone, Debug)]
pub struct TestShop {
    /// Its tenant.
    pub tenant: TenantId,
    /// Its number, the first of them.
    pub number: NumberId,
    /// All its numbers.
    pub numbers: Vec<NumberId>,
    /// What it sells: sugar at ₹45.00, 120 packets on hand.
    pub sugar: ProductId,
}

impl TestShop {
    /// Makes a shop with a number nobody else has.
    pub async fn make(table: &Table) -> Self {
        let tenant: TenantId = boot::moment().ids.next();
        let digits: String = tenant.to_string().bytes().filter(u8::is_ascii_alphanumeric).map(char::from).collect();
        Self::open(table, tenant, &[NumberId::new(&digits).expect("a bad number")], "token").await
    }

    /// Makes a shop with these numbers, which open the provider with this token; for a table of a test's own.
    pub async fn with_numbers(table: &Table, numbers: &[NumberId], token: &str) -> Self {
        Self::open(table, boot::moment().ids.next(), numbers, token).await
    }

    async fn open(table: &Table, tenant: TenantId, numbers: &[NumberId], token: &str) -> Self {
        let at = boot::moment();
        let store = table.tenant(tenant);
        let shop = Tenant::new(tenant, text("Test Kirana"), Locale::English);
        store.create(&shop).await.expect("no tenant");
        for number in numbers {
            store.create_number(&row(number), token).await.expect("no number");
            table.directory().add_number(number, tenant).await.expect("no entry");
            table.directory().add_account(&account(number), tenant).await.expect("no entry");
        }
        let sugar = Self::stock(&store, &at, "Sugar", &["चीनी", "cheeni"], 4_500, 120).await;
        Self { tenant, number: numbers[0].clone(), numbers: numbers.to_vec(), sugar }
    }

    async fn stock(store: &TenantStore, at: &Moment, name: &str, aliases: &[&str], price: i64, packets: i64) -> ProductId {
        let id: ProductId = at.ids.next();
        let product = Product::new(NewProduct {
            id,
            sku: text(&format!("SKU-{name}")),
            name: text(name),
            aliases: aliases.iter().map(|alias| text(alias)).collect(),
            category: text("Grocery"),
            unit: Unit::Packet,
            price: Paise::new(price),
            hsn: None,
            gst_rate_bp: 500,
            active: true,
        });
        store.create(&product.expect("a bad product")).await.expect("no product");
        let quantity = |packets: i64| Quantity::new(packets * 1_000);
        let stock = Stock::new(id, quantity(packets), quantity(0), quantity(10)).expect("bad stock");
        store.create(&stock).await.expect("no stock");
        id
    }

    /// Changes what sugar costs.
    pub async fn reprice(&self, table: &Table, price: i64) {
        let store = table.tenant(self.tenant);
        let read = store.get::<Product>(&self.sugar).await.expect("no answer").expect("no sugar");
        let old = read.body;
        let product = Product::new(NewProduct {
            id: old.id(),
            sku: old.sku().clone(),
            name: old.name().clone(),
            aliases: old.aliases().to_vec(),
            category: old.category().clone(),
            unit: old.unit(),
            price: Paise::new(price),
            hsn: None,
            gst_rate_bp: old.gst_rate_bp(),
            active: true,
        });
        store.update(&product.expect("a bad product"), read.version).await.expect("not repriced");
    }

    /// A text from a customer of this shop.
    #[must_use]
    pub fn says(&self, customer: u64, wamid: &str, at: Timestamp, body: &str) -> InboundMessage {
        says(self.tenant, &self.number, customer, wamid, at, body)
    }
}

/// A text from a customer.
#[must_use]
pub fn says(tenant: TenantId, number: &NumberId, customer: u64, wamid: &str, at: Timestamp, body: &str) -> InboundMessage {
    InboundMessage {
        tenant,
        number: number.clone(),
        wamid: text(wamid),
        at: Timestamp::from_second(at.as_second()).expect("a bad time"),
        sender: Sender {
            phone: Some(format!("{}", 919_876_500_000 + customer).parse().expect("a bad phone")),
            user_id: Some(BusinessScopedId::new(&format!("IN.{customer}")).expect("a bad id")),
            name: Some(text("Asha Verma")),
            ..Sender::default()
        },
        content: InboundContent::Text { body: text(body) },
        reply_to: None,
        circumstances: None,
        media_url: None,
        raw: None,
    }
}

/// The account of a number: its own, so that no two shops of a table share one.
#[must_use]
pub fn account(number: &NumberId) -> NumberId {
    let digits: String = number.as_str().chars().take(31).collect();
    NumberId::new(&format!("w{digits}")).expect("a bad account")
}

fn row(number: &NumberId) -> Number {
    Number::cloud(number.clone(), account(number), "918047000123".parse().expect("a bad phone"))
}

fn text<const MAX: usize>(raw: &str) -> Text<MAX> {
    Text::new(raw).expect("a bad text")
}
