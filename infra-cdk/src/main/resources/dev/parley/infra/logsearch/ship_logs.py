"""Hands the log events of a CloudWatch Logs subscription to Firehose, one record each.

Firehose cannot do this by itself where it delivers to OpenSearch: CloudWatch Logs puts many events into one record, and
OpenSearch takes one document a record (Firehose developer guide, "Writing to Amazon Data Firehose using CloudWatch Logs").

What cannot be handed over after ATTEMPTS fails the invocation, and Lambda tries the whole batch again; a document may then be
there twice.
"""

import base64
import gzip
import json
import os
import re
import time
from datetime import datetime, timezone

import boto3
from botocore.config import Config

# Quotas of PutRecordBatch (Firehose API reference): 500 records and 4 MiB a call, 1,000 KiB a record.
MOST_RECORDS = 500
MOST_BYTES = 4 * 1024 * 1024
MOST_BYTES_OF_ONE = 1000 * 1024
MOST_CHARACTERS_OF_TEXT = 200_000
ATTEMPTS = 5

# Where functions share a log group: 2026/01/31/Parley-CreateMessage[7]… (Lambda developer guide, "Configuring CloudWatch log groups").
STREAM = re.compile(r"\d{4}/\d{2}/\d{2}/([^\[]+)\[")

# What Lambda writes around every invocation when its log format is text.
FRAMES = ("START RequestId", "END RequestId", "INIT_START", "RESTORE_START")

firehose = boto3.client(
    "firehose", config=Config(connect_timeout=3, read_timeout=10, retries={"total_max_attempts": 2})
)


def handler(event, context):
    """Handles one batch of a subscription; answers with how many documents were handed over."""
    batch = json.loads(gzip.decompress(base64.b64decode(event["awslogs"]["data"])))
    if batch["messageType"] != "DATA_MESSAGE":
        return {"documents": 0}
    records = [
        record
        for record in (as_record(batch["logGroup"], function(batch), log_event) for log_event in batch["logEvents"])
        if record is not None
    ]
    for part in parts(records):
        put(part)
    return {"documents": len(records)}


def function(batch):
    """The function that wrote a batch: its stream names it where functions share a log group, else the group does."""
    named = STREAM.match(batch["logStream"])
    return named.group(1) if named else batch["logGroup"].rsplit("/", 1)[-1]


def as_record(log_group, function_name, log_event):
    """The document of one log event as bytes, or None where it says nothing: Lambda's frames, and metrics."""
    text = log_event["message"].strip()
    if not text or text.startswith(FRAMES):
        return None
    document = parsed(text)
    if "_aws" in document:
        return None
    document["@timestamp"] = (
        datetime.fromtimestamp(log_event["timestamp"] / 1000, timezone.utc).isoformat(timespec="milliseconds")
    )
    document["log_group"] = log_group
    document["function"] = function_name
    data = encoded(document)
    if len(data) > MOST_BYTES_OF_ONE:
        data = encoded(
            {
                "@timestamp": document["@timestamp"],
                "log_group": log_group,
                "function": function_name,
                "level": document.get("level"),
                "message": text[:MOST_CHARACTERS_OF_TEXT],
                "cut": True,
            }
        )
    return data


def parsed(text):
    """The fields of a JSON line; any other line is a message."""
    if text.startswith("{"):
        try:
            return json.loads(text)
        except ValueError:
            pass
    return {"message": text}


def encoded(document):
    return json.dumps(document, ensure_ascii=False).encode()


def parts(records):
    """The records in as many calls as they need."""
    part, size = [], 0
    for record in records:
        if part and (len(part) == MOST_RECORDS or size + len(record) > MOST_BYTES):
            yield part
            part, size = [], 0
        part.append(record)
        size += len(record)
    if part:
        yield part


def put(records):
    """Puts records, and those again that Firehose refuses; each may be refused alone."""
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(0.2 * 2**attempt)
        answer = firehose.put_record_batch(
            DeliveryStreamName=os.environ["DELIVERY_STREAM"], Records=[{"Data": record} for record in records]
        )
        if not answer["FailedPutCount"]:
            return
        records = [
            record for record, outcome in zip(records, answer["RequestResponses"]) if outcome.get("ErrorCode")
        ]
    raise RuntimeError(f"Firehose refused {len(records)} records {ATTEMPTS} times; the batch is tried again")
