package dev.parley.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.permission.Overwrite;
import dev.parley.permission.Permission;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The channel that a client asks for (Discord documentation, "Create Guild Channel"), checked. */
record ChannelDraft(
        String name,
        int type,
        @Nullable String topic,
        @Nullable Integer position,
        @Nullable Snowflake parentId,
        boolean nsfw,
        int rateLimitPerUser,
        List<Overwrite> overwrites) {

    private static final int MAX_OVERWRITES = 100;

    static ChannelDraft read(Form form) {
        String name = form.requiredText("name", 1, 100);
        Integer type = form.optionalInteger("type", 0, 255);
        if (type != null && type != Channel.TEXT && type != Channel.CATEGORY) {
            form.error("type", "BASE_TYPE_CHOICES", "Value must be one of {0, 4}.");
        }
        String topic = form.optionalText("topic", 0, 1024);
        Integer position = form.optionalInteger("position", 0, 1000);
        Snowflake parentId = form.optionalSnowflake("parent_id");
        boolean nsfw = form.flag("nsfw", false);
        Integer rateLimit = form.optionalInteger("rate_limit_per_user", 0, 21_600);
        List<Overwrite> overwrites = overwrites(form);
        form.check();
        return new ChannelDraft(
                name,
                type == null ? Channel.TEXT : type,
                topic,
                position,
                parentId,
                nsfw,
                rateLimit == null ? 0 : rateLimit,
                overwrites);
    }

    private static List<Overwrite> overwrites(Form form) {
        JsonNode list = form.raw("permission_overwrites");
        List<Overwrite> overwrites = new ArrayList<>();
        if (list.isMissingNode() || list.isNull()) {
            return overwrites;
        }
        if (!list.isArray() || list.size() > MAX_OVERWRITES) {
            form.error("permission_overwrites", "BASE_TYPE_BAD_LENGTH", "Must be a list of 100 or fewer.");
            return overwrites;
        }
        Set<Snowflake> seen = new HashSet<>();
        for (JsonNode node : list) {
            Snowflake id = Snowflake.parseOrNull(node.path("id").asText());
            int type = node.path("type").asInt(-1);
            Long allow = bits(node.path("allow"));
            Long deny = bits(node.path("deny"));
            boolean known = type == Overwrite.ROLE || type == Overwrite.MEMBER;
            if (id == null || !known || allow == null || deny == null || !seen.add(id)) {
                form.error("permission_overwrites", "MODEL_TYPE_CONVERT", "Not a list of overwrites, one a target.");
                return overwrites;
            }
            overwrites.add(new Overwrite(id, type, allow, deny));
        }
        return overwrites;
    }

    private static @Nullable Long bits(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return 0L;
        }
        Snowflake bits = Snowflake.parseOrNull(node.asText());
        return bits == null ? null : Long.valueOf(bits.value() & Permission.ALL);
    }
}
