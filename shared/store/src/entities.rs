//! Where each thing of the domain lies.

use domain::{
    crm::{Contact, Review, ReviewState},
    erp::{Product, Stock},
    id::{ContactId, ProductId, ReviewId, UserId},
    tenant::{Number, NumberHealth, NumberId, Tenant, User, doctor::Report, silence::Pulse},
};

use crate::{
    keys::{Indexed, Primary, Scope},
    row::Stored,
};

impl Stored for Tenant {
    const KIND: &'static str = "tenant";
    /// A tenant's store holds one business, so nothing names it there.
    type Id = ();
    fn id(&self) {}
    fn key(scope: Scope, (): &()) -> Primary {
        scope.business()
    }
}

impl Stored for Number {
    const KIND: &'static str = "number";
    type Id = NumberId;
    fn id(&self) -> NumberId {
        self.id.clone()
    }
    fn key(scope: Scope, id: &NumberId) -> Primary {
        scope.number(id)
    }
    fn listed(&self, scope: Scope) -> Option<Indexed> {
        Some(scope.number_in_list(&self.id))
    }
}

impl Stored for Pulse {
    const KIND: &'static str = "pulse";
    type Id = NumberId;
    fn id(&self) -> NumberId {
        self.id.clone()
    }
    fn key(scope: Scope, id: &NumberId) -> Primary {
        scope.pulse(id)
    }
}

impl Stored for Report {
    const KIND: &'static str = "report";
    type Id = NumberId;
    fn id(&self) -> NumberId {
        self.id.clone()
    }
    fn key(scope: Scope, id: &NumberId) -> Primary {
        scope.report(id)
    }
}

impl Stored for NumberHealth {
    const KIND: &'static str = "health";
    type Id = NumberId;
    fn id(&self) -> NumberId {
        self.id.clone()
    }
    fn key(scope: Scope, id: &NumberId) -> Primary {
        scope.health(id)
    }
}

impl Stored for User {
    const KIND: &'static str = "user";
    type Id = UserId;
    fn id(&self) -> UserId {
        self.id
    }
    fn key(scope: Scope, id: &UserId) -> Primary {
        scope.user(*id)
    }
}

impl Stored for Contact {
    const KIND: &'static str = "contact";
    type Id = ContactId;
    fn id(&self) -> ContactId {
        self.id
    }
    fn key(scope: Scope, id: &ContactId) -> Primary {
        scope.contact(*id)
    }
}

impl Stored for Review {
    const KIND: &'static str = "review";
    type Id = ReviewId;
    fn id(&self) -> ReviewId {
        self.id
    }
    fn key(scope: Scope, id: &ReviewId) -> Primary {
        scope.review(*id)
    }
    /// Only while nobody has decided it.
    fn listed(&self, scope: Scope) -> Option<Indexed> {
        (self.state == ReviewState::Open).then(|| scope.open_review(self.id))
    }
}

impl Stored for Product {
    const KIND: &'static str = "product";
    type Id = ProductId;
    fn id(&self) -> ProductId {
        Self::id(self)
    }
    fn key(scope: Scope, id: &ProductId) -> Primary {
        scope.product(*id)
    }
    fn listed(&self, scope: Scope) -> Option<Indexed> {
        Some(scope.catalogue(Product::id(self)))
    }
}

impl Stored for Stock {
    const KIND: &'static str = "stock";
    type Id = ProductId;
    fn id(&self) -> ProductId {
        self.product()
    }
    fn key(scope: Scope, id: &ProductId) -> Primary {
        scope.stock(*id)
    }
}
