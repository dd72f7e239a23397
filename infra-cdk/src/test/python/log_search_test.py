"""Tests of the functions of the log search, without AWS: the SDK's clients and the domain are stand-ins."""

import base64
import gzip
import http.server
import json
import os
import sys
import threading
import types
import unittest
import urllib.request
from pathlib import Path
from unittest import mock

FUNCTIONS = Path(__file__).parents[2] / "main/resources/dev/parley/infra/logsearch"
sys.path.insert(0, str(FUNCTIONS))
sys.dont_write_bytecode = True


class Firehose:
    """Takes records, and refuses some once."""

    def __init__(self):
        self.calls = []
        self.refuse = set()
        self.refuse_always = False

    def put_record_batch(self, DeliveryStreamName, Records):
        data = [record["Data"] for record in Records]
        self.calls.append(data)
        refused = [self.refuse_always or record in self.refuse for record in data]
        self.refuse -= set(data)
        return {
            "FailedPutCount": sum(refused),
            "RequestResponses": [{"ErrorCode": "ServiceUnavailableException"} if no else {} for no in refused],
        }


FIREHOSE = Firehose()
SECRETS = mock.Mock()
SECRETS.get_secret_value.return_value = {"SecretString": json.dumps({"username": "parley", "password": "secret"})}
sys.modules["boto3"] = types.SimpleNamespace(
    client=lambda service, config: {"firehose": FIREHOSE, "secretsmanager": SECRETS}[service]
)
sys.modules["botocore"] = types.ModuleType("botocore")
sys.modules["botocore.config"] = types.SimpleNamespace(Config=lambda **settings: settings)

import set_up_search  # noqa: E402
import ship_logs  # noqa: E402


def batch(*messages, kind="DATA_MESSAGE", stream="2026/01/31/[7]0123abcd"):
    data = {
        "messageType": kind,
        "logGroup": "/Demo/functions/CreateMessage",
        "logStream": stream,
        "logEvents": [{"timestamp": 1_700_000_000_123, "message": message} for message in messages],
    }
    return {"awslogs": {"data": base64.b64encode(gzip.compress(json.dumps(data).encode())).decode()}}


class ShipLogsTest(unittest.TestCase):
    def setUp(self):
        FIREHOSE.__init__()
        os.environ["DELIVERY_STREAM"] = "Demo-logs"
        patch = mock.patch.object(ship_logs.time, "sleep")
        patch.start()
        self.addCleanup(patch.stop)

    def documents(self):
        return [json.loads(record) for call in FIREHOSE.calls for record in call]

    def test_each_log_event_is_a_document_with_its_time_and_its_function(self):
        ship_logs.handler(batch('{"level":"INFO","message":"안녕","fields":{"status":200}}', "Task timed out\n"), None)
        self.assertEqual(
            [
                {
                    "level": "INFO",
                    "message": "안녕",
                    "fields": {"status": 200},
                    "@timestamp": "2023-11-14T22:13:20.123+00:00",
                    "log_group": "/Demo/functions/CreateMessage",
                    "function": "CreateMessage",
                },
                {
                    "message": "Task timed out",
                    "@timestamp": "2023-11-14T22:13:20.123+00:00",
                    "log_group": "/Demo/functions/CreateMessage",
                    "function": "CreateMessage",
                },
            ],
            self.documents(),
        )

    def test_where_functions_share_a_log_group_the_stream_names_the_function(self):
        ship_logs.handler(batch("a", stream="2026/01/31/Demo-SendTyping[7]0123abcd"), None)
        self.assertEqual("Demo-SendTyping", self.documents()[0]["function"])

    def test_frames_of_lambda_metrics_and_control_messages_are_left_out(self):
        ship_logs.handler(batch("START RequestId: 1", "END RequestId: 1", '{"_aws":{},"Posts":1}', " "), None)
        ship_logs.handler(batch("CWL CONTROL MESSAGE", kind="CONTROL_MESSAGE"), None)
        self.assertEqual([], FIREHOSE.calls)

    def test_what_only_looks_like_json_is_a_message(self):
        ship_logs.handler(batch("{not json"), None)
        self.assertEqual("{not json", self.documents()[0]["message"])

    def test_a_call_has_no_more_than_firehose_takes(self):
        ship_logs.handler(batch(*[f"line {number}" for number in range(1201)]), None)
        self.assertEqual([500, 500, 201], [len(call) for call in FIREHOSE.calls])
        FIREHOSE.calls.clear()
        ship_logs.handler(batch(*["x" * 900_000 for _ in range(6)]), None)
        self.assertEqual([4, 2], [len(call) for call in FIREHOSE.calls])

    def test_a_line_that_is_too_long_is_cut(self):
        ship_logs.handler(batch(json.dumps({"level": "ERROR", "error": "긴" * 500_000})), None)
        record = FIREHOSE.calls[0][0]
        self.assertLessEqual(len(record), ship_logs.MOST_BYTES_OF_ONE)
        self.assertEqual(("ERROR", True), (json.loads(record)["level"], json.loads(record)["cut"]))

    def test_what_firehose_refuses_is_put_again_alone(self):
        refused = ship_logs.as_record("/g/F", "F", {"timestamp": 0, "message": "b"})
        FIREHOSE.refuse = {refused}
        ship_logs.put([ship_logs.as_record("/g/F", "F", {"timestamp": 0, "message": "a"}), refused])
        self.assertEqual([2, 1], [len(call) for call in FIREHOSE.calls])
        self.assertEqual([refused], FIREHOSE.calls[1])

    def test_what_firehose_refuses_to_the_end_fails_the_invocation(self):
        FIREHOSE.refuse_always = True
        with self.assertRaisesRegex(RuntimeError, "refused 1 records 5 times"):
            ship_logs.handler(batch("a"), None)
        self.assertEqual(5, len(FIREHOSE.calls))


class Domain(http.server.BaseHTTPRequestHandler):
    """An OpenSearch that notes what it is asked."""

    requests = []
    policy_exists = False
    unready = 0
    import_answer = {"success": True}

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, answer = 200, {}
        if Domain.unready:
            Domain.unready -= 1
            status = 503
        else:
            Domain.requests.append((self.command, self.path, dict(self.headers), body))
            if self.command == "GET" and "_ism" in self.path:
                status, answer = (200, {"_seq_no": 7, "_primary_term": 2}) if Domain.policy_exists else (404, {})
            if "_import" in self.path:
                answer = Domain.import_answer
        payload = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    do_GET = do_PUT = do_POST = answer

    def log_message(self, *arguments):
        pass


class SetUpSearchTest(unittest.TestCase):
    def setUp(self):
        Domain.requests, Domain.policy_exists, Domain.unready = [], False, 0
        Domain.import_answer = {"success": True}
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Domain)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        os.environ.update(
            DOMAIN_ENDPOINT=f"127.0.0.1:{server.server_port}",
            SECRET_ARN="arn:secret",
            WRITER_ROLE_ARN="arn:aws:iam::1:role/firehose",
            INDEX="demo",
            RETENTION_DAYS="4",
        )
        plain = urllib.request.Request
        for patch in (
            mock.patch.object(set_up_search.time, "sleep"),
            mock.patch("builtins.print"),
            # The stand-in has no certificate.
            mock.patch.object(
                set_up_search.urllib.request,
                "Request",
                lambda url, **more: plain(url.replace("https://", "http://"), **more),
            ),
        ):
            patch.start()
            self.addCleanup(patch.stop)

    def body(self, path):
        return next(body for method, asked, _, body in Domain.requests if asked.split("?")[0] == path and method != "GET")

    def test_everything_is_put_in_place_for_the_index(self):
        set_up_search.handler({}, None)
        self.assertEqual(
            [
                ("PUT", "/_plugins/_security/api/roles/log-writer"),
                ("PUT", "/_plugins/_security/api/rolesmapping/log-writer"),
                ("GET", "/_plugins/_ism/policies/demo-retention"),
                ("PUT", "/_plugins/_ism/policies/demo-retention"),
                ("PUT", "/_index_template/demo"),
                ("POST", "/_dashboards/api/saved_objects/_import?overwrite=true"),
            ],
            [(method, path) for method, path, _, _ in Domain.requests],
        )
        role = json.loads(self.body("/_plugins/_security/api/roles/log-writer"))
        self.assertEqual(["demo-*"], role["index_permissions"][0]["index_patterns"])
        mapping = json.loads(self.body("/_plugins/_security/api/rolesmapping/log-writer"))
        self.assertEqual({"backend_roles": ["arn:aws:iam::1:role/firehose"]}, mapping)
        self.assertIn(b'"4d"', self.body("/_plugins/_ism/policies/demo-retention"))
        self.assertEqual(["demo-*"], json.loads(self.body("/_index_template/demo"))["index_patterns"])
        imported = self.body("/_dashboards/api/saved_objects/_import").decode()
        self.assertIn('"title": "demo-*"', imported)
        self.assertNotIn("INDEX_NAME", imported)

    def test_every_request_says_who_asks(self):
        set_up_search.handler({}, None)
        expected = "Basic " + base64.b64encode(b"parley:secret").decode()
        self.assertEqual({expected}, {headers["Authorization"] for _, _, headers, _ in Domain.requests})

    def test_a_policy_that_exists_is_replaced_by_its_version(self):
        Domain.policy_exists = True
        set_up_search.handler({}, None)
        self.assertIn(
            ("PUT", "/_plugins/_ism/policies/demo-retention?if_seq_no=7&if_primary_term=2"),
            [(method, path) for method, path, _, _ in Domain.requests],
        )

    def test_a_domain_that_is_not_ready_is_asked_again(self):
        Domain.unready = 2
        set_up_search.handler({}, None)
        self.assertEqual(6, len(Domain.requests))

    def test_a_domain_that_stays_away_fails_the_deployment(self):
        Domain.unready = 1000
        with self.assertRaises(urllib.error.HTTPError):
            set_up_search.handler({}, None)
        self.assertEqual(1000 - set_up_search.ATTEMPTS, Domain.unready)

    def test_a_dashboard_that_is_refused_fails_the_deployment(self):
        Domain.import_answer = {"success": False, "errors": [{"id": "x"}]}
        with self.assertRaisesRegex(RuntimeError, "was not imported"):
            set_up_search.handler({}, None)


if __name__ == "__main__":
    unittest.main()
