//! The numbers of a business, with what is known of their hearing and what was last found of them.

use std::collections::HashMap;

use domain::{
    access::Action,
    tenant::{Number, NumberHealth, NumberId, NumberState, doctor::Report, silence::Pulse},
};
use store::TenantStore;

use super::one;
use crate::{authorise, error::Error, health, session::token::Identity};

/// A number and what is known of it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The number.
    pub number: Number,
    /// What its provider told of it.
    pub health: NumberHealth,
    /// When it was heard, and whether that is long ago.
    pub pulse: Option<Pulse>,
    /// What the last check found.
    pub report: Option<Report>,
}

/// All of them but those that were given up.
///
/// # Errors
/// [`Error::Forbidden`] when the role does not allow it.
pub async fn run(tenant: &TenantStore, identity: Identity) -> Result<Vec<Listed>, Error> {
    authorise::role(identity, Action::ManageNumbers)?;
    let numbers = tenant.numbers().await?.into_iter().map(|read| read.body);
    let numbers: Vec<Number> = numbers.filter(|number| number.state != NumberState::Disconnected).collect();
    let ids: Vec<NumberId> = numbers.iter().map(|number| number.id.clone()).collect();
    let (pulses, reports) = futures::try_join!(tenant.get_many::<Pulse>(&ids), tenant.get_many::<Report>(&ids))?;
    let told = futures::future::try_join_all(numbers.iter().map(|number| health::read(tenant, number))).await?;
    let mut pulses: HashMap<NumberId, Pulse> = pulses.into_iter().map(|pulse| (pulse.id.clone(), pulse)).collect();
    let mut reports: HashMap<NumberId, Report> = reports.into_iter().map(|report| (report.id.clone(), report)).collect();
    let listed = numbers.into_iter().zip(told).map(|(number, health)| Listed {
        pulse: pulses.remove(&number.id),
        report: reports.remove(&number.id),
        health,
        number,
    });
    Ok(listed.collect())
}

/// One of them.
///
/// # Errors
/// When the store fails or there is no such number.
pub async fn of(tenant: &TenantStore, id: &NumberId) -> Result<Listed, Error> {
    let number = one(tenant, id).await?.body;
    let (pulse, report) = futures::try_join!(tenant.get::<Pulse>(id), tenant.get::<Report>(id))?;
    let health = health::read(tenant, &number).await?;
    Ok(Listed { number, health, pulse: pulse.map(|read| read.body), report: report.map(|read| read.body) })
}
