package dev.parley.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.DispatchType;
import dev.parley.snowflake.Snowflake;

/**
 * Something that happened and that sessions hear of.
 *
 * @param id tells the event apart, and two publications of one event together
 * @param type what happened
 * @param audience who gets it
 * @param data the dispatch's {@code d}
 */
public record Event(Snowflake id, DispatchType type, Audience audience, JsonNode data) {}
