//! Cards of people.

use domain::{
    messaging::inbound::{Card, CardPhone},
    text::Text,
};

use super::message::phone;
use crate::whatsapp::fields::Fields;

/// How many cards one message may bring.
const CARDS_MAX: usize = 50;
/// How many phones, addresses and so on of one card are kept.
const PARTS_MAX: usize = 10;

/// Reads the cards of a message.
pub(super) fn read(fields: &mut Fields<'_, '_>) -> Vec<Card> {
    fields.objects("contacts", CARDS_MAX).into_iter().map(|mut found| card(&mut found)).collect()
}

fn card(found: &mut Fields<'_, '_>) -> Card {
    let mut phones = Vec::new();
    for mut line in found.objects("phones", PARTS_MAX) {
        if let Some(number) = line.text("phone").or_else(|| Text::cut(&line.word("wa_id")?)) {
            phones.push(CardPhone { phone: number, kind: line.text("type"), whatsapp: phone(&mut line, "wa_id") });
        }
    }
    Card {
        // The parts of the name stand in the formatted one; a value that has more than that is kept as it came.
        name: found.object("name").and_then(|mut name| name.text("formatted_name")),
        phones,
        emails: found.objects("emails", PARTS_MAX).iter_mut().filter_map(|line| line.text("email")).collect(),
        work: found.object("org").and_then(|mut org| joined(&mut org, &["company", "department", "title"])),
        addresses: {
            let parts = ["street", "city", "state", "zip", "country"];
            found.objects("addresses", PARTS_MAX).iter_mut().filter_map(|line| joined(line, &parts)).collect()
        },
        urls: found.objects("urls", PARTS_MAX).iter_mut().filter_map(|line| line.text("url")).collect(),
        birthday: found.text("birthday"),
    }
}

fn joined<const MAX: usize>(found: &mut Fields<'_, '_>, names: &[&str]) -> Option<Text<MAX>> {
    let parts: Vec<_> = names.iter().filter_map(|name| found.word(name)).filter(|part| !part.trim().is_empty()).collect();
    Text::cut(&parts.join(", "))
}
