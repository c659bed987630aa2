"""Starts the local AWS: MiniStack with our patches, in an environment that holds nothing of the caller's.

    python launch.py --port 4570 [--enforce-iam] [--logs functions.log] [--persist DIR] [--log-level WARNING]

It runs in the foreground until SIGTERM or SIGINT and is ready when GET /_ministack/health answers 200.
"""

import argparse
import os
import shutil
import sys
from pathlib import Path

REGION = "ap-south-1"
IN_CLEAN_ENVIRONMENT = "--in-clean-environment"


def main() -> None:
    """Parses the arguments, leaves the caller's environment behind, patches MiniStack and serves."""
    arguments = parse(sys.argv[1:])
    if not arguments.in_clean_environment:
        command = [sys.executable, __file__, IN_CLEAN_ENVIRONMENT, *sys.argv[1:]]
        os.execve(sys.executable, command, environment(arguments))

    import patches

    patches.apply(logs=arguments.logs)
    from ministack import app
    from ministack.services import lambda_svc

    sys.argv = ["ministack"]  # its main() reads the command line too
    try:
        app.main()
    finally:
        # Unpacked functions, a hundred megabytes a start, kept by port: the next start may have another.
        shutil.rmtree(lambda_svc._PROVIDED_CODE_CACHE, ignore_errors=True)


def parse(arguments: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, required=True, help="where AWS answers, on 127.0.0.1")
    parser.add_argument("--enforce-iam", action="store_true", help="each function has the rights of its role, no more")
    parser.add_argument("--logs", type=Path, help="file that takes every line a function prints, its name in front")
    parser.add_argument("--persist", type=Path, help="folder that keeps the state after a clean stop")
    parser.add_argument("--log-level", default="WARNING", help="of MiniStack itself")
    parser.add_argument(IN_CLEAN_ENVIRONMENT, action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def environment(arguments: argparse.Namespace) -> dict[str, str]:
    """The whole environment of MiniStack, and so of every function.

    A function inherits what MiniStack has. With the caller's variables in it, one that template.yaml forgot would be
    found here and missed in the cloud; and real credentials would be used, should an endpoint be forgotten.
    """
    endpoint = f"http://127.0.0.1:{arguments.port}"
    clean = {
        "PATH": "/usr/bin:/bin",
        "HOME": "/nonexistent",
        "TMPDIR": os.environ.get("TMPDIR", "/tmp"),
        "LC_CTYPE": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "GATEWAY_PORT": str(arguments.port),
        "BIND_HOST": "127.0.0.1",
        # Handed to the functions; without it they would call the real AWS.
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        "MINISTACK_REGION": REGION,
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "LOG_LEVEL": arguments.log_level,
        "AUTH": "true" if arguments.enforce_iam else "false",
    }
    if arguments.persist:
        state = arguments.persist.resolve()
        clean |= {
            "PERSIST_STATE": "1",
            "STATE_DIR": str(state / "services"),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(state / "s3"),
        }
    return clean


if __name__ == "__main__":
    main()
