//! The rules. One crate is one row: which crates of the workspace it may use, and which of the outside world it must not.

use super::metadata::{Dependency, Metadata, Package};

/// What a crate is, by its folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Domain,
    Store,
    Providers,
    Usecases,
    Shared,
    Testkit,
    Function,
    Seed,
    Tool,
    Tests,
    Unknown,
}

/// Every arrow that must not be, in words.
pub fn violations(metadata: &Metadata) -> Vec<String> {
    let mut wrong = Vec::new();
    for package in &metadata.packages {
        let role = role(&package.folder(&metadata.workspace_root));
        if role == Role::Unknown {
            wrong.push(format!("{}: no rule knows its folder; give it a role in infra/xtask/src/layers/rules.rs", package.name));
            continue;
        }
        for dependency in &package.dependencies {
            let target = metadata.packages.iter().find(|other| dependency.path.is_some() && other.name == dependency.name);
            let reason = match target {
                Some(target) => inside(role, dependency, target, metadata),
                None => outside(role, dependency),
            };
            if let Some(reason) = reason {
                let dev = if dependency.is_for_tests() { " (for tests)" } else { "" };
                wrong.push(format!("{} → {}{dev}: {reason}", package.name, dependency.name));
            }
        }
    }
    wrong
}

fn role(folder: &str) -> Role {
    match folder {
        "shared/domain" => Role::Domain,
        "shared/store" => Role::Store,
        "shared/providers" => Role::Providers,
        "shared/usecases" => Role::Usecases,
        "shared" => Role::Shared,
        "shared/testkit" => Role::Testkit,
        "tests" => Role::Tests,
        "infra/seed" => Role::Seed,
        "infra/xtask" | "infra/simulator" | "infra/front" => Role::Tool,
        _ if folder.strip_prefix("functions/").is_some_and(|name| !name.contains('/')) => Role::Function,
        _ => Role::Unknown,
    }
}

/// Why a crate of the workspace must not be used; nothing when it may.
fn inside(from: Role, dependency: &Dependency, target: &Package, metadata: &Metadata) -> Option<String> {
    let to = role(&target.folder(&metadata.workspace_root));
    if from == Role::Tests {
        return None;
    }
    if to == Role::Function {
        return Some("nothing depends on a function; what two functions share belongs into a use case".to_owned());
    }
    if to == Role::Testkit {
        let may = dependency.is_for_tests() && !matches!(from, Role::Tool);
        return (!may).then(|| "testkit is for tests: make it a dev-dependency".to_owned());
    }
    let allowed: &[Role] = match from {
        Role::Domain | Role::Tool => &[],
        Role::Store | Role::Providers => &[Role::Domain],
        Role::Usecases => &[Role::Domain, Role::Store, Role::Providers],
        Role::Shared => &[Role::Domain, Role::Store, Role::Providers, Role::Usecases],
        Role::Testkit => &[Role::Domain, Role::Store, Role::Providers, Role::Usecases, Role::Shared],
        Role::Function | Role::Seed => &[Role::Shared],
        Role::Tests | Role::Unknown => return None,
    };
    if allowed.contains(&to) {
        return None;
    }
    Some(match from {
        Role::Domain => "domain is the bottom: it knows no other layer".to_owned(),
        Role::Tool => "the simulator, the front and xtask know no layer: they play the outside world".to_owned(),
        Role::Store | Role::Providers => "store and providers are strangers and know domain alone".to_owned(),
        Role::Function | Role::Seed => "functions name `shared` alone, which re-exports the layers".to_owned(),
        Role::Usecases | Role::Shared | Role::Testkit | Role::Tests | Role::Unknown => {
            "the arrows go down: functions → shared → usecases → store, providers → domain".to_owned()
        }
    })
}

/// Why a crate of the outside world must not be used; nothing when it may.
fn outside(from: Role, dependency: &Dependency) -> Option<String> {
    if from == Role::Tests || from == Role::Testkit || dependency.is_for_tests() {
        return None;
    }
    let name = dependency.name.as_str();
    let is_aws = name.starts_with("aws-") || name.starts_with("aws_");
    let is_lambda = name.starts_with("lambda");
    let is_random = name == "getrandom" || name == "rand" || name.starts_with("rand_");
    if from == Role::Domain && (is_aws || is_lambda || is_random || matches!(name, "tokio" | "reqwest" | "hyper" | "axum")) {
        return Some("domain does no I/O and has neither clock nor chance: take the value as an argument, or define a port".to_owned());
    }
    if name == "aws-sdk-dynamodb" && !matches!(from, Role::Store | Role::Shared) {
        return Some("only store builds keys and expressions (shared makes the client)".to_owned());
    }
    if name == "serde_dynamo" && from != Role::Store {
        return Some("only store knows how things lie in the table".to_owned());
    }
    if (is_aws || is_lambda) && matches!(from, Role::Providers | Role::Usecases | Role::Tool | Role::Seed) {
        return Some("AWS is reached through store and shared".to_owned());
    }
    if name.starts_with("aws-sdk-") && from == Role::Function {
        return Some("functions get their clients from shared::boot".to_owned());
    }
    if name == "reqwest" && !matches!(from, Role::Providers | Role::Tool) {
        return Some("only providers makes an HTTP client".to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const FOLDERS: [(&str, &str); 11] = [
        ("domain", "shared/domain"),
        ("store", "shared/store"),
        ("providers", "shared/providers"),
        ("usecases", "shared/usecases"),
        ("shared", "shared"),
        ("testkit", "shared/testkit"),
        ("webhook", "functions/webhook"),
        ("stream", "functions/stream"),
        ("seed", "infra/seed"),
        ("simulator", "infra/simulator"),
        ("tests", "tests"),
    ];

    /// A workspace with these arrows (`from to`, `from to dev`).
    fn workspace(arrows: &[&str]) -> Metadata {
        let packages: Vec<Value> = FOLDERS
            .iter()
            .map(|(name, folder)| {
                let dependencies: Vec<Value> = arrows
                    .iter()
                    .map(|arrow| arrow.split(' ').collect::<Vec<_>>())
                    .filter(|arrow| arrow[0] == *name)
                    .map(|arrow| {
                        let path = FOLDERS.iter().find(|(name, _)| *name == arrow[1]).map(|(_, folder)| format!("/w/{folder}"));
                        json!({ "name": arrow[1], "kind": arrow.get(2), "path": path })
                    })
                    .collect();
                json!({ "name": name, "manifest_path": format!("/w/{folder}/Cargo.toml"), "dependencies": dependencies })
            })
            .collect();
        serde_json::from_value(json!({ "packages": packages, "workspace_root": "/w" })).unwrap()
    }

    #[test]
    fn the_arrows_of_the_architecture_are_allowed() {
        let arrows = [
            "webhook shared",
            "webhook lambda_runtime",
            "webhook aws_lambda_events",
            "shared usecases",
            "shared store",
            "shared providers",
            "shared domain",
            "shared aws-sdk-dynamodb",
            "shared aws-sdk-sqs",
            "usecases store",
            "usecases providers",
            "usecases domain",
            "usecases tokio",
            "store domain",
            "store aws-sdk-dynamodb",
            "store serde_dynamo",
            "store getrandom",
            "providers domain",
            "providers reqwest",
            "domain serde",
            "domain proptest dev",
            "domain tokio dev",
            "tests webhook",
            "tests store",
            "tests aws-sdk-dynamodb",
            "tests reqwest",
            "seed shared",
            "simulator reqwest",
            "usecases testkit dev",
            "testkit shared",
        ];
        assert_eq!(violations(&workspace(&arrows)), Vec::<String>::new());
    }

    #[test]
    fn every_other_arrow_is_refused_alone() {
        for arrow in [
            "domain store",
            "domain tokio",
            "domain aws-config",
            "domain aws_lambda_events",
            "domain reqwest",
            "domain rand",
            "domain rand_core",
            "domain getrandom",
            "domain lambda_runtime",
            "domain tokio build",
            "store providers",
            "providers store",
            "store usecases",
            "providers aws-sdk-s3",
            "usecases shared",
            "usecases aws-sdk-dynamodb",
            "usecases aws-sdk-sqs",
            "usecases reqwest",
            "shared webhook",
            "shared serde_dynamo",
            "shared reqwest",
            "webhook store",
            "webhook domain",
            "webhook stream",
            "webhook testkit",
            "webhook aws-sdk-sqs",
            "webhook reqwest",
            "seed store",
            "seed aws-sdk-dynamodb",
            "simulator domain",
            "simulator testkit dev",
            "testkit webhook",
            "webhook stream dev",
            "usecases testkit",
        ] {
            let found = violations(&workspace(&[arrow]));
            assert_eq!(found.len(), 1, "{arrow}: {found:?}");
            let words: Vec<&str> = arrow.split(' ').collect();
            assert!(found[0].starts_with(&format!("{} → {}", words[0], words[1])), "{arrow}: {found:?}");
        }
    }

    #[test]
    fn a_registry_crate_with_a_layers_name_is_no_layer() {
        let mut metadata = workspace(&["simulator domain"]);
        for package in &mut metadata.packages {
            for dependency in &mut package.dependencies {
                dependency.path = None;
            }
        }
        assert!(violations(&metadata).is_empty());
    }

    #[test]
    fn a_crate_in_an_unknown_place_needs_a_rule() {
        let mut metadata = workspace(&[]);
        metadata.packages[0].manifest_path = "/w/elsewhere/domain/Cargo.toml".into();
        assert!(violations(&metadata)[0].contains("no rule knows its folder"));
    }
}
