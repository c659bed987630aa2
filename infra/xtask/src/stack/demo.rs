//! The demo shop and its people. The numbers are made up.

/// What the shop is called.
pub const SHOP: &str = "Sharma Kirana";
/// The tenant's id: always the same, so that a second seed finds the first.
pub const TENANT: &str = "0190b5a1-7c00-7000-8000-00000000d3e0";
/// Meta's id of the shop's number.
pub const PHONE_NUMBER_ID: &str = "210000000000009";
/// Meta's id of the account.
pub const WABA_ID: &str = "310000000000001";
/// The number people see.
pub const DISPLAY_PHONE: &str = "+918047000123";

/// Somebody with a phone.
pub struct Person {
    /// What the simulator calls the person.
    pub id: &'static str,
    /// The name.
    pub name: &'static str,
    /// The phone.
    pub phone: &'static str,
    /// Meta's business-scoped user id.
    pub user_id: Option<&'static str>,
    /// `owner` or `customer`.
    pub role: &'static str,
}

/// The owner.
pub const OWNER: Person = Person { id: "ramesh", name: "Ramesh Sharma", phone: "+919876500010", user_id: None, role: "owner" };
/// The first customer.
pub const CUSTOMER: Person =
    Person { id: "asha", name: "Asha Verma", phone: "+919876500001", user_id: Some("IN.4410293847561"), role: "customer" };
/// The second customer.
pub const SECOND_CUSTOMER: Person = Person { id: "ravi", name: "Ravi Kumar", phone: "+919876500002", user_id: None, role: "customer" };

/// Somebody who logs in to the dashboard.
pub struct Colleague {
    /// The name.
    pub name: &'static str,
    /// The address.
    pub email: &'static str,
    /// The role, as the domain writes it.
    pub role: &'static str,
}

/// Who works in the shop; the first is its owner.
pub const COLLEAGUES: [Colleague; 3] = [
    Colleague { name: OWNER.name, email: "owner@sharmakirana.example", role: "owner" },
    Colleague { name: "Priya Nair", email: "priya@sharmakirana.example", role: "agent" },
    Colleague { name: "Arjun Singh", email: "arjun@sharmakirana.example", role: "agent" },
];
