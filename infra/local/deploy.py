"""Deploys template.yaml into the local AWS and writes the stack's outputs.

    python deploy.py --endpoint http://127.0.0.1:4570 --binaries target/debug --template template.yaml \\
        --stack tarun --parameter GraphBaseUrl=http://127.0.0.1:4580/v24.0 --outputs target/local/outputs.json

Creates the stack, or updates it when it is there. Stage, Architecture and LocalEndpoint are set for a local stack
unless a --parameter says otherwise. Beside the stack's own outputs the file holds the local addresses webhook_url,
api_url, ws_url and ws_endpoint.
"""

import argparse
import json
import os
import platform
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

import packages
import template_json

REGION = "ap-south-1"
ARTIFACTS = "tarun-artifacts"
DEADLINE_SECONDS = 120
CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]


def main() -> None:
    """Uploads, deploys, writes the outputs."""
    arguments = parse()
    forget_the_callers_aws()
    endpoint = arguments.endpoint.rstrip("/")
    started = time.monotonic()
    s3, cloudformation = client("s3", endpoint), client("cloudformation", endpoint)

    template = template_json.read(arguments.template)
    cache = arguments.outputs.resolve().parent / "packages"
    upload(s3, template, arguments.binaries, cache)
    url = publish(s3, endpoint, template)
    uploaded = time.monotonic()

    deploy(cloudformation, arguments.stack, url, parameters(template, endpoint, arguments.parameter))
    outputs = outputs_of(cloudformation, arguments.stack)
    outputs |= local_addresses(endpoint, outputs)
    arguments.outputs.parent.mkdir(parents=True, exist_ok=True)
    arguments.outputs.write_text(json.dumps(outputs, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(
        f"{arguments.stack} deployed: uploaded in {uploaded - started:.1f} s, "
        f"stack in {time.monotonic() - uploaded:.1f} s"
    )


def parse() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--endpoint", required=True, help="address of the local AWS")
    parser.add_argument("--binaries", type=Path, required=True, help="folder with one executable per function")
    parser.add_argument("--template", type=Path, required=True)
    parser.add_argument("--stack", required=True, help="name of the stack")
    parser.add_argument("--parameter", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--outputs", type=Path, required=True, help="JSON file to write")
    return parser.parse_args()


def forget_the_callers_aws() -> None:
    """Leaves profiles, endpoints and credentials of the caller out of every client made here."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ |= {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}


def client(service: str, endpoint: str):
    """A client of the local AWS."""
    return boto3.session.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name=REGION).client(
        service,
        endpoint_url=endpoint,
        # Addresses by path: a bucket has no host name here.
        config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}, proxies={}),
    )


def upload(s3, template: dict, binaries: Path, cache: Path) -> None:
    """Uploads each function's package and points its CodeUri there."""
    try:
        s3.create_bucket(Bucket=ARTIFACTS, CreateBucketConfiguration={"LocationConstraint": REGION})
    except s3.exceptions.BucketAlreadyOwnedByYou:
        pass  # from an earlier deployment

    def one(name: str, properties: dict) -> None:
        key, package = packages.build(binaries / name, cache)
        s3.put_object(Bucket=ARTIFACTS, Key=key, Body=package)
        properties["CodeUri"] = f"s3://{ARTIFACTS}/{key}"

    with ThreadPoolExecutor(max_workers=2) as pool:
        for finished in [pool.submit(one, *function) for function in template_json.functions(template).items()]:
            finished.result()


def publish(s3, endpoint: str, template: dict) -> str:
    """Puts the template beside the packages: in the request itself it may have no more than 51,200 bytes."""
    s3.put_object(Bucket=ARTIFACTS, Key="template.json", Body=json.dumps(template).encode())
    return f"{endpoint}/{ARTIFACTS}/template.json"


def parameters(template: dict, endpoint: str, given: list[str]) -> list[dict]:
    """The parameters of the stack: those given, over those that make it local."""
    machine = "arm64" if platform.machine() in ("arm64", "aarch64") else "x86_64"
    values = {"Stage": "local", "Architecture": machine, "LocalEndpoint": endpoint}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals:
            raise SystemExit(f"--parameter {pair}: write it as NAME=VALUE")
        values[name] = value
    if unknown := sorted(values.keys() - template["Parameters"].keys()):
        raise SystemExit(f"--parameter: the template has no {', '.join(unknown)}")
    return [{"ParameterKey": name, "ParameterValue": value} for name, value in values.items()]


def deploy(cloudformation, stack: str, url: str, values: list[dict]) -> None:
    """Creates or updates the stack and waits for the end; a failure is printed resource by resource."""
    request = {"StackName": stack, "TemplateURL": url, "Parameters": values, "Capabilities": CAPABILITIES}
    try:
        if status_of(cloudformation, stack) is None:
            cloudformation.create_stack(**request)
        else:
            cloudformation.update_stack(**request)
    except ClientError as error:
        if "No updates are to be performed" in str(error):
            return
        raise SystemExit(f"{stack}: CloudFormation refused the template: {error}") from error
    deadline = time.monotonic() + DEADLINE_SECONDS
    while (status := status_of(cloudformation, stack)) is None or status.endswith("_IN_PROGRESS"):
        if time.monotonic() > deadline:
            raise SystemExit(f"{stack}: still {status} after {DEADLINE_SECONDS} s")
        time.sleep(0.05)
    if status not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
        for event in reversed(cloudformation.describe_stack_events(StackName=stack)["StackEvents"]):
            if event["ResourceStatus"].endswith("_FAILED"):
                reason = event.get("ResourceStatusReason", "no reason given")
                print(f"{event['LogicalResourceId']} ({event['ResourceType']}): {reason}", file=sys.stderr)
        raise SystemExit(f"{stack}: {status}")


def status_of(cloudformation, stack: str) -> str | None:
    """The stack's status, or nothing when there is no such stack."""
    try:
        return cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"]
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        raise


def outputs_of(cloudformation, stack: str) -> dict[str, str]:
    """The stack's outputs by name."""
    outputs = cloudformation.describe_stacks(StackName=stack)["Stacks"][0].get("Outputs", [])
    return {output["OutputKey"]: output["OutputValue"] for output in outputs}


def local_addresses(endpoint: str, outputs: dict[str, str]) -> dict[str, str]:
    """Where the stack answers on this machine: by path, because its host names do not resolve here."""
    websocket = f"{endpoint}/_aws/execute-api/{outputs['WebsocketApiId']}/{outputs['WebsocketStage']}"
    return {
        "webhook_url": f"{endpoint}/_aws/lambda-url/{outputs['WebhookUrlId']}/",
        "api_url": f"{endpoint}/_aws/execute-api/{outputs['HttpApiId']}",
        "ws_endpoint": websocket,
        "ws_url": "ws" + websocket.removeprefix("http"),
    }


if __name__ == "__main__":
    main()
