//! How a function starts: logging, clients, secrets, each only if asked for; what is missing is named before the first message.

use std::sync::Arc;

use aws_config::{BehaviorVersion, Region, SdkConfig, retry::RetryConfig, timeout::TimeoutConfig};
use aws_smithy_http_client::{
    Builder,
    tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode},
};
use domain::time::{Moment, Timestamp};
use providers::{Channels, Offices, aisensy::AiSensy, dialog360::Dialog360, interakt::Interakt, whatsapp::CloudApi};
use store::{Keyring, Table};

use crate::{
    config,
    dead_letters::DeadLetterQueues,
    live::Live,
    objects::{self, Objects},
    queues::{Addresses, Queues},
    secrets::Secret,
    telemetry,
};

/// The roots of AWS's own certificates: parsing these five takes a tenth of what the system's store takes.
const AMAZON_ROOTS: &[u8] = include_bytes!("roots/amazon.pem");

/// Why a function does not start.
pub type BootError = lambda_runtime::Error;

/// A function that is starting.
#[derive(Debug)]
pub struct Boot {
    sdk: SdkConfig,
}

impl Boot {
    /// Starts logging and reads what every function needs.
    ///
    /// # Errors
    /// When the TLS back end cannot be set up or a variable does not read.
    pub async fn start(name: &'static str) -> Result<Self, BootError> {
        telemetry::start(&config::optional::<String>("RUST_LOG")?.unwrap_or_else(|| "info".to_owned()));
        std::panic::set_hook(Box::new(move |panic| {
            // Where, and not with what: a panic's words may quote what a person wrote.
            let place = panic.location().map_or_else(String::new, ToString::to_string);
            tracing::error!(function = name, place, "panic");
        }));
        let region = config::optional("AWS_REGION")?.unwrap_or_else(|| "ap-south-1".to_owned());
        Ok(Self { sdk: sdk(region, config::optional("AWS_ENDPOINT_URL")?).await? })
    }

    /// The table, for functions that seal and open nothing.
    ///
    /// # Errors
    /// When `TABLE_NAME` is missing.
    pub fn table(&self) -> Result<Table, BootError> {
        self.table_with(Keyring::default())
    }

    /// The table with the tenants' keys.
    ///
    /// # Errors
    /// When `TABLE_NAME` or `KMS_KEY_ID` is missing.
    pub fn table_with_keys(&self) -> Result<Table, BootError> {
        self.table_with(Keyring::new(aws_sdk_kms::Client::new(&self.sdk), config::required("KMS_KEY_ID")?))
    }

    fn table_with(&self, keyring: Keyring) -> Result<Table, BootError> {
        Ok(Table::new(aws_sdk_dynamodb::Client::new(&self.sdk), config::required("TABLE_NAME")?, keyring))
    }

    /// The queues at these addresses.
    #[must_use]
    pub fn queues(&self, addresses: Addresses) -> Queues {
        Queues::new(aws_sdk_sqs::Client::new(&self.sdk), addresses)
    }

    /// The dead letters of the queues, by `DEAD_LETTERS`.
    ///
    /// # Errors
    /// When the variable is missing.
    pub fn dead_letters(&self) -> Result<DeadLetterQueues, BootError> {
        let addresses: String = config::required("DEAD_LETTERS")?;
        let addresses: Vec<String> = addresses.split(',').map(ToOwned::to_owned).collect();
        Ok(DeadLetterQueues::new(aws_sdk_sqs::Client::new(&self.sdk), &addresses))
    }

    /// The secret whose name stands in this variable.
    ///
    /// # Errors
    /// When the variable is missing or the secret cannot be read.
    pub async fn secret(&self, variable: &str) -> Result<Secret, BootError> {
        let client = aws_sdk_secretsmanager::Client::new(&self.sdk);
        Ok(Secret::fetch(client, config::required(variable)?, now()).await?)
    }

    /// The files, in `BUCKET_NAME`.
    ///
    /// # Errors
    /// When the variable is missing.
    pub fn objects(&self) -> Result<Objects, BootError> {
        Ok(Objects::new(objects::client(&self.sdk), &config::required::<String>("BUCKET_NAME")?))
    }

    /// Live connections, by `WEBSOCKET_ENDPOINT`.
    ///
    /// # Errors
    /// When the variable is missing.
    pub fn live(&self) -> Result<Live, BootError> {
        let endpoint: String = config::required("WEBSOCKET_ENDPOINT")?;
        let config = aws_sdk_apigatewaymanagement::config::Builder::from(&self.sdk).endpoint_url(endpoint).build();
        Ok(Live::new(aws_sdk_apigatewaymanagement::Client::from_conf(config)))
    }

    /// WhatsApp's Cloud API, at `GRAPH_BASE_URL`.
    ///
    /// # Errors
    /// When the variable is missing or the TLS back end cannot be set up.
    pub fn cloud_api(&self) -> Result<Arc<CloudApi>, BootError> {
        Ok(Arc::new(CloudApi::new(providers::http::client()?, &config::required::<String>("GRAPH_BASE_URL")?)))
    }

    /// Every way to send: WhatsApp's Cloud API at `GRAPH_BASE_URL`, and the partners at addresses of their own.
    ///
    /// # Errors
    /// When a variable is missing or the TLS back end cannot be set up.
    pub fn channels(&self) -> Result<Arc<Channels>, BootError> {
        let Providers { cloud_api, dialog360, interakt, aisensy } = providers()?;
        Ok(Arc::new(Channels { cloud_api, dialog360, interakt, aisensy }))
    }

    /// The places where numbers are looked after, at the same addresses.
    ///
    /// # Errors
    /// When a variable is missing or the TLS back end cannot be set up.
    pub fn offices(&self) -> Result<Offices, BootError> {
        let Providers { cloud_api, dialog360, interakt, aisensy } = providers()?;
        Ok(Offices { cloud_api, dialog360, interakt, aisensy })
    }
}

/// What the addresses of all providers are read from.
struct Providers {
    cloud_api: Arc<CloudApi>,
    dialog360: Arc<Dialog360>,
    interakt: Arc<Interakt>,
    aisensy: Arc<AiSensy>,
}

fn providers() -> Result<Providers, BootError> {
    let http = providers::http::client()?;
    let base = |name| config::required::<String>(name);
    Ok(Providers {
        cloud_api: Arc::new(CloudApi::new(http.clone(), &base("GRAPH_BASE_URL")?)),
        dialog360: Arc::new(Dialog360::new(http.clone(), &base("DIALOG360_BASE_URL")?)),
        interakt: Arc::new(Interakt::new(http.clone(), &base("INTERAKT_BASE_URL")?)),
        aisensy: Arc::new(AiSensy::new(http, &base("AISENSY_BASE_URL")?)),
    })
}

/// The configuration of the AWS clients: credentials of the environment, our own TLS roots, a short patience.
///
/// # Errors
/// When the TLS back end cannot be set up.
pub async fn sdk(region: String, endpoint: Option<String>) -> Result<SdkConfig, BootError> {
    let roots = TrustStore::empty().with_pem_certificate(AMAZON_ROOTS);
    let tls = TlsContext::builder().with_trust_store(roots).build()?;
    let http = Builder::new().tls_provider(Provider::Rustls(CryptoMode::AwsLc)).tls_context(tls).build_https();
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(std::time::Duration::from_secs(2))
        .operation_attempt_timeout(std::time::Duration::from_secs(5))
        .build();
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .http_client(http)
        .region(Region::new(region))
        .credentials_provider(aws_config::environment::EnvironmentVariableCredentialsProvider::new())
        .retry_config(RetryConfig::standard().with_max_attempts(3))
        .timeout_config(timeouts);
    if let Some(endpoint) = endpoint {
        loader = loader.endpoint_url(endpoint);
    }
    Ok(loader.load().await)
}

/// The clock of the system: read here and nowhere else. A test may put a simulated one in its place.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the one place")]
pub fn now() -> Timestamp {
    usecases::clock::simulated().unwrap_or_else(Timestamp::now)
}

/// The moment of an invocation, or of one message of it: the time, and fresh ids.
///
/// # Panics
/// When the operating system has no randomness, without which nothing can be kept apart or secret.
#[must_use]
pub fn moment() -> Moment {
    let mut seed = [0; 16];
    #[expect(clippy::expect_used, reason = "without randomness nothing may go on")]
    getrandom::fill(&mut seed).expect("the operating system has no randomness");
    Moment::new(now(), seed)
}
