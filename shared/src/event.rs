//! Functions that take one event and answer it: streams, schedules, live connections.

use domain::class::Classify;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::sqs::chain;

/// An event whose content does not matter.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Anything {}

/// The answer of a function that has nothing to say; to a stream it means that no record is to come again.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Done {
    batch_item_failures: Vec<String>,
}

/// Answers events for the life of the function.
///
/// # Errors
/// When the runtime ends.
pub async fn run<A, I, O, E, H>(app: &A, handle: H) -> Result<(), Error>
where
    I: DeserializeOwned,
    O: Serialize,
    E: Classify,
    H: AsyncFn(&A, I) -> Result<O, E>,
{
    let handle = &handle;
    let one = service_fn(move |event: LambdaEvent<I>| async move {
        match handle(app, event.payload).await {
            Ok(answer) => Ok::<O, Error>(answer),
            Err(error) => {
                tracing::error!(code = error.code(), chain = chain(&error), "an event failed and will be tried again");
                Err(error.code().into())
            }
        }
    });
    lambda_runtime::run(one).await
}
