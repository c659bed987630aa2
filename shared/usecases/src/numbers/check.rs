//! A number is checked: its provider is asked everything that tells why it might be deaf or dumb, and the answers are judged.

use domain::{
    tenant::{
        Number, NumberId,
        doctor::{Facts, NumberFacts, Report, Told, examine},
        silence::Pulse,
    },
    time::{Moment, SignedDuration},
};
use secrecy::ExposeSecret as _;
use store::{Table, TenantStore};

use super::{Desk, connect, list::Listed, note_rate, one, token_of};
use crate::{error::Error, health};

/// How long after a check the next one may follow: Meta counts what is asked of an account.
const PAUSE: SignedDuration = SignedDuration::from_secs(5);

/// Checks a number. From now on the next webhook of it is noted at once, so that the next check can tell whether one has come.
///
/// # Errors
/// [`Error::Busy`] right after another check.
pub async fn run(at: &Moment, table: &Table, tenant: &TenantStore, desk: &Desk<'_>, id: &NumberId) -> Result<Listed, Error> {
    let pulse = tenant.get::<Pulse>(id).await?;
    if pulse.as_ref().and_then(|read| read.body.asked).is_some_and(|asked| at.now.duration_since(asked) < PAUSE) {
        return Err(Error::Busy);
    }
    look(at, table, tenant, desk, id).await
}

/// The same, however short ago the last one was: after something was mended.
pub(super) async fn look(at: &Moment, table: &Table, tenant: &TenantStore, desk: &Desk<'_>, id: &NumberId) -> Result<Listed, Error> {
    let read = one(tenant, id).await?;
    let token = token_of(tenant, id).await?;
    let callback = desk.callback(&read.body);
    let facts = desk.office(&read.body).examine(&read.body, token.expose_secret(), &desk.ours(&callback, None)).await;
    let number = learn(&read.body, &facts);
    if number != read.body {
        tenant.update(&number, read.version).await?;
    }
    if let Some(Told::Said(NumberFacts { messages_per_second: Some(rate), .. })) = &facts.number {
        note_rate(at, tenant, id, *rate).await?;
    }
    let pulse = tenant.get::<Pulse>(id).await?;
    let findings = examine(&facts, &callback, pulse.as_ref().map(|read| &read.body), at.now);
    let report = Report { id: id.clone(), at: at.now, findings };
    tenant.keep_report(&report).await?;
    let pulse = ask(at, tenant, id).await?;
    table.directory().listen(id, tenant.id()).await?;
    let health = health::read(tenant, &number).await?;
    Ok(Listed { number, health, pulse: Some(pulse), report: Some(report) })
}

/// Notes that a sign of life is asked for.
async fn ask(at: &Moment, tenant: &TenantStore, id: &NumberId) -> Result<Pulse, Error> {
    let asked = |pulse| Pulse { asked: Some(at.now), ..pulse };
    let pulse = if let Some(read) = tenant.get::<Pulse>(id).await? {
        let pulse = asked(read.body);
        tenant.update(&pulse, read.version).await?;
        pulse
    } else {
        let pulse = asked(connect::pulse(at, id));
        tenant.create(&pulse).await?;
        pulse
    };
    Ok(pulse)
}

/// The number with what its provider says of it now; what it does not say stays.
fn learn(number: &Number, facts: &Facts) -> Number {
    let Some(Told::Said(NumberFacts { phone, coexistence, messages_per_second, .. })) = &facts.number else { return number.clone() };
    Number {
        display_phone: phone.unwrap_or(number.display_phone),
        coexistence: coexistence.unwrap_or(number.coexistence),
        messages_per_second: messages_per_second.unwrap_or(number.messages_per_second),
        ..number.clone()
    }
}
