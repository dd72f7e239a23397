package dev.parley.channel;

import dev.parley.protocol.ApiException;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be in a category (Discord documentation, "Channel Object", {@code parent_id}). */
final class Categories {

    private static final int MAX_CHANNELS = 50;

    private Categories() {}

    /**
     * Passes if a channel can be put into a category.
     *
     * @param parentId the category; null for none
     * @param type the channel's type
     * @param existing the channels of the guild
     * @throws ApiException {@code INVALID_FORM_BODY} if it is no category, if the channel is one itself, or if 50 channels
     *     are in it
     */
    static void requireRoom(@Nullable Snowflake parentId, int type, List<Channel> existing) {
        if (parentId == null) {
            return;
        }
        boolean found =
                existing.stream().anyMatch(other -> other.id().equals(parentId) && other.type() == Channel.CATEGORY);
        if (!found || type == Channel.CATEGORY) {
            throw Form.refusal("parent_id", "CHANNEL_PARENT_INVALID", "Not a category of this guild.");
        }
        if (existing.stream().filter(other -> parentId.equals(other.parentId())).count() >= MAX_CHANNELS) {
            throw Form.refusal(
                    "parent_id", "CHANNEL_PARENT_MAX_CHANNELS", "Maximum number of channels in category reached (50)");
        }
    }
}
