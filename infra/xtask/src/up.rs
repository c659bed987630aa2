//! `cargo xtask up`: everything on this machine, one command.

use std::time::Instant;

use crate::{
    only_flags,
    prepare::{self, Programs, system},
    process::Folder,
    root, say,
    stack::{Kept, Plan, Ports, Secrets, Stack},
};

/// What the user is told about `--keep`.
const KEPT: &str = "\
Data are kept in target/local/state and come back at the next `cargo xtask up --keep`, on the same ports.
  Not kept: what happened after the last clean stop when the local AWS is killed, messages that functions hold at that
  moment, live connections (the dashboard makes new ones), and what the simulator shows: chats and /sent begin empty.
  To begin anew, delete target/local/state.";

/// Starts everything and stops it on Ctrl-C.
///
/// # Errors
/// When something does not start, or ends by itself.
pub fn run(arguments: &[String]) -> anyhow::Result<()> {
    only_flags(arguments, &["--keep", "--release"])?;
    let given = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let started = Instant::now();
    let folder = Folder::take(root::local())?;
    let programs = if given("--release") { Programs::Release } else { Programs::Dev };
    let prepared = prepare::everything(programs, &[system::COMPILER, system::PYTHON])?;

    let keep = given("--keep").then(|| folder.path().join("state"));
    let (ports, secrets) = match &keep {
        Some(state) => {
            let kept = Kept::open(state)?;
            (kept.ports, kept.secrets)
        }
        None => (Ports::usual()?, Secrets::fresh()?),
    };
    let plan = Plan {
        folder,
        stage: "local",
        enforce_iam: false,
        keep,
        ports,
        secrets,
        parameters: vec![("UnknownOutcomeWaitSeconds", "10".to_owned())],
        status_delay_ms: 400,
    };
    let mut stack = Stack::start(&plan, &prepared)?;
    tell(&stack, &plan, started);
    let result = stack.wait();
    say::line("\nstopping …");
    let stopping = Instant::now();
    stack.stop();
    let _ = std::fs::remove_file(plan.folder.path().join("endpoints.json"));
    say::line(format!("all stopped, {}", say::seconds(stopping.elapsed())));
    result
}

fn tell(stack: &Stack, plan: &Plan, started: Instant) {
    let at = &stack.endpoints;
    say::line(format!(
        "\nUp after {}. Ctrl-C stops everything.\n\n  \
         phone       {}/phone\n  \
         dashboard   {}\n                {} · {}\n  \
         webhook     {}\n  \
         API         {}\n  \
         WebSocket   {}\n  \
         AWS         {}   (any AWS client, keys test/test, region {})\n  \
         all of it   target/local/endpoints.json\n  \
         logs        target/local/logs (functions.log: what the functions print)\n",
        say::seconds(started.elapsed()),
        at.simulator_url,
        at.dashboard_url,
        at.dashboard_email,
        at.dashboard_password,
        at.webhook_url,
        at.api_url,
        at.ws_url,
        at.aws_endpoint_url,
        at.region,
    ));
    if plan.keep.is_some() {
        say::line(format!("{KEPT}\n"));
    }
    say::line(format!(
        "A first thing to try: open {}/phone, pick Asha, type: kitna stock hai Parle-G ka?\n\
         Then log in to the dashboard beside it and answer her yourself.\n",
        at.simulator_url
    ));
}
