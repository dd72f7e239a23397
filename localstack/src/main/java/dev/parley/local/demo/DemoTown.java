package dev.parley.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A guild in which something was said already: three people, three channels, a conversation, and a bot's place in it. It is made
 * once for a data folder; a second start finds it.
 */
final class DemoTown {

    /** The password of everybody in it. No secret: the demo is for a machine of one's own, and listens nowhere else. */
    static final String PASSWORD = "tea house";

    private static final String BOT = "tea-bot";
    private static final String PERMISSIONS = "68672"; // see, write, read history, react

    private static final List<Person> PEOPLE =
            List.of(new Person("anna", "Anna"), new Person("bora", "보라"), new Person("chris", "Chris"));

    private static final List<Line> LINES = List.of(
            new Line("general", "anna", "Welcome to the tea house! Take a seat, there is a cup for everyone. 🍵"),
            new Line("general", "bora", "안녕하세요! 오늘은 보성 녹차를 가져왔어요."),
            new Line("general", "chris", "Perfect timing. **Green** or *black* today?"),
            new Line(
                    "general",
                    "anna",
                    "> Green or black?\nBoth, of course. Type `/tea` and the bot says how each is made."),
            new Line("general", "bora", "이 방의 규칙: 서로 존중하기, 그리고 찻잔은 스스로 씻기 ☺️"),
            new Line("general", "chris", "Deal. The notes are in #leaves, questions in #help."),
            new Line("leaves", "bora", "**Green** 70 °C, 2 min\n**Black** 100 °C, 4 min\n**Barley** simmer, 10 min"),
            new Line("leaves", "anna", "```\ncups = water_ml / 180\n```\nThat is all the maths one needs."),
            new Line("leaves", "chris", "Spoiler for the tasting: ||it was the barley tea all along||"),
            new Line("help", "chris", "How do I bring a bot of my own?"),
            new Line(
                    "help", "anna", "Look at examples/discordjs-bot: it is plain discord.js, with two lines changed."));

    private final DemoApi api;

    DemoTown(DemoApi api) {
        this.api = api;
    }

    private record Person(String name, String shown) {

        String email() {
            return name + "@demo.example";
        }
    }

    private record Line(String channel, String author, String text) {}

    /**
     * What is in it.
     *
     * @param path of the guild's first channel in the client
     */
    record Made(String email, String path, String botToken) {}

    /** Makes it, or finds it. */
    Made settle() {
        Map<String, String> tokens = new HashMap<>();
        for (Person person : PEOPLE) {
            tokens.put(person.name(), signIn(person));
        }
        String owner = token(tokens, "anna");
        JsonNode guild = guild(owner);
        Map<String, String> channels = guild == null
                ? build(owner, tokens)
                : channels(owner, guild.path("id").asText());
        String guildId =
                guild == null ? channels.get("guild") : guild.path("id").asText();
        String botToken = bot(owner, String.valueOf(guildId));
        return new Made(PEOPLE.getFirst().email(), "/channels/" + guildId + "/" + channels.get("general"), botToken);
    }

    private String signIn(Person person) {
        DemoApi.Answer known =
                api.call("POST", "/auth/login", null, Map.of("email", person.email(), "password", PASSWORD));
        if (known.status() == 200) {
            return known.body().path("tokens").path("access_token").asText();
        }
        String token = api.call(
                        "POST",
                        "/auth/register",
                        null,
                        Map.of("username", person.name(), "email", person.email(), "password", PASSWORD))
                .body("register " + person.name() + ", whose name somebody else may have; try another --data folder")
                .path("tokens")
                .path("access_token")
                .asText();
        api.call("PATCH", "/users/@me", token, Map.of("global_name", person.shown()))
                .body("name " + person.name());
        return token;
    }

    private @Nullable JsonNode guild(String owner) {
        JsonNode guilds = api.call("GET", "/users/@me/guilds", owner, null).body("list its guilds");
        return guilds.isEmpty() ? null : guilds.get(0);
    }

    private Map<String, String> channels(String owner, String guildId) {
        Map<String, String> channels = new HashMap<>();
        for (JsonNode channel :
                api.call("GET", "/guilds/" + guildId + "/channels", owner, null).body("list its channels")) {
            channels.put(channel.path("name").asText(), channel.path("id").asText());
        }
        return channels;
    }

    private Map<String, String> build(String owner, Map<String, String> tokens) {
        JsonNode guild =
                api.call("POST", "/guilds", owner, Map.of("name", "Tea house")).body("make its guild");
        String guildId = guild.path("id").asText();
        Map<String, String> topics = Map.of("leaves", "How long, how hot", "help", "Ask away");
        topics.forEach((name, topic) -> api.call(
                        "POST",
                        "/guilds/" + guildId + "/channels",
                        owner,
                        Map.of("name", name, "type", 0, "topic", topic))
                .body("make its channels"));
        Map<String, String> channels = channels(owner, guildId);
        String general = String.valueOf(channels.get("general"));
        api.call("PATCH", "/channels/" + general, owner, Map.of("topic", "Everything that goes with tea"))
                .body("name its topic");
        String code = api.call("POST", "/channels/" + general + "/invites", owner, Map.of("max_age", 0))
                .body("invite")
                .path("code")
                .asText();
        for (Person guest : PEOPLE.subList(1, PEOPLE.size())) {
            api.call("POST", "/invites/" + code, token(tokens, guest.name()), Map.of())
                    .body("let people in");
        }
        speak(channels, tokens);
        channels.put("guild", guildId);
        return channels;
    }

    private void speak(Map<String, String> channels, Map<String, String> tokens) {
        List<String> said = new ArrayList<>();
        for (Line line : LINES) {
            String channel = channels.get(line.channel());
            said.add("/channels/" + channel + "/messages/"
                    + api.call(
                                    "POST",
                                    "/channels/" + channel + "/messages",
                                    token(tokens, line.author()),
                                    Map.of("content", line.text()))
                            .body("talk")
                            .path("id")
                            .asText());
        }
        String first = said.getFirst();
        for (String guest : List.of("bora", "chris")) {
            // 🍵, as it is written in a path
            api.call("PUT", first + "/reactions/%F0%9F%8D%B5/@me", token(tokens, guest), null)
                    .body("react");
        }
    }

    private String bot(String owner, String guildId) {
        String id = "";
        for (JsonNode application :
                api.call("GET", "/applications", owner, null).body("list its applications")) {
            if (application.path("name").asText().equals(BOT)) {
                id = application.path("id").asText();
            }
        }
        if (id.isEmpty()) {
            id = api.call("POST", "/applications", owner, Map.of("name", BOT))
                    .body("make its bot")
                    .path("id")
                    .asText();
            api.call(
                            "POST",
                            "/oauth2/authorize?client_id=" + id + "&scope=bot&permissions=" + PERMISSIONS,
                            owner,
                            Map.of("guild_id", guildId, "authorize", true))
                    .body("let its bot in");
        }
        return api.call("POST", "/applications/" + id + "/bot/reset", owner, Map.of())
                .body("give its bot a token")
                .path("token")
                .asText();
    }

    private static String token(Map<String, String> tokens, String name) {
        return String.valueOf(tokens.get(name));
    }
}
