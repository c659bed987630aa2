//! What an order may be.

use proptest::prelude::*;

use super::*;
use crate::messaging::content::ConfigurationName;

fn item(amount: i64, sale: Option<i64>, quantity: u32) -> OrderItem {
    OrderItem {
        id: RetailerId::new(&format!("SKU-{amount}-{quantity}-{}", sale.unwrap_or(-1))).unwrap(),
        name: Limited::new("Fee").unwrap(),
        amount: Paise::new(amount),
        sale_amount: sale.map(Paise::new),
        quantity,
        origin: None,
    }
}

fn parts(items: Vec<OrderItem>, tax: i64, shipping: Option<i64>, discount: Option<i64>) -> OrderDetailsParts {
    OrderDetailsParts {
        body: InteractiveBody::new("Pay").unwrap(),
        footer: None,
        reference: ReferenceId::new("INV-2026-0042").unwrap(),
        goods: Goods::Digital,
        payment: PaymentSettings::StaticVpa(ConfigurationName::new("upi").unwrap()),
        quick_pay: false,
        catalog: None,
        items,
        tax: Charge { amount: Paise::new(tax), description: None },
        shipping: shipping.map(|amount| Charge { amount: Paise::new(amount), description: None }),
        discount: discount.map(|amount| Discount { amount: Paise::new(amount), description: None, program: None }),
        expiration: None,
    }
}

#[test]
fn sums_are_computed() {
    let order =
        OrderDetails::new(parts(vec![item(100_000, None, 1), item(5_000, Some(4_000), 3)], 18_000, Some(500), Some(2_000))).unwrap();
    assert_eq!(order.totals(), Totals { subtotal: Paise::new(112_000), total: Paise::new(128_500) });
}

#[test]
fn an_order_that_cannot_be_paid_is_refused() {
    let refused = |parts| OrderDetails::new(parts).unwrap_err().field.into_owned();
    assert_eq!(refused(parts(vec![], 0, None, None)), "items");
    assert_eq!(refused(parts(vec![item(1, None, 1); 101], 0, None, None)), "items");
    assert_eq!(refused(parts(vec![item(100, None, 0)], 0, None, None)), "items[0].quantity");
    assert_eq!(refused(parts(vec![item(100, Some(100), 1)], 0, None, None)), "items[0].sale_amount_paise");
    assert_eq!(refused(parts(vec![item(-1, None, 1)], 5, None, None)), "items[0].amount_paise");
    assert_eq!(refused(parts(vec![item(100, None, 1)], -5, None, None)), "tax.amount_paise");
    assert_eq!(refused(parts(vec![item(100, None, 1)], 0, None, Some(100))), "discount.amount_paise");
    assert_eq!(refused(parts(vec![item(i64::MAX, None, 2)], 0, None, None)), "items");
}

#[test]
fn an_order_must_be_payable_for_a_while() {
    let now = Timestamp::from_second(1_793_500_000).unwrap();
    let until = |seconds| {
        let mut parts = parts(vec![item(100, None, 1)], 0, None, None);
        parts.expiration = Some(Expiration { at: now + SignedDuration::from_secs(seconds), description: OrderText::new("24 h").unwrap() });
        OrderDetails::new(parts).unwrap().check_time(now)
    };
    assert!(until(300).is_ok());
    assert_eq!(until(299).unwrap_err().field, "expiration.at");
}

#[test]
fn what_is_done_or_called_off_stays_so() {
    let allowed = |to: OrderState| [None].into_iter().chain(OrderState::ALL.map(Some)).map(|from| to.may_follow(from)).collect::<Vec<_>>();
    //                          placed processing partially shipped completed canceled
    assert_eq!(allowed(OrderState::Processing), [true, true, true, true, false, false]);
    assert_eq!(allowed(OrderState::PartiallyShipped), [true, true, true, true, false, false]);
    assert_eq!(allowed(OrderState::Shipped), [true, true, true, true, false, false]);
    assert_eq!(allowed(OrderState::Completed), [true, true, true, true, true, false]);
    assert_eq!(allowed(OrderState::Canceled), [true, true, true, true, false, true]);
}

#[test]
fn references_are_meta_s() {
    assert!(ReferenceId::new("INV_2026.0042-a").is_ok() && ReferenceId::new(&"x".repeat(35)).is_ok());
    for bad in ["", "a b", "a/b", "चा", &"x".repeat(36)] {
        assert!(ReferenceId::new(bad).is_err(), "{bad}");
    }
}

proptest! {
    #[test]
    fn the_invariant_holds_for_every_order(
        lines in proptest::collection::vec((1i64..1_000_000, proptest::option::of(0i64..1_000_000), 1u32..1_000), 1..8),
        tax in 0i64..100_000, shipping in proptest::option::of(0i64..100_000), discount in proptest::option::of(0i64..100_000),
    ) {
        let items = lines.iter().enumerate().map(|(index, (amount, sale, quantity))| {
            let line = item(*amount, sale.filter(|sale| sale < amount), *quantity);
            OrderItem { id: RetailerId::new(&index.to_string()).unwrap(), ..line }
        }).collect();
        let Ok(order) = OrderDetails::new(parts(items, tax, shipping, discount)) else { return Ok(()) };
        let subtotal: i64 = order.parts().items.iter()
            .map(|item| item.sale_amount.unwrap_or(item.amount).get() * i64::from(item.quantity)).sum();
        let sums = order.totals();
        prop_assert_eq!(sums.subtotal.get(), subtotal);
        prop_assert_eq!(sums.total.get(), subtotal + tax + shipping.unwrap_or(0) - discount.unwrap_or(0));
        prop_assert!(sums.total.get() > 0);
        let json = serde_json::to_string(&order).unwrap();
        prop_assert_eq!(serde_json::from_str::<OrderDetails>(&json).unwrap(), order);
    }
}
