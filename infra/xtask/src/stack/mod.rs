//! The whole system on this machine: the local AWS, our template in it, the simulator, the demo shop, the front.
//! `up` and `test` start it alike and differ in their [`Plan`] only.

mod configuration;
mod demo;
mod endpoints;
mod plan;

use std::{path::Path, process::Command, time::Duration};

use anyhow::Context as _;

use crate::{
    command, http, interrupt,
    prepare::Prepared,
    process::{self, Process},
    root, say,
};

pub use self::{
    endpoints::Endpoints,
    plan::{Kept, Plan, Ports, Secrets},
};

/// The region of everything.
const REGION: &str = "ap-south-1";
/// How long a server may take until it answers.
const READY_WITHIN: Duration = Duration::from_secs(30);
/// How long the local AWS may take to end: it ends its functions, and writes down what it keeps.
const END_WITHIN: Duration = Duration::from_secs(20);

/// A running system.
pub struct Stack {
    /// Where everything is.
    pub endpoints: Endpoints,
    // In the order of their start. The local AWS comes first and goes last.
    processes: Vec<Process>,
}

impl Stack {
    /// Starts everything and writes `endpoints.json` into the plan's folder.
    ///
    /// # Errors
    /// When a part does not start; those that did are stopped.
    pub fn start(plan: &Plan, prepared: &Prepared) -> anyhow::Result<Self> {
        // Addresses and lines of an earlier start would mislead.
        for file in ["endpoints.json", "logs/functions.log"] {
            let _ = std::fs::remove_file(plan.folder.path().join(file));
        }
        let mut processes = Vec::new();
        match start_all(plan, prepared, &mut processes) {
            Ok(endpoints) => Ok(Self { endpoints, processes }),
            Err(error) => {
                stop_all(processes);
                Err(error)
            }
        }
    }

    /// Waits until a signal asks us to stop.
    ///
    /// # Errors
    /// When a part ends before.
    pub fn wait(&mut self) -> anyhow::Result<()> {
        while !interrupt::requested() {
            for process in &mut self.processes {
                process.must_run()?;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }

    /// Stops everything, the local AWS last.
    pub fn stop(self) {
        stop_all(self.processes);
    }
}

fn stop_all(processes: Vec<Process>) {
    for process in processes.into_iter().rev() {
        process.stop(END_WITHIN);
    }
}

fn start_all(plan: &Plan, prepared: &Prepared, processes: &mut Vec<Process>) -> anyhow::Result<Endpoints> {
    let logs = plan.folder.path().join("logs");
    say::step("local AWS", || {
        let mut aws =
            Process::start("local AWS", launcher(plan, prepared).arg("--logs").arg(logs.join("functions.log")), &logs.join("aws.log"))?;
        let ready = http::wait_ready(&mut aws, plan.ports.aws, "/_ministack/health", READY_WITHIN);
        processes.push(aws);
        process::remember(plan.folder.path(), processes)?;
        ready
    })?;
    let outputs = plan.folder.path().join("outputs.json");
    say::step("template.yaml deployed", || {
        command::quiet(&mut deployer(plan, prepared, &outputs), &logs.join("deploy.log"))
            .with_context(|| format!("functions say why they do not start in {}", logs.join("functions.log").display()))
    })?;
    let endpoints = Endpoints::new(plan, &outputs)?;
    say::step("simulator, demo shop and front", || {
        for (name, port, configuration) in [
            ("simulator", plan.ports.simulator, configuration::simulator(plan, &endpoints)),
            ("front", plan.ports.front, configuration::front(plan, &endpoints)),
        ] {
            let file = configuration::write(plan.folder.path(), name, &configuration)?;
            let mut program = Command::new(prepared.binaries.join(name));
            let process = Process::start(name, program.arg("--config").arg(file), &logs.join(format!("{name}.log")))?;
            processes.push(process);
            process::remember(plan.folder.path(), processes)?;
            if let Some(process) = processes.last_mut() {
                http::wait_ready(process, port, "/health", READY_WITHIN)?;
            }
        }
        seed(plan, prepared, &endpoints, &logs)
    })?;
    endpoints.write(plan.folder.path())?;
    Ok(endpoints)
}

fn launcher(plan: &Plan, prepared: &Prepared) -> Command {
    let mut python = Command::new(&prepared.python);
    python.arg(root::path().join("infra/local/launch.py")).args(["--port", &plan.ports.aws.to_string()]);
    if plan.enforce_iam {
        python.arg("--enforce-iam");
    }
    if let Some(folder) = &plan.keep {
        python.arg("--persist").arg(folder);
    }
    python
}

fn deployer(plan: &Plan, prepared: &Prepared, outputs: &Path) -> Command {
    let mut python = Command::new(&prepared.python);
    python.arg(root::path().join("infra/local/deploy.py"));
    python.args(["--endpoint", &plan.aws_url(), "--stack", plan::STACK]);
    python.arg("--binaries").arg(&prepared.binaries);
    python.arg("--template").arg(root::path().join("template.yaml"));
    for (name, value) in plan.parameters() {
        python.arg("--parameter").arg(format!("{name}={value}"));
    }
    python.arg("--outputs").arg(outputs);
    python
}

fn seed(plan: &Plan, prepared: &Prepared, endpoints: &Endpoints, logs: &Path) -> anyhow::Result<()> {
    let file = configuration::write(plan.folder.path(), "seed", &configuration::seed(plan, endpoints))?;
    let mut seed = Command::new(prepared.binaries.join("seed"));
    seed.arg("--config").arg(file);
    // It starts as a function does: from the environment.
    for (name, value) in endpoints.environment() {
        seed.env(name, value);
    }
    command::quiet(&mut seed, &logs.join("seed.log"))
}
