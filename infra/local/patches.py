"""What MiniStack 1.5.33 does differently from AWS and we cannot do without.

Each patch says what breaks without it. Each looks first whether the place it changes is still as it was, and stops the
start with its name if not: then the patch is either no longer needed or to be written anew.
"""

import hashlib
import importlib.metadata
import threading
from pathlib import Path

import iam_patches
from checks import Changed, expect, refuse_when_known

VERSION = "1.5.33"


def apply(logs: Path | None) -> None:
    """Applies every patch. Must run before MiniStack serves."""
    found = importlib.metadata.version("ministack")
    if found != VERSION:
        raise Changed("apply", f"written for MiniStack {VERSION}, found {found}")
    send_small_packets_at_once()
    do_not_wait_for_log_lines()
    expand_http_api_body()
    enable_time_to_live()
    read_streams_from_their_start()
    iam_patches.apply()
    if logs:
        copy_function_output(logs)


def send_small_packets_at_once() -> None:
    """The Runtime API answers in two packets, and Nagle's algorithm holds the second back until the first is
    acknowledged. Without the patch every invocation takes 40 ms longer."""
    from ministack.core.lambda_runtime import ProvidedWorker

    name = "send_small_packets_at_once"
    original = expect(name, ProvidedWorker, "_build_handler_class", ["self", "generation", "pending"])

    def build(self, generation, pending):
        handler = original(self, generation, pending)
        handler.disable_nagle_algorithm = True
        return handler

    ProvidedWorker._build_handler_class = build


def do_not_wait_for_log_lines() -> None:
    """After each invocation MiniStack waits for a line of output, up to 50 ms when the function prints nothing, to put
    it into the log tail of the answer, which we do not read. A start that failed still waits: there the output is the
    reason."""
    from ministack.core.lambda_runtime import Worker

    waits = ["first_line_wait", "idle_confirm", "hard_cap"]
    original = expect("do_not_wait_for_log_lines", Worker, "_drain_stderr_bounded", ["self", *waits])

    def drain(self, **waits):
        return original(self, **waits) if waits else self._drain_stderr()

    Worker._drain_stderr_bounded = drain


def expand_http_api_body() -> None:
    """SAM writes the routes of an HttpApi into the OpenAPI body of AWS::ApiGatewayV2::Api, which MiniStack drops:
    the stack is created and every call answers 404. Makes the routes and integrations from the body, and gives each
    API an id that is the same after every deployment. Authorizers and CORS in the body are refused, not ignored."""
    from ministack.services.cloudformation import provisioners

    name = "expand_http_api_body"
    original = expect(name, provisioners, "_apigw_v2_api_create", ["logical_id", "props", "stack_name"])
    refuse_when_known(name, original, "Body")

    def create(logical_id, props, stack_name):
        stable = hashlib.sha256(f"{stack_name}/{logical_id}".encode()).hexdigest()[:8]
        tagged = {**props, "Tags": {"ms-custom-id": stable, **(props.get("Tags") or {})}}
        api, attributes = original(logical_id, tagged, stack_name)
        create_routes(provisioners, logical_id, api, props.get("Body") or {}, stack_name)
        return api, attributes

    replace_create(name, provisioners, "AWS::ApiGatewayV2::Api", original, create)


def create_routes(provisioners, logical_id: str, api: str, body: dict, stack_name: str) -> None:
    """The routes and integrations of an OpenAPI body."""
    if "x-amazon-apigateway-cors" in body or (body.get("components") or {}).get("securitySchemes"):
        raise ValueError(f"{logical_id}: infra/local/patches.py does not expand CORS or authorizers of an HttpApi")
    for path, operations in (body.get("paths") or {}).items():
        for method, operation in operations.items():
            source = operation.get("x-amazon-apigateway-integration") if isinstance(operation, dict) else None
            if not source:
                continue
            integration = {
                "ApiId": api,
                "IntegrationType": "AWS_PROXY",
                "IntegrationUri": source["uri"],
                "PayloadFormatVersion": source.get("payloadFormatVersion", "2.0"),
            }
            if "timeoutInMillis" in source:
                integration["TimeoutInMillis"] = source["timeoutInMillis"]
            target, _ = provisioners._apigw_v2_integration_create(logical_id, integration, stack_name)
            verb = "ANY" if method == "x-amazon-apigateway-any-method" else method.upper()
            key = "$default" if path == "/$default" else f"{verb} {path}"
            route = {"ApiId": api, "RouteKey": key, "Target": f"integrations/{target}"}
            provisioners._apigw_v2_route_create(logical_id, route, stack_name)


def enable_time_to_live() -> None:
    """MiniStack drops the TimeToLiveSpecification of a table that a template makes: nothing would ever expire."""
    from ministack.services import dynamodb
    from ministack.services.cloudformation import provisioners

    name = "enable_time_to_live"
    original = expect(name, provisioners, "_ddb_create", ["logical_id", "props", "stack_name"])
    update = expect(name, dynamodb, "_update_ttl", ["data"])
    refuse_when_known(name, original, "TimeToLive")

    def create(logical_id, props, stack_name):
        table, attributes = original(logical_id, props, stack_name)
        if specification := props.get("TimeToLiveSpecification"):
            enabled = str(specification.get("Enabled")).lower() == "true"
            wanted = {"AttributeName": specification.get("AttributeName", ""), "Enabled": enabled}
            status, *_ = update({"TableName": table, "TimeToLiveSpecification": wanted})
            if status != 200:
                raise ValueError(f"{logical_id}: TimeToLiveSpecification refused with status {status}")
        return table, attributes

    replace_create(name, provisioners, "AWS::DynamoDB::Table", original, create)


def read_streams_from_their_start() -> None:
    """With --persist MiniStack keeps how far a table's stream was read, but not the stream, which starts empty. The
    first changes after a start would be taken for read already and never reach the function."""
    from ministack.services import lambda_svc

    original = expect("read_streams_from_their_start", lambda_svc, "_restore_esm_positions", ["store", "positions"])

    def restore(store, positions):
        if store is not lambda_svc._dynamodb_stream_positions:
            original(store, positions)

    lambda_svc._restore_esm_positions = restore


def copy_function_output(logs: Path) -> None:
    """MiniStack keeps what a function prints in memory and loses the lines of one that is killed. Copies every line
    to a file at once, with the function's name and a space in front."""
    from ministack.core.lambda_runtime import ProvidedWorker

    original = expect("copy_function_output", ProvidedWorker, "_pump_output", ["self", "stream", "log_queue"])
    logs.parent.mkdir(parents=True, exist_ok=True)
    file = logs.open("wb", buffering=0)
    lock = threading.Lock()

    class Copying:
        """A stream whose lines go to the file as they are read."""

        def __init__(self, function: str, stream):
            self.function, self.stream, self.close = function.encode(), stream, stream.close

        def readline(self) -> bytes:
            line = self.stream.readline()
            if line:
                with lock:
                    file.write(self.function + b" " + line.rstrip(b"\n") + b"\n")
            return line

    ProvidedWorker._pump_output = lambda self, stream, queue: original(self, Copying(self.func_name, stream), queue)


def replace_create(patch: str, provisioners, resource: str, original, create) -> None:
    """Puts a create function in place of another wherever CloudFormation looks one up."""
    tables = [value for value in vars(provisioners).values() if isinstance(value, dict)]
    handlers = [table[resource] for table in tables if isinstance(table.get(resource), dict)]
    handlers = [handler for handler in handlers if handler.get("create") is original]
    if len(handlers) != 1:
        raise Changed(patch, f"{len(handlers)} places create {resource}, expected 1")
    handlers[0]["create"] = create
