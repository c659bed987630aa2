//! How an order is paid: the settings WhatsApp takes in India.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    ContentError, Link, Problem,
    error::{all_differ, count},
    limited::Limited,
};

/// The longest UPI address, in bytes.
const UPI_LINK_MAX: usize = 1000;
/// The most notes Razorpay keeps with a payment.
const NOTES_MAX: usize = 15;

/// The name of a payment configuration at WhatsApp.
pub type ConfigurationName = Limited<60>;
/// A word of ours that comes back from a gateway.
pub type GatewayText = Limited<256>;

/// How an order is paid: exactly one way.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum PaymentSettings {
    /// Through a gateway connected to WhatsApp; WhatsApp tells us when it is paid.
    #[serde(rename = "g")]
    Gateway(Gateway),
    /// Through a UPI address of ours; only the bank tells us when it is paid.
    #[serde(rename = "u")]
    UpiIntent(UpiLink),
    /// On a page of a gateway; only the gateway tells us when it is paid.
    #[serde(rename = "l")]
    PaymentLink(Link),
    /// Through the UPI address of a payment configuration.
    #[serde(rename = "s")]
    StaticVpa(ConfigurationName),
}

/// A gateway connected to WhatsApp.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Gateway {
    /// The payment configuration.
    #[serde(rename = "c")]
    pub configuration: ConfigurationName,
    /// Which gateway, and what it is told.
    #[serde(rename = "w")]
    pub provider: GatewayProvider,
    /// The ways of paying to be shown first.
    #[serde(rename = "p", default, skip_serializing_if = "Vec::is_empty")]
    pub preferred: Vec<UpiApp>,
    /// The ways of paying that are open; all when empty.
    #[serde(rename = "o", default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<PaymentOption>,
}

/// The gateways WhatsApp knows, each with the words of ours it gives back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum GatewayProvider {
    /// Razorpay.
    #[serde(rename = "r")]
    Razorpay {
        /// Our receipt number.
        #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
        receipt: Option<Limited<40>>,
        /// Notes, at most fifteen.
        #[serde(rename = "n", default, skip_serializing_if = "Vec::is_empty")]
        notes: Vec<(GatewayText, GatewayText)>,
    },
    /// `PayU`: `udf1` to `udf4`.
    #[serde(rename = "p")]
    PayU(Vec<GatewayText>),
    /// `BillDesk`: `additional_info1` to `additional_info7`.
    #[serde(rename = "b")]
    Billdesk(Vec<GatewayText>),
    /// Zaakpay: `extra1` and `extra2`.
    #[serde(rename = "z")]
    Zaakpay(Vec<GatewayText>),
}

/// A way of paying to be shown first.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "each name says it all: they are brands")]
pub enum UpiApp {
    Gpay,
    Phonepe,
    Paytm,
    Amazonpay,
    Cred,
    Mobikwik,
}

/// A way of paying.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PaymentOption {
    /// UPI within WhatsApp.
    Upi,
    /// The page of the gateway.
    Web,
}

/// A UPI address without an amount: WhatsApp adds the order's total.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UpiLink(String);

impl UpiApp {
    /// WhatsApp's name of it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gpay => "gpay",
            Self::Phonepe => "phonepe",
            Self::Paytm => "paytm",
            Self::Amazonpay => "amazonpay",
            Self::Cred => "cred",
            Self::Mobikwik => "mobikwik",
        }
    }
}

impl PaymentOption {
    /// WhatsApp's name of it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Upi => "upi",
            Self::Web => "web",
        }
    }
}

impl GatewayProvider {
    /// WhatsApp's name of it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Razorpay { .. } => "razorpay",
            Self::PayU(_) => "payu",
            Self::Billdesk(_) => "billdesk",
            Self::Zaakpay(_) => "zaakpay",
        }
    }
}

impl PaymentSettings {
    /// Checks what the parts cannot check by themselves.
    pub(super) fn check(&self) -> Result<(), ContentError> {
        let Self::Gateway(gateway) = self else {
            return Ok(());
        };
        all_differ("payment.gateway.preferred", gateway.preferred.iter().map(|app| app.name()))?;
        all_differ("payment.gateway.options", gateway.options.iter().map(|option| option.name()))?;
        match &gateway.provider {
            GatewayProvider::Razorpay { notes, .. } => {
                count("payment.gateway.notes", notes.len(), 0, NOTES_MAX)?;
                all_differ("payment.gateway.notes", notes.iter().map(|(key, _)| key.as_str()))
            }
            GatewayProvider::PayU(texts) => count("payment.gateway.extra", texts.len(), 0, 4),
            GatewayProvider::Billdesk(texts) => count("payment.gateway.extra", texts.len(), 0, 7),
            GatewayProvider::Zaakpay(texts) => count("payment.gateway.extra", texts.len(), 0, 2),
        }
    }
}

impl UpiLink {
    /// Checks an address.
    ///
    /// # Errors
    /// Refuses anything but `upi://pay` with a payee, and one with an amount.
    pub fn new(raw: &str) -> Result<Self, Problem> {
        let shape = Problem::Shape("a upi://pay?pa=… address without an amount (am=), of at most 1000 bytes");
        let query = raw.strip_prefix("upi://pay?").ok_or(shape)?;
        let names: Vec<&str> = query.split('&').map(|pair| pair.split('=').next().unwrap_or_default()).collect();
        let payee = query.split('&').any(|pair| pair.strip_prefix("pa=").is_some_and(|payee| !payee.is_empty()));
        let plain = raw.bytes().all(|byte| byte.is_ascii_graphic());
        let shaped = payee && plain && raw.len() <= UPI_LINK_MAX && !names.iter().any(|name| name.eq_ignore_ascii_case("am"));
        if shaped { Ok(Self(raw.to_owned())) } else { Err(shape) }
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for UpiLink {
    type Error = Problem;
    fn try_from(raw: String) -> Result<Self, Problem> {
        Self::new(&raw)
    }
}

impl From<UpiLink> for String {
    fn from(link: UpiLink) -> Self {
        link.0
    }
}

impl fmt::Debug for UpiLink {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("UpiLink(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_upi_address_has_a_payee_and_no_amount() {
        assert!(UpiLink::new("upi://pay?pa=examplehomes@okbank&pn=Example%20Homes&mc=5399&purpose=00&tr=INV20260042").is_ok());
        for bad in [
            "",
            "upi://pay",
            "upi://pay?pn=x",
            "upi://pay?pa=",
            "upi://pay?pa=a@b&am=10",
            "upi://pay?AM=1&pa=a@b",
            "https://x.in",
            "upi://pay?pa=a b",
        ] {
            assert!(UpiLink::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn gateways_take_only_so_many_words() {
        let settings = |provider| {
            let configuration = ConfigurationName::new("prod").unwrap();
            PaymentSettings::Gateway(Gateway { configuration, provider, preferred: vec![UpiApp::Gpay], options: vec![] }).check()
        };
        let texts = |count: usize| vec![GatewayText::new("x").unwrap(); count];
        assert!(settings(GatewayProvider::PayU(texts(4))).is_ok() && settings(GatewayProvider::PayU(texts(5))).is_err());
        assert!(settings(GatewayProvider::Billdesk(texts(7))).is_ok() && settings(GatewayProvider::Billdesk(texts(8))).is_err());
        assert!(settings(GatewayProvider::Zaakpay(texts(2))).is_ok() && settings(GatewayProvider::Zaakpay(texts(3))).is_err());
        let notes =
            |count: usize| (0..count).map(|key| (GatewayText::new(&key.to_string()).unwrap(), GatewayText::new("v").unwrap())).collect();
        let razorpay = |notes| settings(GatewayProvider::Razorpay { receipt: None, notes });
        assert!(razorpay(notes(15)).is_ok() && razorpay(notes(16)).is_err());
        assert_eq!(razorpay([notes(1), notes(1)].concat()).unwrap_err().field, "payment.gateway.notes");
    }
}
