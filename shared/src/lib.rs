//! The one crate a function names: it wires what the layers below provide to the Lambda runtime.

pub mod boot;
pub mod changes;
pub mod config;
pub mod dead_letters;
pub mod event;
pub mod http;
pub mod live;
pub mod metrics;
pub mod objects;
pub mod queues;
pub mod secrets;
pub mod sqs;
mod telemetry;

pub use domain;
pub use lambda_runtime::Error as LambdaError;
pub use providers;
pub use store;
pub use usecases;
