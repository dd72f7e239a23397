package dev.parley.catalog;

import static dev.parley.catalog.HttpMethod.DELETE;
import static dev.parley.catalog.HttpMethod.GET;
import static dev.parley.catalog.HttpMethod.POST;

import dev.parley.ratelimit.Limit;
import java.util.List;

/** Invites. */
final class InviteRoutes {

    static final List<HttpRoute> ALL = List.of(
            HttpRoute.api(GET, "/channels/{channel_id}/invites", "invite.ListChannelInvitesFunction"),
            HttpRoute.api(POST, "/channels/{channel_id}/invites", "invite.CreateInviteFunction"),
            HttpRoute.api(GET, "/guilds/{guild_id}/invites", "invite.ListGuildInvitesFunction"),
            HttpRoute.api(GET, "/invites/{invite_code}", "invite.GetInviteFunction")
                    .open(),
            HttpRoute.api(POST, "/invites/{invite_code}", "invite.AcceptInviteFunction")
                    .limit(Limit.ACCEPT_INVITE),
            HttpRoute.api(DELETE, "/invites/{invite_code}", "invite.DeleteInviteFunction"));

    private InviteRoutes() {}
}
