package dev.parley.local.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The CDK app in an emulator of AWS, with every function in a container of its own: {@code ./parley deploy --local}, and users who talk
 * through it.
 */
@Tag("docker")
class EmulatorTest {

    private static final long GUILDS_AND_MESSAGES = 513;

    /** The first call of each function starts its container and its JVM. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void usersTalkAndResumeThroughAnEmulator(@TempDir Path folder) throws Exception {
        DockerSetup setup = DockerSetup.read();
        setup.require();
        try (EmulatorContainers containers = new EmulatorContainers(setup)) {
            containers.start();
            ParleyScript parley = new ParleyScript(folder.resolve("parley.log"));

            String outputs = parley.run(command("deploy", containers));

            talk(output(outputs, "ApiUrl"), output(outputs, "GatewayUrl"));

            parley.run(command("destroy", containers, "--confirm", "Parley"));
            assertThat(get(output(outputs, "ApiUrl") + "/health"))
                    .as("the API is gone")
                    .isEqualTo(404);
        }
    }

    private static void talk(String apiUrl, String gatewayUrl) {
        // Given two users of one guild, one of whom is connected
        RestClient rest = new RestClient(apiUrl, PATIENCE);
        People people = new People(rest);
        Person anna = people.user();
        Person bob = people.user();
        Place place = people.guild(anna);
        people.join(place, anna, List.of(bob));
        String session;
        long seen;
        try (GatewayClient client = GatewayClient.connect(gatewayUrl, PATIENCE)) {
            client.awaitOp(10);
            client.identify(bob.token(), GUILDS_AND_MESSAGES);
            session = client.awaitDispatch("READY").path("d").path("session_id").asText();

            // When the other one says something, then it is heard
            people.say(anna, place.channelId(), "hello");
            JsonNode heard = client.awaitMessage("hello");
            assertThat(heard.path("d").path("author").path("id").asText()).isEqualTo(anna.id());
            seen = heard.path("s").asLong();

            // When the socket is cut and something is said meanwhile
            client.cut();
        }
        people.say(anna, place.channelId(), "while you were out");

        // Then a resume brings it, with the next sequence number
        try (GatewayClient back = GatewayClient.connect(gatewayUrl, PATIENCE)) {
            back.awaitOp(10);
            back.resume(bob.token(), session, seen);
            JsonNode missed = back.awaitMessage("while you were out");
            assertThat(missed.path("s").asLong()).isEqualTo(seen + 1);
            people.say(anna, place.channelId(), "welcome back");
            back.awaitMessage("welcome back");
        }
    }

    private static List<String> command(String name, EmulatorContainers containers, String... more) {
        return Stream.of(Stream.of(name), containers.options().stream(), Stream.of(more))
                .flatMap(part -> part)
                .toList();
    }

    /** A value in the table that the deployment ends with. */
    private static String output(String printed, String name) {
        Matcher row = Pattern.compile("(?m)^Parley +" + name + " +(\\S+)").matcher(printed);
        assertThat(row.find()).as("output %s in %s", name, printed).isTrue();
        return row.group(1);
    }

    private static int get(String url) throws IOException, InterruptedException {
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }
}
