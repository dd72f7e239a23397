package dev.parley.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * What makes a channel a thread (Discord documentation, "Thread Metadata Object" and "Channel Object").
 *
 * @param ownerId who made it
 * @param archived whether it is archived now
 * @param invitable whether members who do not manage threads may add others; of private threads only
 * @param autoArchiveDuration minutes without activity after which it is archived: 60, 1440, 4320 or 10080
 * @param archiveTimestamp when it was archived, brought back or made, whichever was last
 * @param messageCount messages in it, without the one that it began with
 * @param memberCount who is in it; counts no further than 50
 * @param totalMessageSent as {@code messageCount}, the deleted ones included
 */
public record ThreadState(
        Snowflake ownerId,
        boolean archived,
        boolean locked,
        boolean invitable,
        int autoArchiveDuration,
        Instant createdAt,
        Instant archiveTimestamp,
        int messageCount,
        int memberCount,
        int totalMessageSent) {

    /** To the microsecond: clients page by these. */
    static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);

    /** The thread as clients see it. */
    ObjectNode body(Channel channel) {
        ObjectNode body = Json.object();
        body.put("id", channel.id().toString());
        body.put("type", channel.type());
        body.put("guild_id", String.valueOf(channel.guildId()));
        body.put("parent_id", String.valueOf(channel.parentId()));
        body.put("owner_id", ownerId.toString());
        body.put("name", channel.name());
        Snowflake lastMessageId = channel.lastMessageId();
        body.put("last_message_id", lastMessageId == null ? null : lastMessageId.toString());
        body.put("rate_limit_per_user", channel.rateLimitPerUser());
        body.put("message_count", messageCount);
        body.put("member_count", memberCount);
        body.put("total_message_sent", totalMessageSent);
        body.put("flags", 0);
        ObjectNode metadata = body.putObject("thread_metadata");
        metadata.put("archived", archived);
        metadata.put("archive_timestamp", TIMESTAMP.format(archiveTimestamp));
        metadata.put("auto_archive_duration", autoArchiveDuration);
        metadata.put("locked", locked);
        metadata.put("create_timestamp", TIMESTAMP.format(createdAt));
        if (channel.type() == Channel.PRIVATE_THREAD) {
            metadata.put("invitable", invitable);
        }
        return body;
    }
}
