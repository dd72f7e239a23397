package dev.parley.catalog;

import static dev.parley.catalog.HttpMethod.DELETE;
import static dev.parley.catalog.HttpMethod.GET;
import static dev.parley.catalog.HttpMethod.PATCH;
import static dev.parley.catalog.HttpMethod.POST;

import java.util.List;

/** Custom emojis of guilds and applications, and stickers, of which there are none. */
final class ExpressionRoutes {

    static final List<HttpRoute> ALL = List.of(
            HttpRoute.api(GET, "/guilds/{guild_id}/emojis", "emoji.ListGuildEmojisFunction"),
            HttpRoute.api(POST, "/guilds/{guild_id}/emojis", "emoji.CreateGuildEmojiFunction")
                    .storing(),
            HttpRoute.api(GET, "/guilds/{guild_id}/emojis/{emoji_id}", "emoji.GetGuildEmojiFunction"),
            HttpRoute.api(PATCH, "/guilds/{guild_id}/emojis/{emoji_id}", "emoji.ModifyGuildEmojiFunction"),
            HttpRoute.api(DELETE, "/guilds/{guild_id}/emojis/{emoji_id}", "emoji.DeleteGuildEmojiFunction"),
            HttpRoute.api(GET, "/applications/{application_id}/emojis", "emoji.ListApplicationEmojisFunction"),
            HttpRoute.api(POST, "/applications/{application_id}/emojis", "emoji.CreateApplicationEmojiFunction")
                    .storing(),
            HttpRoute.api(GET, "/applications/{application_id}/emojis/{emoji_id}", "emoji.GetApplicationEmojiFunction"),
            HttpRoute.api(
                    PATCH, "/applications/{application_id}/emojis/{emoji_id}", "emoji.ModifyApplicationEmojiFunction"),
            HttpRoute.api(
                    DELETE, "/applications/{application_id}/emojis/{emoji_id}", "emoji.DeleteApplicationEmojiFunction"),
            HttpRoute.api(GET, "/guilds/{guild_id}/stickers", "emoji.ListGuildStickersFunction"),
            HttpRoute.api(GET, "/sticker-packs", "emoji.ListStickerPacksFunction")
                    .open());

    private ExpressionRoutes() {}
}
