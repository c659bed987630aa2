"""Writes template.yaml as the plain CloudFormation that AWS makes of it: loops unrolled, SAM expanded.

    python expand.py --template template.yaml --output target/template.json
    cfn-lint --regions ap-south-1 --ignore-checks W1020 W7001 --template target/template.json

In a SAM template cfn-lint checks neither the actions of policies nor every reference; in its expansion it does. The two
ignored checks complain of what the expansion leaves behind.
"""

import argparse
import json
import os
from pathlib import Path

import template_json

REGION = "ap-south-1"


class NoManagedPolicies:
    """SAM asks for the list of AWS's managed policies; the template names none."""

    def load(self) -> dict:
        return {}


def main() -> None:
    """Reads, expands, writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--template", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    expanded = expand(template_json.read(arguments.template))
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(json.dumps(expanded, indent=2) + "\n", encoding="utf-8")


def expand(template: dict) -> dict:
    """The template with both transforms applied, for the parameters' defaults."""
    os.environ["AWS_DEFAULT_REGION"] = REGION  # SAM asks its own client for the region
    from ministack.services.cloudformation import language_extensions
    from samtranslator.translator.transform import transform

    defaults = {name: str(parameter.get("Default", "")) for name, parameter in template["Parameters"].items()}
    template = language_extensions.apply(template, defaults)
    template["Transform"] = "AWS::Serverless-2016-10-31"
    for resource in template["Resources"].values():
        for policy in ("DeletionPolicy", "UpdateReplacePolicy"):
            if policy in resource:
                # Only the loops' transform may compute it; plain CloudFormation wants the word.
                resource[policy] = "Retain"
    for name, properties in template_json.functions(template).items():
        properties["CodeUri"] = f"s3://artifacts/{name}.zip"
    expanded = transform(template, {}, NoManagedPolicies())
    expanded.pop("Transform", None)
    return expanded


if __name__ == "__main__":
    main()
