"""Where MiniStack 1.5.33 judges a policy otherwise than AWS does."""

import json
import re

from checks import expect, refuse_when_known

# A request that names no partition, such as a scan, must not pass as "all of nothing".
NO_KEY = "\0no leading key"


def apply() -> None:
    """Applies every patch of this file."""
    know_leading_keys()
    judge_a_batch_by_its_single_action()
    count_plain_http_as_tls()


def know_leading_keys() -> None:
    """MiniStack never sets the condition key dynamodb:LeadingKeys. A policy with ForAllValues on it then lets every
    tenant through, because all of nothing is true, and a test of a tenant's wall would prove nothing."""
    from ministack.core import iam_actions

    name = "know_leading_keys"
    original = expect(name, iam_actions, "dynamodb_service_context", ["body"])
    refuse_when_known(name, original, "LeadingKeys")

    def context(body: bytes) -> dict:
        known = original(body)
        try:
            request = json.loads(body or b"{}")
        except ValueError:
            return known
        if isinstance(request, dict):
            known["dynamodb:LeadingKeys"] = sorted(leading_keys(request)) or [NO_KEY]
        return known

    iam_actions.dynamodb_service_context = context


def judge_a_batch_by_its_single_action() -> None:
    """SendMessageBatch and its like are no actions of IAM: AWS judges them as SendMessage. MiniStack asks for
    sqs:SendMessageBatch, which no valid policy can grant, so every batch is refused."""
    from ministack.core import iam_actions

    name = "judge_a_batch_by_its_single_action"
    parameters = ["service", "method", "path", "headers", "body", "query_params"]
    original = expect(name, iam_actions, "extract_iam_action", parameters)
    refuse_when_known(name, original, "SendMessageBatch")

    def action(service, method, path, headers, body, query_params):
        found = original(service, method, path, headers, body, query_params)
        return found.removesuffix("Batch") if found and found.startswith("sqs:") else found

    iam_actions.extract_iam_action = action


def count_plain_http_as_tls() -> None:
    """The local AWS speaks plain HTTP, so the bucket's TLS-only policy shuts everybody out. Without the patch the
    policy would have to be left out locally, and another template than the cloud's would be tested."""
    from ministack.core import iam_evaluator

    original = expect("count_plain_http_as_tls", iam_evaluator, "_resolve_condition_key", ["key", "ctx"])

    def resolve(key, ctx):
        return "true" if key.lower() == "aws:securetransport" else original(key, ctx)

    iam_evaluator._resolve_condition_key = resolve


def leading_keys(request: dict) -> set[str]:
    """The partition keys that a request names."""
    found = set()
    for table, item in items(request):
        value = (item or {}).get(partition_attribute(table, None))
        if value:
            found.add(text(value))
    return found | queried_keys(request)


def items(request: dict):
    """Every key or item of a request, with its table."""
    for field in ("Key", "Item"):
        yield request.get("TableName"), request.get(field)
    for table, asked in (request.get("RequestItems") or {}).items():
        if isinstance(asked, dict):
            yield from ((table, key) for key in asked.get("Keys", []))
        else:
            yield from ((table, (write.get("PutRequest") or {}).get("Item")) for write in asked)
            yield from ((table, (write.get("DeleteRequest") or {}).get("Key")) for write in asked)
    for write in request.get("TransactItems") or []:
        for operation in write.values():
            yield operation.get("TableName"), operation.get("Key") or operation.get("Item")


def queried_keys(request: dict) -> set[str]:
    """The partition key of a query's condition."""
    condition = request.get("KeyConditionExpression") or ""
    names = request.get("ExpressionAttributeNames") or {}
    values = request.get("ExpressionAttributeValues") or {}
    partition = partition_attribute(request.get("TableName"), request.get("IndexName"))
    found = set()
    for name, placeholder in re.findall(r"([#\w.]+)\s*=\s*(:\w+)", condition):
        if names.get(name, name) == partition and placeholder in values:
            found.add(text(values[placeholder]))
    return found


def partition_attribute(table: str | None, index: str | None) -> str | None:
    """The name of the partition key of a table or of one of its indexes."""
    from ministack.services import dynamodb

    known = dynamodb._tables.get((table or "").rsplit("/", 1)[-1]) or {}
    schema = known.get("KeySchema", [])
    for candidate in known.get("GlobalSecondaryIndexes") or []:
        if candidate.get("IndexName") == index:
            schema = candidate["KeySchema"]
    return next((key["AttributeName"] for key in schema if key["KeyType"] == "HASH"), None)


def text(value: dict) -> str:
    """What is inside {"S": "..."}."""
    return str(next(iter(value.values())))
