package dev.parley.local.hostile;

import dev.parley.catalog.HttpMethod;
import dev.parley.catalog.HttpRoute;
import dev.parley.local.client.People.Person;
import dev.parley.local.hostile.RawRequests.Raw;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes requests of a route that nobody means. The same random numbers and ids give the same requests. */
final class Fuzzing {

    private static final List<String> BAD_IDS = List.of(
            "0",
            "-1",
            "1",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551615",
            "99999999999999999999999",
            "abc",
            "%00",
            "1%2F2",
            "%2F",
            "%2e%2e",
            "%ff",
            "%F0%9F%98%80",
            "%ED%A0%80",
            "@me",
            "%20",
            "1e3",
            "0x10",
            "%EF%BC%91",
            "+1",
            "%0a",
            "a%3Ab",
            "x:0",
            ":",
            "null",
            "a".repeat(1500),
            "..%2f..",
            "%25",
            "0.png",
            "a_0.gif",
            "1.webp");
    private static final List<String> QUERIES = List.of(
            "limit",
            "before",
            "after",
            "around",
            "query",
            "content",
            "author_id",
            "channel_id",
            "offset",
            "max_id",
            "min_id",
            "sort_by",
            "sort_order",
            "has",
            "mentions",
            "pinned",
            "with_counts",
            "with_member",
            "days",
            "include_roles",
            "user_id",
            "action_type",
            "wait",
            "thread_id",
            "size",
            "guild_id",
            "style",
            "client_id",
            "permissions",
            "scope",
            "type",
            "name",
            "tag",
            "archived",
            "with_localizations",
            "with_response",
            "q",
            "is",
            "hm",
            "ex",
            "compute_prune_count",
            "with_expiration",
            "command_ids",
            "cursor");
    private static final List<String> TYPES = List.of(
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/json; charset=utf-16",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=\"a",
            "multipart/form-data; boundary=abc",
            "image/png",
            "a",
            ";",
            "application/json;;;");
    private static final List<String> REASONS =
            List.of("%", "%00", "%ff%fe", "%F0%9F%98%80", "a".repeat(3000), "%u1234");
    private static final List<String> ENDINGS =
            List.of("/users/@me/delete", "/auth/logout", "/bot/reset", "/users/@me/guilds/{guild_id}");

    private final Random random;
    private final HostileJson json;
    private final PlausibleBody bodies;
    private final Target target;
    private final Person other;

    Fuzzing(Random random, Target target, Person other) {
        this.random = random;
        this.target = target;
        this.other = other;
        json = new HostileJson(random);
        bodies = new PlausibleBody(random, json, target.all());
    }

    Raw request(HttpRoute route) {
        Map<String, String> headers = new HashMap<>();
        String token = token();
        if (!token.isEmpty()) {
            headers.put("authorization", token);
        }
        if (random.nextInt(8) == 0) {
            headers.put("x-audit-log-reason", json.pick(REASONS));
        }
        byte[] body = null;
        if (route.method() != HttpMethod.GET || random.nextInt(20) == 0) {
            body = body(route, headers);
        }
        return new Raw(route, path(route) + query(route), headers, body);
    }

    private String token() {
        return switch (random.nextInt(12)) {
            case 0 -> "";
            case 1 -> json.pick(List.of("Bot x", "x", "Bearer x", "Bot ", "a.b.c", "Bot " + other.token()));
            case 2, 3 -> "Bot " + target.bot().token();
            case 4 -> other.token();
            default -> target.owner().token();
        };
    }

    private String path(HttpRoute route) {
        boolean end = ends(route) && random.nextInt(10) > 0;
        String path = route.path().replace("{version}", "v10");
        List<String> names = Target.parameters(path);
        int spoiled = names.isEmpty() || (!end && random.nextInt(3) > 0) ? -1 : random.nextInt(names.size());
        for (int i = 0; i < names.size(); i++) {
            String id = i == spoiled || random.nextInt(12) == 0 ? bad() : good(names.get(i));
            path = path.replace("{" + names.get(i) + "}", id);
        }
        return path;
    }

    private static boolean ends(HttpRoute route) {
        return route.method() == HttpMethod.DELETE || ENDINGS.stream().anyMatch(route.path()::endsWith);
    }

    private String bad() {
        return random.nextInt(3) == 0 ? json.pick(target.all()) : json.pick(BAD_IDS);
    }

    private String good(String name) {
        return switch (name) {
            case "emoji_name" ->
                random.nextBoolean()
                        ? "%F0%9F%98%80"
                        : target.inside() + ":" + target.ids().get("emoji_id");
            case "channel_id" ->
                json.pick(List.of(
                        target.ids().getOrDefault("channel_id", "1"),
                        target.ids().getOrDefault("visible_channel_id", "1"),
                        target.ids().getOrDefault("thread_id", "1")));
            case "filename" -> "0.png";
            default -> target.ids().getOrDefault(name, "1");
        };
    }

    private String query(HttpRoute route) {
        if (route.method() != HttpMethod.GET && random.nextInt(5) > 0) {
            return "";
        }
        StringBuilder query = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            query.append(query.isEmpty() ? '?' : '&')
                    .append(json.pick(QUERIES))
                    .append('=')
                    .append(queryValue());
        }
        return query.toString();
    }

    private String queryValue() {
        return switch (random.nextInt(4)) {
            case 0 -> json.pick(List.of("", "0", "-1", "1", "100", "101", "1e9", "99999999999", "true", "NaN", "%00"));
            case 1 -> json.pick(target.all());
            case 2 -> json.pick(BAD_IDS);
            default ->
                URLEncoder.encode(json.value().substring(0, 1) + json.value().length(), StandardCharsets.UTF_8);
        };
    }

    private byte[] body(HttpRoute route, Map<String, String> headers) {
        headers.put("content-type", "application/json");
        return switch (random.nextInt(10)) {
            case 0 -> json.body();
            case 1 -> {
                headers.put("content-type", json.pick(TYPES));
                yield random.nextBoolean() ? json.body() : multipart(route, "abc");
            }
            case 2 -> {
                headers.put("content-type", "multipart/form-data; boundary=abc");
                yield multipart(route, "abc");
            }
            case 3 -> utf8(bodies.of(route, 0));
            case 4 -> utf8(bodies.of(route, 3));
            default -> utf8(bodies.of(route, 1));
        };
    }

    private byte[] multipart(HttpRoute route, String boundary) {
        String part = "--" + boundary + "\r\nContent-Disposition: form-data; name=\""
                + json.pick(List.of("payload_json", "files[0]", "files[99]", "files[-1]", "files[", "file", "name", ""))
                + "\""
                + json.pick(List.of(
                        "",
                        "; filename=\"a.png\"",
                        "; filename=\"../a\u0000\"",
                        "; filename=\"\"",
                        "; filename*=UTF-8''%ff",
                        "; filename=\"" + "a".repeat(3000) + "\""))
                + "\r\n"
                + json.pick(List.of("", "Content-Type: image/png\r\n", "Content-Type: application/json\r\n", "x\r\n"))
                + "\r\n" + bodies.of(route, random.nextInt(2)) + "\r\n";
        String whole = part.repeat(1 + random.nextInt(3)) + "--" + boundary + "--\r\n";
        return utf8(random.nextInt(3) == 0 ? whole.substring(0, random.nextInt(whole.length())) : whole);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
