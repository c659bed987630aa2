//! The local stack that `cargo xtask test` has started.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use aws_config::SdkConfig;
use serde::Deserialize;
use shared::objects::{self, Objects};
use store::{Keyring, Table};

use crate::tap::Tap;

/// Where the stack is and what it was told, as `endpoints.json` says.
#[derive(Clone, Debug, Deserialize)]
pub struct Endpoints {
    /// The webhook, as Meta calls it.
    pub webhook_url: String,
    /// The HTTP API.
    pub api_url: String,
    /// The WebSocket API.
    pub ws_url: String,
    /// The simulator of the outside world.
    pub simulator_url: String,
    /// The local AWS.
    pub aws_endpoint_url: String,
    /// The table.
    pub table: String,
    /// The key that wraps the tenants' keys.
    pub kms_key_id: String,
    /// What Meta signs with.
    pub app_secret: String,
    /// What Meta asks for.
    pub verify_token: String,
    /// The demo shop's number.
    pub phone_number_id: String,
    /// Its account.
    pub waba_id: String,
    /// Its owner.
    pub owner_phone: String,
    /// One of its customers.
    pub customer_phone: String,
    /// A colleague.
    pub dashboard_email: String,
    /// The colleague's password.
    pub dashboard_password: String,
    /// The file the functions log to.
    pub functions_log: String,
    /// Every output of the stack.
    pub outputs: BTreeMap<String, String>,
}

/// The stack, with clients that can be counted and cut.
#[derive(Clone, Debug)]
pub struct Stack {
    /// Where it is.
    pub endpoints: Endpoints,
    /// The folder of its addresses, for what tests leave each other.
    pub folder: PathBuf,
    sdk: SdkConfig,
}

impl Stack {
    /// The stack `TARUN_ENDPOINTS` leads to.
    ///
    /// # Panics
    /// When there is none: `cargo xtask test` starts one.
    #[expect(clippy::disallowed_methods, reason = "this is how the test command tells where the stack is")]
    pub async fn find() -> Self {
        let path = std::env::var("TARUN_ENDPOINTS").expect("TARUN_ENDPOINTS names no stack: run `cargo xtask test`");
        let json = std::fs::read_to_string(&path).expect("the file TARUN_ENDPOINTS names does not read");
        let endpoints: Endpoints = serde_json::from_str(&json).expect("endpoints.json does not read");
        let credentials = aws_credential_types::Credentials::new("test", "test", None, None, "tests");
        let sdk = shared::boot::sdk("ap-south-1".to_owned(), Some(endpoints.aws_endpoint_url.clone())).await.expect("no AWS configuration");
        let provider = aws_credential_types::provider::SharedCredentialsProvider::new(credentials);
        let sdk = sdk.into_builder().credentials_provider(provider).build();
        let folder = Path::new(&path).parent().map(Path::to_owned).unwrap_or_default();
        Self { endpoints, folder, sdk }
    }

    /// The configuration of plain clients.
    #[must_use]
    pub fn sdk(&self) -> &SdkConfig {
        &self.sdk
    }

    /// The table, through a tap.
    #[must_use]
    pub fn table(&self, tap: &Tap) -> Table {
        let kms = aws_sdk_kms::Client::from_conf(aws_sdk_kms::config::Builder::from(&self.sdk).interceptor(tap.clone()).build());
        Table::new(self.dynamodb(tap), self.endpoints.table.clone(), Keyring::new(kms, self.endpoints.kms_key_id.clone()))
    }

    /// A DynamoDB client, through a tap.
    #[must_use]
    pub fn dynamodb(&self, tap: &Tap) -> aws_sdk_dynamodb::Client {
        aws_sdk_dynamodb::Client::from_conf(aws_sdk_dynamodb::config::Builder::from(&self.sdk).interceptor(tap.clone()).build())
    }

    /// The files, through a tap.
    ///
    /// # Panics
    /// When the stack has no bucket.
    #[must_use]
    pub fn objects(&self, tap: &Tap) -> Objects {
        let client = aws_sdk_s3::Client::from_conf(objects::settings(&self.sdk).interceptor(tap.clone()).build());
        Objects::new(client, self.endpoints.outputs.get("BucketName").expect("the stack has no bucket"))
    }

    /// An SQS client, through a tap.
    #[must_use]
    pub fn sqs(&self, tap: &Tap) -> aws_sdk_sqs::Client {
        aws_sdk_sqs::Client::from_conf(aws_sdk_sqs::config::Builder::from(&self.sdk).interceptor(tap.clone()).build())
    }
}
