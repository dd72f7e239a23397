package dev.parley.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.fault.Conditions;
import dev.parley.local.web.WebProject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./parley up --demo} shows, and the example bot in it. */
@ExtendWith(LocalCloudExtension.class)
class DemoTest {

    private static final Path EXAMPLES = Path.of("../examples");
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Pattern SIGN_IN =
            Pattern.compile("sign in at (http://[^/]+)(/channels/(\\d+)/(\\d+)) as (\\S+), password \"([^\"]+)\"");

    private final LocalCloud cloud;

    DemoTest(LocalCloud cloud) {
        this.cloud = cloud;
    }

    @Test
    void aBrowserFindsAConversationAndABotWhoseCommandsItCanUse() throws Exception {
        // Given
        StringWriter printed = new StringWriter();
        try (Demo demo = Demo.start(cloud.baseUrl(), EXAMPLES, new PrintWriter(printed))) {
            Matcher signIn = SIGN_IN.matcher(printed.toString());
            assertThat(signIn.find()).as(printed.toString()).isTrue();

            // When
            try (DemoApi api = new DemoApi(cloud.baseUrl())) {
                String token = api.call(
                                "POST",
                                "/auth/login",
                                null,
                                Map.of("email", signIn.group(5), "password", signIn.group(6)))
                        .body("sign in")
                        .at("/tokens/access_token")
                        .asText();
                JsonNode messages = api.call("GET", "/channels/" + signIn.group(4) + "/messages", token, null)
                        .body("read");

                // Then
                assertThat(messages).hasSizeGreaterThanOrEqualTo(5);
                String commands = "/channels/" + signIn.group(4) + "/application-commands/search?type=1&query=tea";
                Conditions.await(
                        "the bot's commands\n" + printed,
                        () -> api.call("GET", commands, token, null)
                                        .body("find commands")
                                        .path("application_commands")
                                        .size()
                                == 1);
            }
            useInABrowser(signIn);
            assertThat(demo).isNotNull();
        }

        // When
        StringWriter again = new StringWriter();
        Demo.start(cloud.baseUrl(), EXAMPLES, new PrintWriter(again)).close();

        // Then
        assertThat(firstLine(again)).isEqualTo(firstLine(printed));
    }

    @Test
    void theBotEndsWithWhoeverStartedIt(@TempDir Path folder) throws Exception {
        // Given
        Path log = folder.resolve("bot.log");
        try (DemoBot bot =
                DemoBot.start(EXAMPLES.resolve("discordjs-bot"), "http://127.0.0.1:1", "no.such.token", log)) {
            // When
            bot.process().getOutputStream().close();

            // Then
            assertThat(bot.process().waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                    .as(Files.readString(log))
                    .isTrue();
        }
    }

    private void useInABrowser(Matcher signIn) throws Exception {
        Path chromium = WebProject.assumedChromium();
        WebProject.install();
        WebProject.runTests(
                List.of("test/demo/commands.test.mjs"),
                Map.of(
                        "PARLEY_URL", cloud.baseUrl(),
                        "PARLEY_CHROMIUM", chromium.toString(),
                        "PARLEY_DEMO_PATH", signIn.group(2),
                        "PARLEY_DEMO_EMAIL", signIn.group(5),
                        "PARLEY_DEMO_PASSWORD", signIn.group(6)));
    }

    private static String firstLine(StringWriter printed) {
        return printed.toString().lines().findFirst().orElseThrow();
    }
}
