package dev.parley.local.sqs;

/** A request that SQS refuses (SQS API reference, "Common Error Types" and each action's errors). */
final class SqsError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The errors that this server gives: the shape of the JSON protocol, and the code of the older query protocol. */
    enum Code {
        QUEUE_DOES_NOT_EXIST("QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"),
        QUEUE_NAME_EXISTS("QueueNameExists", "QueueAlreadyExists"),
        INVALID_PARAMETER("InvalidParameterValue", "InvalidParameterValue"),
        INVALID_ATTRIBUTE("InvalidAttributeValue", "InvalidAttributeValue"),
        MISSING_PARAMETER("MissingParameter", "MissingParameter"),
        RECEIPT_HANDLE_INVALID("ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid"),
        NOT_IN_FLIGHT("MessageNotInflight", "AWS.SimpleQueueService.MessageNotInflight"),
        OVER_LIMIT("OverLimit", "OverLimit"),
        EMPTY_BATCH("EmptyBatchRequest", "AWS.SimpleQueueService.EmptyBatchRequest"),
        TOO_MANY_ENTRIES("TooManyEntriesInBatchRequest", "AWS.SimpleQueueService.TooManyEntriesInBatchRequest"),
        IDS_NOT_DISTINCT("BatchEntryIdsNotDistinct", "AWS.SimpleQueueService.BatchEntryIdsNotDistinct"),
        BATCH_TOO_LONG("BatchRequestTooLong", "AWS.SimpleQueueService.BatchRequestTooLong"),
        UNSUPPORTED("UnsupportedOperation", "AWS.SimpleQueueService.UnsupportedOperation");

        private final String shape;
        private final String queryCode;

        Code(String shape, String queryCode) {
            this.shape = shape;
            this.queryCode = queryCode;
        }

        String shape() {
            return shape;
        }

        String queryCode() {
            return queryCode;
        }
    }

    private final Code code;

    SqsError(Code code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    Code code() {
        return code;
    }

    /** What is wrong, for the client. */
    String text() {
        String message = getMessage();
        return message == null ? code.shape() : message;
    }
}
