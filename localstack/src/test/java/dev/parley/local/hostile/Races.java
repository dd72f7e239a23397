package dev.parley.local.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.local.client.RestClient.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Several people who change one thing at the same time. What was answered with success must be there afterwards. */
final class Races {

    private final RestClient rest;
    private final People people;
    private final String gatewayUrl;
    private final Tally tally;
    private final Person owner;
    private final List<Person> members = new ArrayList<>();
    private final Place place;
    private final String guild;
    private final String channel;

    Races(RestClient rest, String gatewayUrl, Tally tally, int crowd) {
        this.rest = rest;
        this.gatewayUrl = gatewayUrl;
        this.tally = tally;
        people = new People(rest);
        owner = people.user();
        place = people.guild(owner);
        for (int i = 0; i < crowd; i++) {
            members.add(people.user());
        }
        people.join(place, owner, members);
        guild = "/guilds/" + place.guildId();
        channel = "/channels/" + place.channelId();
    }

    /** Both edits are answered with what they wrote, one is stored, and the last event tells of that one. */
    void editOfOneMessage() {
        String id = people.say(owner, place.channelId(), "first").path("id").asText();
        String path = channel + "/messages/" + id;
        try (GatewayClient watcher = GatewayClient.ready(gatewayUrl, owner.token(), 1 | 1 << 9 | 1 << 15)) {
            watcher.awaitDispatch("GUILD_CREATE");
            List<Reply> replies =
                    atOnce(6, i -> rest.sendAsync("PATCH", path, owner.token(), Map.of("content", "edit " + i)));
            for (int i = 0; i < replies.size(); i++) {
                held("edit", replies.get(i).expect(200).path("content").asText().equals("edit " + i), replies.get(i));
            }
            JsonNode stored = rest.get(path, owner.token()).expect(200);
            String last = "";
            for (int i = 0; i < replies.size(); i++) {
                last = watcher.awaitDispatch("MESSAGE_UPDATE").at("/d/content").asText();
            }
            held("edit", stored.path("content").asText().equals(last), stored + " but last told " + last);
        }
    }

    /** Everybody changes another field of a channel. */
    void fieldsOfOneChannel() {
        List<Map<String, Object>> forms = List.of(
                Map.of("name", "raced"),
                Map.of("topic", "raced"),
                Map.of("nsfw", true),
                Map.of("rate_limit_per_user", 7));
        atOnce(forms.size(), i -> rest.sendAsync("PATCH", channel, owner.token(), forms.get(i)))
                .forEach(reply -> reply.expect(200));
        JsonNode stored = rest.get(channel, owner.token()).expect(200);
        forms.forEach(form -> form.forEach((field, value) ->
                held("channel field", stored.path(field).asText().equals(value.toString()), field + " of " + stored)));
        rest.send("PATCH", channel, owner.token(), Map.of("rate_limit_per_user", 0))
                .expect(200);
    }

    /** Everybody changes another field of a role. */
    void fieldsOfOneRole() {
        String id = rest.post(guild + "/roles", owner.token(), Map.of())
                .expect(200)
                .path("id")
                .asText();
        List<Map<String, Object>> forms = List.of(
                Map.of("name", "raced"),
                Map.of("permissions", "2048"),
                Map.of("hoist", true),
                Map.of("mentionable", true));
        atOnce(forms.size(), i -> rest.sendAsync("PATCH", guild + "/roles/" + id, owner.token(), forms.get(i)))
                .forEach(reply -> reply.expect(200));
        JsonNode stored = rest.get(guild + "/roles/" + id, owner.token()).expect(200);
        forms.forEach(form -> form.forEach((field, value) ->
                held("role field", stored.path(field).asText().equals(value.toString()), field + " of " + stored)));
    }

    /** Everybody sets the overwrite of another member. */
    void overwritesOfOneChannel() {
        atOnce(
                        members.size(),
                        i -> rest.sendAsync(
                                "PUT",
                                channel + "/permissions/" + members.get(i).id(),
                                owner.token(),
                                Map.of("type", 1, "allow", "1024", "deny", "0")))
                .forEach(reply -> reply.expect(204));
        List<String> stored = rest.get(channel, owner.token())
                .expect(200)
                .path("permission_overwrites")
                .findValuesAsText("id");
        members.forEach(member -> held("overwrite", stored.contains(member.id()), member.id()));
    }

    /** Everybody reacts with the same emoji, half of them take it back. */
    void reactionsOnOneMessage() {
        String id = people.say(owner, place.channelId(), "like it").path("id").asText();
        String path = channel + "/messages/" + id + "/reactions/%F0%9F%98%80";
        atOnce(
                        members.size(),
                        i -> rest.sendAsync("PUT", path + "/@me", members.get(i).token(), null))
                .forEach(reply -> reply.expect(204));
        int half = members.size() / 2;
        atOnce(half, i -> rest.sendAsync("DELETE", path + "/@me", members.get(i).token(), null))
                .forEach(reply -> reply.expect(204));
        int count = rest.get(channel + "/messages/" + id, owner.token())
                .expect(200)
                .at("/reactions/0/count")
                .asInt();
        int listed = rest.get(path + "?limit=100", owner.token()).expect(200).size();
        held("reaction", count == members.size() - half && listed == count, count + " counted, " + listed + " listed");
    }

    /** More are pinned at once than may be: as many are there as were accepted, and no more than the limit. */
    void pinsUpToTheLimit(int limit) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < limit + 5; i++) {
            ids.add(people.say(owner, place.channelId(), "pin " + i).path("id").asText());
        }
        List<Reply> replies = new ArrayList<>();
        ids.subList(0, limit - 5)
                .forEach(id -> replies.add(rest.send("PUT", channel + "/messages/pins/" + id, owner.token(), null)));
        List<String> raced = ids.subList(limit - 5, ids.size());
        replies.addAll(atOnce(
                raced.size(),
                i -> rest.sendAsync("PUT", channel + "/messages/pins/" + raced.get(i), owner.token(), null)));
        long accepted = replies.stream().filter(reply -> reply.status() == 204).count();
        held("pin", accepted == limit, accepted + " accepted");
        for (int i = 0; i < ids.size(); i++) {
            JsonNode stored =
                    rest.get(channel + "/messages/" + ids.get(i), owner.token()).expect(200);
            held("pin", stored.path("pinned").asBoolean() == (replies.get(i).status() == 204), stored);
        }
    }

    /** Everybody changes another setting of the guild, and of what is in it. */
    void fieldsOfTheRest() {
        fields(guild, Map.of("name", "raced"), Map.of("description", "raced"), Map.of("verification_level", 1));
        String thread = rest.post(channel + "/threads", owner.token(), Map.of("name", "first", "type", 11))
                .expect(201)
                .path("id")
                .asText();
        fields("/channels/" + thread, Map.of("name", "raced"), Map.of("rate_limit_per_user", 7));
        Map<String, Object> rule = Map.of(
                "name",
                "first",
                "event_type",
                1,
                "trigger_type",
                1,
                "trigger_metadata",
                Map.of("keyword_filter", List.of("unheard")),
                "actions",
                List.of(Map.of("type", 1)));
        String rules = guild + "/auto-moderation/rules/";
        String id = rest.post(guild + "/auto-moderation/rules", owner.token(), rule)
                .expect(200)
                .path("id")
                .asText();
        fields(rules + id, Map.of("name", "raced"), Map.of("enabled", true));
        rest.send("DELETE", rules + id, owner.token(), null).expect(204);
        fields("/users/@me/settings", Map.of("status", "dnd"), Map.of("locale", "de"), Map.of("theme", "light"));
        fields("/users/@me", Map.of("global_name", "raced"), Map.of("bio", "raced"));
    }

    @SafeVarargs
    private void fields(String path, Map<String, Object>... forms) {
        List<Reply> replies = atOnce(forms.length, i -> rest.sendAsync("PATCH", path, owner.token(), forms[i]));
        JsonNode stored = rest.get(path, owner.token()).expect(200);
        for (int i = 0; i < forms.length; i++) {
            replies.get(i).expect(200);
            forms[i].forEach((field, value) -> held(
                    path.replaceAll("[0-9]+", "") + " field",
                    !stored.has(field) || stored.path(field).asText().equals(value.toString()),
                    field + " of " + stored));
        }
    }

    /** Everybody uses an invite that is good for one. */
    void useOfAnInviteForOne() {
        Place club = people.guild(owner);
        String code = rest.post("/channels/" + club.channelId() + "/invites", owner.token(), Map.of("max_uses", 1))
                .expect(200)
                .path("code")
                .asText();
        List<Reply> replies = atOnce(
                members.size(),
                i -> rest.sendAsync("POST", "/invites/" + code, members.get(i).token(), Map.of()));
        for (int i = 0; i < replies.size(); i++) {
            boolean in = rest.get("/guilds/" + club.guildId(), members.get(i).token())
                            .status()
                    == 200;
            held("invite", in == (replies.get(i).status() == 200), replies.get(i));
        }
        long let = replies.stream().filter(reply -> reply.status() == 200).count();
        held("invite", let == 1, let + " were let in");
    }

    /** Everybody joins one thread. */
    void joinsOfOneThread() {
        String thread = rest.post(channel + "/threads", owner.token(), Map.of("name", "crowd", "type", 11))
                .expect(201)
                .path("id")
                .asText();
        String path = "/channels/" + thread;
        atOnce(
                        members.size(),
                        i -> rest.sendAsync(
                                "PUT",
                                path + "/thread-members/@me",
                                members.get(i).token(),
                                null))
                .forEach(reply -> reply.expect(204));
        JsonNode stored = rest.get(path, owner.token()).expect(200);
        held("thread join", stored.path("member_count").asInt() == members.size() + 1, stored);
        for (Person member : members) {
            held(
                    "thread join",
                    rest.get(path + "/thread-members/" + member.id(), owner.token())
                                    .status()
                            == 200,
                    member.id());
        }
    }

    /** One is renamed while the other moves it. */
    void fieldsOfOneWebhook() {
        String other = rest.post(guild + "/channels", owner.token(), Map.of("name", "other"))
                .expect(201)
                .path("id")
                .asText();
        String id = rest.post(channel + "/webhooks", owner.token(), Map.of("name", "first"))
                .expect(200)
                .path("id")
                .asText();
        List<Map<String, String>> forms = List.of(Map.of("name", "raced"), Map.of("channel_id", other));
        atOnce(2, i -> rest.sendAsync("PATCH", "/webhooks/" + id, owner.token(), forms.get(i)))
                .forEach(reply -> reply.expect(200));
        JsonNode stored = rest.get("/webhooks/" + id, owner.token()).expect(200);
        held("webhook", stored.path("name").asText().equals("raced"), stored);
        held("webhook", stored.path("channel_id").asText().equals(other), stored);
    }

    /** One member gets a nick, and several roles one by one. */
    void nickAndRolesOfOneMember() {
        List<String> roles = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            roles.add(rest.post(guild + "/roles", owner.token(), Map.of())
                    .expect(200)
                    .path("id")
                    .asText());
        }
        String path = guild + "/members/" + members.getFirst().id();
        List<Reply> replies = atOnce(
                roles.size() + 1,
                i -> i == roles.size()
                        ? rest.sendAsync("PATCH", path, owner.token(), Map.of("nick", "raced"))
                        : rest.sendAsync("PUT", path + "/roles/" + roles.get(i), owner.token(), null));
        replies.forEach(reply -> held("member", reply.status() < 300, reply));
        JsonNode stored = rest.get(path, owner.token()).expect(200);
        held("member", stored.path("nick").asText().equals("raced"), stored);
        roles.forEach(role -> held("member", stored.path("roles").toString().contains(role), role + " in " + stored));
    }

    private List<Reply> atOnce(int count, IntFunction<CompletableFuture<Reply>> request) {
        tally.add("races run", 1);
        List<CompletableFuture<Reply>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(request.apply(i));
        }
        return sent.stream().map(CompletableFuture::join).toList();
    }

    private void held(String what, boolean holds, @Nullable Object otherwise) {
        tally.add("writes compared", 1);
        tally.add("writes lost", holds ? 0 : 1);
        if (!holds) {
            tally.fail("lost " + what + ": " + otherwise);
        }
    }
}
