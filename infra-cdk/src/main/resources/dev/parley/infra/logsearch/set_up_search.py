"""Prepares the OpenSearch domain for logs: who may write, how indices look, when they go, and the saved dashboard.

Runs when a deployment changes it, and may run any number of times. A request that fails ends the run, and the deployment,
with what OpenSearch answered.
"""

import base64
import json
import os
import time
import urllib.error
import urllib.request
from pathlib import Path

import boto3
from botocore.config import Config

ATTEMPTS = 6
TIMEOUT_SECONDS = 20
BOUNDARY = "parley-saved-objects"
HERE = Path(__file__).parent


def handler(event, context):
    """Puts everything in place."""
    index = os.environ["INDEX"]
    search = Search(os.environ["DOMAIN_ENDPOINT"], credentials(os.environ["SECRET_ARN"]))
    search.put("_plugins/_security/api/roles/log-writer", document("writer_role.json", index))
    search.put(
        "_plugins/_security/api/rolesmapping/log-writer", {"backend_roles": [os.environ["WRITER_ROLE_ARN"]]}
    )
    search.put_policy(f"_plugins/_ism/policies/{index}-retention", document("retention_policy.json", index))
    search.put(f"_index_template/{index}", document("index_template.json", index))
    search.import_dashboards(text("dashboard.ndjson", index))
    return {"index": index}


def credentials(secret_arn):
    """User and password of the domain's administrator, as the value of a Basic header."""
    config = Config(connect_timeout=3, read_timeout=10, retries={"total_max_attempts": 3})
    secret = json.loads(boto3.client("secretsmanager", config=config).get_secret_value(SecretId=secret_arn)["SecretString"])
    return base64.b64encode(f"{secret['username']}:{secret['password']}".encode()).decode()


def text(name, index):
    """A file beside this one, for an index and a retention."""
    return (
        (HERE / name)
        .read_text(encoding="utf-8")
        .replace("INDEX_NAME", index)
        .replace("RETENTION_DAYS", os.environ["RETENTION_DAYS"])
    )


def document(name, index):
    return json.loads(text(name, index))


class Search:
    """The domain's HTTP API."""

    def __init__(self, endpoint, basic):
        self.endpoint = endpoint
        self.basic = basic

    def put(self, path, body):
        return self.request("PUT", path, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def put_policy(self, path, body):
        """Index state management wants to hear which version a policy replaces."""
        try:
            old = self.request("GET", path)
        except urllib.error.HTTPError as failure:
            if failure.code != 404:
                raise
            return self.put(path, body)
        return self.put(f"{path}?if_seq_no={old['_seq_no']}&if_primary_term={old['_primary_term']}", body)

    def import_dashboards(self, ndjson):
        body = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="dashboard.ndjson"\r\n'
            f"Content-Type: application/ndjson\r\n\r\n{ndjson}\r\n--{BOUNDARY}--\r\n"
        ).encode()
        answer = self.request(
            "POST",
            "_dashboards/api/saved_objects/_import?overwrite=true",
            body,
            {
                "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
                "osd-xsrf": "true",
                "securitytenant": "global",
            },
        )
        if not answer.get("success"):
            raise RuntimeError(f"The dashboard was not imported: {json.dumps(answer)[:1000]}")

    def request(self, method, path, body=None, headers=None):
        """Sends a request; what is overloaded or still starting is asked again, a few times."""
        request = urllib.request.Request(f"https://{self.endpoint}/{path}", data=body, method=method)
        request.add_header("Authorization", f"Basic {self.basic}")
        for name, value in (headers or {}).items():
            request.add_header(name, value)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
                    return json.loads(answer.read() or b"{}")
            except urllib.error.HTTPError as failure:
                if failure.code != 404:
                    print(f"{method} {path}: {failure.code} {failure.read()[:500]!r}")
                if attempt == ATTEMPTS or (failure.code < 500 and failure.code != 429):
                    raise
            except OSError as failure:
                print(f"{method} {path}: {failure}")
                if attempt == ATTEMPTS:
                    raise
            time.sleep(min(2**attempt, 20))
        raise AssertionError("every attempt returns or raises")
