//! What to do about a message that failed: Meta's numbers, answered for the people who wait for the reply.

use crate::messaging::status::Failure;

impl Failure {
    /// What to do about it, in one or two sentences.
    #[must_use]
    pub const fn advice(&self) -> &'static str {
        match self.code {
            0 => "Nobody can tell whether it arrived. Ask the customer before you send it again.",
            131_047 => "The customer last wrote more than 24 hours ago. Send an approved template, or wait until they write again.",
            131_026 => {
                "This phone cannot be reached on WhatsApp: not registered, too old a version, or it blocks you. Try a call or an SMS."
            }
            131_049 => "WhatsApp held it back because this customer gets many promotions. Wait at least a day before you try again.",
            131_050 => "The customer has stopped promotions from you. Send none until they ask for them again.",
            131_056 => "Too many messages went to this customer in a short time. Wait a minute, then send it again.",
            130_429 | 4 | 80_007 => "More messages were sent than WhatsApp lets through. Wait a minute, then send it again.",
            131_064 => "Your number has reached its limit of customers for today. Wait until tomorrow, or answer those who write to you.",
            190 => "WhatsApp no longer accepts the access token of this number. Ask the owner to connect the number again.",
            10 | 131_005 | 200..=299 => "A permission of this number was taken away. Ask the owner to connect the number again.",
            131_042 => "WhatsApp could not charge the business. Ask the owner to check the payment method in WhatsApp Manager.",
            368 | 131_031 => "WhatsApp has restricted this account. Ask the owner to look into WhatsApp Manager.",
            131_051 | 131_062 => "WhatsApp cannot deliver this kind of message to this customer. Send it as plain text.",
            131_000 | 131_016 | 131_057 => "WhatsApp was out of order for a moment. Send it again.",
            _ => "WhatsApp did not deliver it. Send it again; if it fails once more, tell support the code.",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::text::Text;

    fn advice(code: i64) -> &'static str {
        Failure { code, title: Text::new("Error").unwrap(), details: None }.advice()
    }

    #[test]
    fn common_failures_have_advice_of_their_own() {
        let common = [0, 131_047, 131_026, 131_049, 131_056, 130_429, 190, 131_042];
        let general = advice(999_999);
        let told: HashSet<&str> = common.into_iter().map(advice).collect();
        assert_eq!(told.len(), common.len());
        assert!(!told.contains(general));
    }

    #[test]
    fn all_permissions_are_one_thing_to_people() {
        assert_eq!(advice(10), advice(200));
        assert_eq!(advice(10), advice(299));
        assert_ne!(advice(10), advice(300));
    }
}
