//! `endpoints.json`: where everything of a running system is, for people, tests and scripts.

use std::{collections::BTreeMap, path::Path};

use anyhow::Context as _;
use serde::Serialize;

use super::{
    REGION, demo,
    plan::{Plan, write_private},
};

/// Addresses, ids and the secrets of a local start.
#[derive(Serialize)]
pub struct Endpoints {
    /// Where Meta would call, GET and POST.
    pub webhook_url: String,
    /// The HTTP API.
    pub api_url: String,
    /// The WebSocket API, for clients.
    pub ws_url: String,
    /// The WebSocket API, for whoever pushes to its connections.
    pub ws_endpoint: String,
    /// The dashboard.
    pub dashboard_url: String,
    /// The simulator; the phone is at `/phone`.
    pub simulator_url: String,
    /// Meta's Graph API, as the functions know it.
    pub graph_base_url: String,
    /// The local AWS.
    pub aws_endpoint_url: String,
    /// The region.
    pub region: String,
    /// The stage.
    pub stage: String,
    /// The name of the table.
    pub table: String,
    /// The key that wraps the tenants' keys.
    pub kms_key_id: String,
    /// Signs webhooks.
    pub app_secret: String,
    /// Answers the webhook challenge.
    pub verify_token: String,
    /// Opens the simulator's Graph API.
    pub access_token: String,
    /// The demo shop's tenant.
    pub tenant: String,
    /// The demo shop's number, as Meta names it.
    pub phone_number_id: String,
    /// The demo shop's account.
    pub waba_id: String,
    /// The demo shop's number, as people see it.
    pub display_phone: String,
    /// The owner's phone.
    pub owner_phone: String,
    /// A customer's phone.
    pub customer_phone: String,
    /// Another customer's phone.
    pub second_customer_phone: String,
    /// Who logs in: an agent.
    pub dashboard_email: String,
    /// With what.
    pub dashboard_password: String,
    /// Everybody who can log in, with the same password.
    pub dashboard_emails: Vec<String>,
    /// What the functions print, each line after the function's name.
    pub functions_log: String,
    /// Every output of the stack: addresses of queues, names of secrets.
    pub outputs: BTreeMap<String, String>,
}

impl Endpoints {
    /// Puts together what the plan says and what the deployment gave.
    ///
    /// # Errors
    /// When an output is missing.
    pub fn new(plan: &Plan, outputs: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(outputs).with_context(|| format!("{} cannot be read", outputs.display()))?;
        let outputs: BTreeMap<String, String> = serde_json::from_str(&text).context("the stack's outputs are not understood")?;
        let output =
            |name: &str| outputs.get(name).cloned().with_context(|| format!("the stack has no output {name}; template.yaml must give it"));
        Ok(Self {
            webhook_url: output("webhook_url")?,
            api_url: output("api_url")?,
            ws_url: output("ws_url")?,
            ws_endpoint: output("ws_endpoint")?,
            dashboard_url: plan.dashboard_url(),
            simulator_url: plan.simulator_url(),
            graph_base_url: format!("{}/v24.0", plan.simulator_url()),
            aws_endpoint_url: plan.aws_url(),
            region: REGION.to_owned(),
            stage: plan.stage.to_owned(),
            table: output("TableName")?,
            kms_key_id: output("KmsKeyId")?,
            app_secret: plan.secrets.app_secret.clone(),
            verify_token: plan.secrets.verify_token.clone(),
            access_token: plan.secrets.access_token.clone(),
            tenant: demo::TENANT.to_owned(),
            phone_number_id: demo::PHONE_NUMBER_ID.to_owned(),
            waba_id: demo::WABA_ID.to_owned(),
            display_phone: demo::DISPLAY_PHONE.to_owned(),
            owner_phone: demo::OWNER.phone.to_owned(),
            customer_phone: demo::CUSTOMER.phone.to_owned(),
            second_customer_phone: demo::SECOND_CUSTOMER.phone.to_owned(),
            dashboard_email: demo::COLLEAGUES[1].email.to_owned(),
            dashboard_password: plan.secrets.password.clone(),
            dashboard_emails: demo::COLLEAGUES.iter().map(|colleague| colleague.email.to_owned()).collect(),
            functions_log: plan.folder.path().join("logs/functions.log").to_string_lossy().into_owned(),
            outputs,
        })
    }

    /// Writes the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, folder: &Path) -> anyhow::Result<()> {
        write_private(&folder.join("endpoints.json"), &(serde_json::to_string_pretty(self)? + "\n"))
    }

    /// The environment in which one of our programs finds the table of this system.
    pub fn environment(&self) -> [(&'static str, &str); 8] {
        [
            ("AWS_ENDPOINT_URL", &self.aws_endpoint_url),
            ("AWS_REGION", &self.region),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
            ("TABLE_NAME", &self.table),
            ("KMS_KEY_ID", &self.kms_key_id),
            ("STAGE", &self.stage),
        ]
    }
}
