"""Reads template.yaml and turns it into the JSON that CloudFormation takes."""

from pathlib import Path

import yaml


class Loader(yaml.SafeLoader):
    """YAML with the short forms of CloudFormation's functions."""


def function(loader: Loader, name: str, node: yaml.Node):
    """`!Sub x` is {"Fn::Sub": x}; Ref and Condition have no prefix, GetAtt splits at its first dot."""
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if name in ("Ref", "Condition"):
        return {name: value}
    if name == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {f"Fn::{name}": value}


Loader.add_multi_constructor("!", function)


def read(path: Path) -> dict:
    """The template with its functions in their long form."""
    template = yaml.load(path.read_text(encoding="utf-8"), Loader)
    # YAML reads the unquoted date as a date; CloudFormation wants the text.
    template["AWSTemplateFormatVersion"] = str(template["AWSTemplateFormatVersion"])
    return template


def functions(template: dict) -> dict[str, dict]:
    """The properties of each function, by the name of its binary: the last part of its CodeUri."""
    return {
        Path(resource["Properties"]["CodeUri"]).name: resource["Properties"]
        for resource in template["Resources"].values()
        if isinstance(resource, dict) and resource.get("Type") == "AWS::Serverless::Function"
    }
