package dev.parley.local.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import java.util.List;

/** Every operation of guilds, members, roles, moderation and invites, once. */
final class GuildWalk {

    private final Walk walk;
    private final String guild;
    private final Person owner;
    private final Person guest;

    GuildWalk(Walk walk) {
        this.walk = walk;
        guild = walk.guild;
        owner = walk.owner;
        guest = walk.guest;
    }

    void run() {
        settings();
        roles();
        members();
        rules();
        emojis();
        channels();
        invites();
        bans();
        walk.call("get " + guild + "/audit-logs", owner);
        walk.call("get " + guild + "/prune?days=30", owner);
        walk.send("post " + guild + "/prune", owner, "{\"days\": 30}");
        for (JsonNode integration : walk.call("get " + guild + "/integrations", owner)) {
            if (!integration.path("id").asText().equals(walk.bot.id())) {
                continue;
            }
            Person second = walk.people.bot(owner, walk.place);
            walk.call("delete " + guild + "/integrations/" + second.id(), owner);
        }
    }

    private void settings() {
        walk.call("get " + guild + "?with_counts=true", owner);
        walk.send("patch " + guild, owner, "{\"name\": \"renamed\", \"description\": \"what it is\"}");
        walk.call("get " + guild + "/preview", owner);
        walk.call("get " + guild + "/regions", owner);
        walk.call("get /voice/regions", owner);
        walk.call("get " + guild + "/vanity-url", owner);
        walk.call("get " + guild + "/onboarding", owner);
        walk.call("get " + guild + "/new-member-welcome", owner);
        walk.send("patch " + guild + "/welcome-screen", owner, """
                {"enabled": true, "description": "hello", "welcome_channels":
                 [{"channel_id": "%s", "description": "here"}]}""".formatted(walk.place.channelId()));
        walk.call("get " + guild + "/welcome-screen", owner);
        walk.send("patch " + guild + "/widget", owner, "{\"enabled\": true}");
        walk.call("get " + guild + "/widget", owner);
        walk.call("get " + guild + "/widget.json", owner);
        walk.call("get " + guild + "/stickers", owner);
        walk.call("get /sticker-packs", owner);
    }

    private void roles() {
        String role = walk.make("post " + guild + "/roles", owner, "{\"name\": \"role\"}");
        walk.call("get " + guild + "/roles", owner);
        walk.call("get " + guild + "/roles/" + role, owner);
        walk.call("get " + guild + "/roles/member-counts", owner);
        walk.send("patch " + guild + "/roles/" + role, owner, "{\"color\": 255}");
        walk.send("patch " + guild + "/roles", owner, "[{\"id\": \"" + role + "\", \"position\": 1}]");
        walk.call("put " + guild + "/members/" + guest.id() + "/roles/" + role, owner);
        walk.call("delete " + guild + "/members/" + guest.id() + "/roles/" + role, owner);
        walk.call("delete " + guild + "/roles/" + role, owner);
    }

    private void members() {
        walk.call("get " + guild + "/members?limit=10", owner);
        walk.call("get " + guild + "/members/search?query=u", owner);
        walk.call("get " + guild + "/members/" + guest.id(), owner);
        walk.send("patch " + guild + "/members/" + guest.id(), owner, "{\"nick\": \"nick\"}");
        walk.send("patch " + guild + "/members/@me", guest, "{\"nick\": null}");
        Person kicked = walk.people.user();
        walk.people.join(walk.place, owner, List.of(kicked));
        walk.call("delete " + guild + "/members/" + kicked.id(), owner);
    }

    private void rules() {
        String rule = walk.make("post " + guild + "/auto-moderation/rules", owner, """
                {"name": "rule", "event_type": 1, "trigger_type": 1, "enabled": true,
                 "trigger_metadata": {"keyword_filter": ["forbidden"]}, "actions": [{"type": 1, "metadata": {}}]}""");
        walk.call("get " + guild + "/auto-moderation/rules", owner);
        walk.call("get " + guild + "/auto-moderation/rules/" + rule, owner);
        walk.send("patch " + guild + "/auto-moderation/rules/" + rule, owner, "{\"name\": \"renamed\"}");
        walk.call("delete " + guild + "/auto-moderation/rules/" + rule, owner);
    }

    private void emojis() {
        String form = "{\"name\": \"pixel\", \"image\": \"" + Walk.IMAGE + "\"}";
        String emoji = walk.make("post " + guild + "/emojis", owner, form);
        walk.call("get " + guild + "/emojis", owner);
        walk.call("get " + guild + "/emojis/" + emoji, owner);
        walk.send("patch " + guild + "/emojis/" + emoji, owner, "{\"name\": \"dot\"}");
        walk.call("delete " + guild + "/emojis/" + emoji, owner);
        String own = "/applications/" + walk.bot.id() + "/emojis";
        String mine = walk.make("post " + own, walk.bot, form);
        walk.call("get " + own, walk.bot);
        walk.call("get " + own + "/" + mine, walk.bot);
        walk.send("patch " + own + "/" + mine, walk.bot, "{\"name\": \"dot\"}");
        walk.call("delete " + own + "/" + mine, walk.bot);
    }

    private void channels() {
        String made = walk.make("post " + guild + "/channels", owner, "{\"name\": \"made\"}");
        walk.call("get " + guild + "/channels", owner);
        walk.send("patch " + guild + "/channels", owner, "[{\"id\": \"" + made + "\", \"position\": 5}]");
        walk.call("get /channels/" + made, owner);
        walk.send("patch /channels/" + made, owner, "{\"topic\": \"what it is about\"}");
        walk.send(
                "put /channels/" + made + "/permissions/" + walk.place.guildId(),
                owner,
                "{\"type\": 0, \"deny\": \"2048\"}");
        walk.call("delete /channels/" + made + "/permissions/" + walk.place.guildId(), owner);
        walk.call("delete /channels/" + made, owner);
    }

    private void invites() {
        String code = walk.send("post " + walk.channel + "/invites", owner, "{\"max_age\": 600}")
                .path("code")
                .asText();
        walk.call("get " + walk.channel + "/invites", owner);
        walk.call("get " + guild + "/invites", owner);
        walk.call("get /invites/" + code + "?with_counts=true", owner);
        walk.call("delete /invites/" + code, owner);
    }

    private void bans() {
        Person banned = walk.people.user();
        walk.people.join(walk.place, owner, List.of(banned));
        walk.send("put " + guild + "/bans/" + banned.id(), owner, "{\"delete_message_seconds\": 60}");
        walk.call("get " + guild + "/bans", owner);
        walk.call("get " + guild + "/bans/" + banned.id(), owner);
        walk.call("delete " + guild + "/bans/" + banned.id(), owner);
        walk.send("post " + guild + "/bulk-ban", owner, "{\"user_ids\": [\"" + banned.id() + "\"]}");
    }

    /** What a member does with the guilds that it is in. */
    void leave() {
        Place other = walk.people.guild(owner);
        walk.people.join(other, owner, List.of(guest));
        walk.call("get /users/@me/guilds?with_counts=true", guest);
        walk.call("get /users/@me/guilds/" + other.guildId() + "/member", guest);
        walk.call("delete /users/@me/guilds/" + other.guildId(), guest);
    }
}
