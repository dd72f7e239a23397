package dev.parley.local.hostile;

import dev.parley.catalog.HttpMethod;
import dev.parley.catalog.HttpRoute;
import dev.parley.local.client.People.Person;
import dev.parley.local.hostile.RawRequests.Answer;
import dev.parley.local.hostile.RawRequests.Raw;
import dev.parley.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Calls routes with the ids of what the caller may not see, mixed with the caller's own. */
final class Prying {

    private static final List<String> LEAVING =
            List.of("/users/@me/delete", "/auth/logout", "/users/@me/guilds/{guild_id}", "/bot/reset");
    private static final List<String> FIELDS = List.of(
            "channel_id",
            "parent_id",
            "system_channel_id",
            "rules_channel_id",
            "afk_channel_id",
            "widget_channel_id",
            "public_updates_channel_id",
            "safety_alerts_channel_id",
            "target_user_id",
            "user_id",
            "recipient_id",
            "guild_id",
            "id",
            "message_id",
            "emoji_id");

    private final RawRequests requests;
    private final Tally tally;
    private final Target target;
    private final Target own;

    Prying(RawRequests requests, Tally tally, Target target, Target own) {
        this.requests = requests;
        this.tally = tally;
        this.target = target;
        this.own = own;
    }

    /** Calls every route as somebody who may see none of the marks. */
    void pry(List<HttpRoute> routes, Person caller, List<String> marks) {
        routes.parallelStream().forEach(route -> {
            if (LEAVING.stream().anyMatch(route.path()::endsWith)) {
                return;
            }
            for (String path : paths(route)) {
                if (route.method() == HttpMethod.DELETE && target.all().stream().noneMatch(path::contains)) {
                    continue;
                }
                for (String body : bodies(route)) {
                    ask(route, path, body, caller, marks);
                }
            }
        });
    }

    private void ask(HttpRoute route, String path, String body, Person caller, List<String> marks) {
        Map<String, String> headers = Map.of("authorization", caller.token(), "content-type", "application/json");
        Raw raw = new Raw(route, path, headers, body.isEmpty() ? null : body.getBytes(StandardCharsets.UTF_8));
        Answer answer = requests.send(raw);
        tally.add("answers searched for leaks", 1);
        for (String mark : marks) {
            if (answer.text().contains(mark)) {
                tally.add("leaks in answers", 1);
                tally.fail("leak of " + mark + " by " + raw.shown() + "\n  " + answer.text());
            }
        }
    }

    /** Every mix of own ids and the others'; a token or a code that nobody told the caller is none of them. */
    private Set<String> paths(HttpRoute route) {
        List<String> paths = List.of(route.path().replace("{version}", "v10"));
        for (String name : Target.parameters(paths.getFirst())) {
            List<String> next = new ArrayList<>();
            for (String path : paths) {
                values(name).forEach(value -> next.add(path.replace("{" + name + "}", value)));
            }
            paths = next;
        }
        Set<String> asked = new LinkedHashSet<>();
        for (String path : paths) {
            boolean search = path.endsWith("/search");
            asked.add(search ? path + "?query=" + target.hidden() + "&content=" + target.hidden() + "&limit=25" : path);
            if (search) {
                asked.add(path + "?channel_id=" + target.ids().get("channel_id") + "&query=a");
            }
        }
        return asked;
    }

    private List<String> values(String name) {
        Map<String, String> theirs = target.ids();
        String mine = own.ids().getOrDefault(name, "1");
        return switch (name) {
            case "channel_id" ->
                List.of(
                        mine,
                        theirs.getOrDefault(name, "1"),
                        theirs.getOrDefault("thread_id", "1"),
                        theirs.getOrDefault("private_thread_id", "1"));
            case "user_id" -> List.of(theirs.getOrDefault("banned_id", "1"), theirs.getOrDefault(name, "1"));
            case "webhook_token", "interaction_token" -> List.of("guessed");
            case "invite_code" -> List.of("guessed");
            case "emoji_name" -> List.of("%F0%9F%98%80");
            case "filename" -> List.of("0.png");
            default -> List.of(mine, theirs.getOrDefault(name, "1"));
        };
    }

    private List<String> bodies(HttpRoute route) {
        if (route.method() == HttpMethod.GET || route.method() == HttpMethod.DELETE) {
            return List.of("");
        }
        Map<String, String> ids = target.ids();
        List<String> bodies = new ArrayList<>();
        bodies.add("{\"name\":\"mine\",\"content\":\"mine\"}");
        Map<String, Object> reference = Map.of(
                "type",
                1,
                "message_id",
                ids.getOrDefault("message_id", "1"),
                "channel_id",
                ids.getOrDefault("channel_id", "1"),
                "guild_id",
                ids.getOrDefault("guild_id", "1"));
        if (route.path().contains("message") || route.path().contains("webhook")) {
            bodies.add(Json.text(Map.of("message_reference", reference)));
            bodies.add(Json.text(Map.of(
                    "content",
                    "<#" + ids.get("channel_id") + "> <@&" + ids.get("role_id") + "> <@" + ids.get("banned_id") + ">",
                    "message_reference",
                    Map.of("message_id", ids.getOrDefault("message_id", "1")))));
        }
        for (String field : FIELDS) {
            String value = ids.getOrDefault(field, ids.getOrDefault("channel_id", "1"));
            if (route.path().endsWith("s") || field.equals("channel_id") || field.equals("parent_id")) {
                bodies.add(Json.text(Map.of("name", "mine", "content", "mine", field, value)));
            }
        }
        return bodies;
    }
}
