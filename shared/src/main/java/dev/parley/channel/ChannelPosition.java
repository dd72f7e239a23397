package dev.parley.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a channel shall stand (Discord documentation, "Modify Guild Channel Positions").
 *
 * @param position 0 to 1,000; null where it stands now
 * @param moves whether it shall be in another category
 * @param parentId the category; null for none
 * @param locks whether it takes the overwrites of the category that it moves to
 */
record ChannelPosition(
        Snowflake channelId,
        @Nullable Integer position,
        boolean moves,
        @Nullable Snowflake parentId,
        boolean locks) {

    private static final int MAX_POSITION = 1000;

    /**
     * Reads a list of {@code {id, position, parent_id, lock_permissions}}.
     *
     * @throws ApiException {@code INVALID_FORM_BODY}
     */
    static List<ChannelPosition> read(JsonNode list) {
        if (!list.isArray() || list.size() > Channels.MAX_CHANNELS) {
            throw Form.refusal("_", "BASE_TYPE_BAD_LENGTH", "Must be a list of 500 or fewer.");
        }
        List<ChannelPosition> positions = new ArrayList<>();
        Set<Snowflake> seen = new HashSet<>();
        for (JsonNode node : list) {
            Form form = new Form(node);
            Snowflake id = form.optionalSnowflake("id");
            Integer position = form.optionalInteger("position", 0, MAX_POSITION);
            Snowflake parentId = form.optionalSnowflake("parent_id");
            boolean locks = form.flag("lock_permissions", false);
            form.check();
            if (id == null || !seen.add(id)) {
                throw Form.refusal("id", "NUMBER_TYPE_COERCE", "Not a list of channels, each once.");
            }
            positions.add(new ChannelPosition(id, position, form.has("parent_id"), parentId, locks));
        }
        return positions;
    }

    /** The channel where it shall stand. */
    Channel of(Channel channel) {
        return channel.at(position == null ? channel.position() : position, moves ? parentId : channel.parentId());
    }
}
