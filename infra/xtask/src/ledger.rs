//! `cargo xtask ledger`: calls to AWS and capacity units per message, as the test of the ledger measures them.

use crate::{
    command, only_flags,
    prepare::{Programs, system},
    root, say, test,
};

/// Runs the tests named `ledger` against a stack of their own and shows what they print.
///
/// # Errors
/// When a number is not what it must be.
pub fn run(arguments: &[String]) -> anyhow::Result<()> {
    only_flags(arguments, &[])?;
    let stack = test::start(Programs::DevWithTests, &[system::COMPILER, system::PYTHON])?;
    let result = say::step("ledger", || {
        let mut cargo = root::cargo();
        cargo.args(["test", "--workspace", "--test", "it", "ledger", "--", "--nocapture", "--test-threads=1"]);
        command::run(cargo.env(test::ENDPOINTS, test::folder().join("endpoints.json")))
    });
    stack.stop();
    result
}
