package dev.parley.local.contract;

import java.util.List;
import java.util.Optional;

/** Why Parley does not have an operation of Discord's. */
final class LeftOut {

    private static final String VOICE = "voice: Parley carries text";
    private static final String STAGES = "stages: a kind of voice channel";
    private static final String PAYMENTS = "payments: nothing is sold";
    private static final String GAMES = "Discord's SDK for games (lobbies, partner accounts)";
    private static final String ACTIVITIES = "activities: applications embedded in voice channels";
    private static final String EVENTS = "scheduled events: a calendar, not chat";
    private static final String OPENID = "OpenID: Parley is no identity provider for others";
    private static final String LINKED_ROLES = "linked roles: need Discord's connections to other services";
    private static final String STICKERS = "optional: stickers; the lists are there, and empty";
    private static final String POLLS = "optional: polls";
    private static final String FOLLOW = "optional: following an announcement channel in another guild";
    private static final String TEMPLATES = "guild templates: a guild is made by its channels and roles";
    private static final String GATING = "applications to join a guild: an invite lets in";

    private record Reason(String operation, String why) {

        boolean fits(String key) {
            return operation.endsWith("*")
                    ? key.contains(operation.substring(0, operation.length() - 1))
                    : key.equals(operation);
        }
    }

    private static final List<Reason> REASONS = List.of(
            new Reason("/voice*", VOICE),
            new Reason("/soundboard*", VOICE),
            new Reason("/send-soundboard-sound*", VOICE),
            new Reason("/stage-instances*", STAGES),
            new Reason("/entitlements*", PAYMENTS),
            new Reason("/skus/*", PAYMENTS),
            new Reason("/lobbies*", GAMES),
            new Reason("/partner-sdk*", GAMES),
            new Reason("/activity-instances*", ACTIVITIES),
            new Reason("POST /applications/{}/attachment", ACTIVITIES),
            new Reason("/scheduled-events*", EVENTS),
            new Reason("/oauth2/keys*", OPENID),
            new Reason("/oauth2/userinfo*", OPENID),
            new Reason("/role-connection*", LINKED_ROLES),
            new Reason("/polls/*", POLLS),
            new Reason("/followers*", FOLLOW),
            new Reason("/templates*", TEMPLATES),
            new Reason("/guilds/{}/requests*", GATING),
            new Reason("/target-users*", "invites for a list of users only: an invite is for whoever has it"),
            new Reason("GET /stickers/{}", STICKERS),
            new Reason("GET /sticker-packs/{}", STICKERS),
            new Reason("/guilds/{}/stickers/{}*", STICKERS),
            new Reason("POST /guilds/{}/stickers", STICKERS),
            new Reason("PUT /guilds/{}/incident-actions", "Discord's own detection of raids"),
            new Reason("PUT /guilds/{}/onboarding", "questions to new members; the list is there, and empty"),
            new Reason("/github*", "GitHub's own format; webhooks take Discord's and Slack's"),
            new Reason("GET /guilds/{}/widget.png", "a picture of the widget; widget.json has what is in it"),
            new Reason(
                    "PUT /guilds/{}/members/{}",
                    "adding a user by an OAuth2 token: Parley gives none to applications"));

    private LeftOut() {}

    /** Why; empty if there is no reason, and the operation is missing. */
    static Optional<String> why(OpenApi.Operation operation) {
        String key = operation.key();
        return REASONS.stream()
                .filter(reason -> reason.fits(key))
                .map(Reason::why)
                .findFirst();
    }
}
