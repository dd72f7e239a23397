package dev.parley.catalog;

import java.util.List;

/** Images, where Discord's content delivery network has them (Discord documentation, "CDN Endpoints"). */
final class ImageRoutes {

    static final List<HttpRoute> ALL = List.of(
            HttpRoute.file("/icons/{guild_id}/{filename}", "image.GetGuildIconFunction"),
            HttpRoute.file("/channel-icons/{channel_id}/{filename}", "image.GetGroupIconFunction"),
            HttpRoute.file("/avatars/{user_id}/{filename}", "image.GetUserAvatarFunction"),
            HttpRoute.file("/emojis/{filename}", "image.GetEmojiImageFunction"),
            HttpRoute.file("/embed/avatars/{filename}", "image.GetDefaultAvatarFunction"));

    private ImageRoutes() {}
}
