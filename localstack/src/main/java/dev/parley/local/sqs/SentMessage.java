package dev.parley.local.sqs;

/**
 * What a sender hears.
 *
 * @param sequenceNumber 20 digits, growing within a queue
 */
record SentMessage(String messageId, String sequenceNumber) {}
