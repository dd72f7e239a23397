#!/usr/bin/env python3
"""Extracts from CloudFormation's resource schemas which properties make it replace a resource when they change.

The schemas are those that cfn-lint carries (https://github.com/aws-cloudformation/cfn-lint, licence MIT-0); AWS publishes them
at https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html. In them, createOnlyProperties
always need a replacement, conditionalCreateOnlyProperties sometimes do.

Run it after an upgrade of cfn-lint, or when the templates use a service that is not in SERVICES:

    pip install cfn-lint
    infra-cdk/tools/create-only-properties.py > infra-cdk/src/main/resources/dev/parley/infra/diff/create-only-properties.json
"""

import importlib.metadata
import json
import pathlib
import sys

import cfnlint

# The services that a template of this project has, or may come to have.
SERVICES = [
    "ApiGatewayV2", "ApplicationAutoScaling", "Backup", "CertificateManager", "CloudFormation", "CloudFront",
    "CloudTrail", "CloudWatch", "CodeDeploy", "Cognito", "DynamoDB", "EC2", "ElastiCache", "Events", "FIS", "IAM",
    "KMS", "KinesisFirehose", "Lambda", "Logs", "OpenSearchService", "Pipes", "RDS", "Route53", "S3", "SNS", "SQS", "SSM",
    "Scheduler", "SecretsManager", "ServiceDiscovery", "StepFunctions", "Synthetics", "WAFv2",
    "XRay",
]

PREFIX = "/properties/"


def names(schema: dict, key: str) -> list[str]:
    """The properties that a schema lists under a key, without the prefix that all have."""
    return sorted({pointer.removeprefix(PREFIX) for pointer in schema.get(key) or []})


def main() -> None:
    schemas = pathlib.Path(cfnlint.__file__).parent / "data" / "schemas"
    files = json.loads((schemas / "providers" / "us-east-1.json").read_text())
    types = {}
    for type_name, file in sorted(files.items()):
        if type_name.split("::")[1] not in SERVICES:
            continue
        schema = json.loads((schemas / "resources" / f"{file}.json").read_text())
        types[type_name] = {
            "createOnly": names(schema, "createOnlyProperties"),
            "conditional": names(schema, "conditionalCreateOnlyProperties"),
        }
    missing = set(SERVICES) - {type_name.split("::")[1] for type_name in types}
    if missing:
        sys.exit(f"No schemas of {', '.join(sorted(missing))}")
    source = (
        f"cfn-lint {importlib.metadata.version('cfn-lint')} (MIT-0), schemas of "
        f"{json.loads((schemas / 'version.json').read_text())['schema_date']}, by tools/create-only-properties.py"
    )
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(rules)}" for name, rules in types.items())
    print(f'{{\n"source": {json.dumps(source)},\n"types": {{\n{lines}\n}}\n}}')


if __name__ == "__main__":
    main()
