package dev.parley.local.sqs;

/**
 * One receipt of a message.
 *
 * @param receives how often it has been received, this time included
 * @param sentAt epoch milliseconds, as all times here
 */
record Delivery(
        SentMessage sent, NewMessage message, String receiptHandle, int receives, long sentAt, long firstReceivedAt) {}
