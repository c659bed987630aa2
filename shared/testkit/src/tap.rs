//! A tap on AWS clients: counts every call, and can cut the function off at the n-th, as a killed Lambda would be.

use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        interceptors::{Intercept, context::BeforeSerializationInterceptorContextRef},
        orchestrator::Metadata,
        runtime_components::RuntimeComponents,
    },
};
use aws_smithy_types::config_bag::ConfigBag;

use crate::meter::{self, Touched};

/// One call, to AWS or to a provider.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The service, such as `DynamoDB`.
    pub service: String,
    /// The operation, such as `PutItem`.
    pub operation: String,
    /// What it touched of the table.
    pub touched: Touched,
}

/// Counts calls and cuts them off. Clones share the count.
#[derive(Clone, Debug, Default)]
pub struct Tap(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    calls: Vec<Call>,
    cut_at: Option<usize>,
}

/// The function was killed here.
#[derive(Debug)]
pub struct Killed;

impl std::fmt::Display for Killed {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("killed by the test")
    }
}

impl std::error::Error for Killed {}

impl Tap {
    /// From now on the `n`-th call (counted from 1) and all after it fail before they are made: what a kill between two lines does.
    pub fn kill_at(&self, n: usize) {
        let mut state = self.state();
        state.calls.clear();
        state.cut_at = Some(n);
    }

    /// Calls go through again; the count starts anew.
    pub fn heal(&self) {
        *self.state() = State::default();
    }

    /// The calls made since the count started.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.state().calls.clone()
    }

    /// Whether the function was killed.
    #[must_use]
    pub fn killed(&self) -> bool {
        let state = self.state();
        state.cut_at.is_some_and(|at| state.calls.len() >= at)
    }

    /// Counts a call that is no AWS call.
    ///
    /// # Errors
    /// When the function has been killed.
    pub fn pass(&self, service: &str, operation: &str) -> Result<(), Killed> {
        self.count(Call { service: service.to_owned(), operation: operation.to_owned(), touched: Touched::Nothing })
    }

    fn count(&self, call: Call) -> Result<(), Killed> {
        let mut state = self.state();
        state.calls.push(call);
        if state.cut_at.is_some_and(|at| state.calls.len() >= at) { Err(Killed) } else { Ok(()) }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Intercept for Tap {
    fn name(&self) -> &'static str {
        "Tap"
    }

    fn read_before_serialization(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let (service, operation) = bag.load::<Metadata>().map_or(("?", "?"), |metadata| (metadata.service(), metadata.name()));
        let call = Call { service: service.to_owned(), operation: operation.to_owned(), touched: meter::touched(context.input()) };
        self.count(call).map_err(Into::into)
    }
}
