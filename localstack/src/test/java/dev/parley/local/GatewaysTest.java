package dev.parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.bill.BillClient;
import dev.parley.local.bill.Consumption;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.local.command.ParleyProcess;
import dev.parley.local.fault.Conditions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several gateway processes in front of one Redis and one database, as {@code ./parley up --gateways} starts them. */
class GatewaysTest {

    private static final long GUILDS_AND_MESSAGES = 1 << 0 | 1 << 9;
    private static final int MESSAGES = 20;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Pattern GATEWAY = Pattern.compile("gateway (\\d) is (ws://\\S+), process (\\d+)");

    private static ParleyProcess parley;
    private static RestClient rest;
    private static People people;

    /** A gateway as {@code up} announced it the last time. */
    private record Gateway(String url, long pid) {}

    @BeforeAll
    static void start() throws InterruptedException {
        parley = ParleyProcess.start("up", "--port", "0", "--ephemeral", "--gateways", "2");
        parley.awaitReady();
        rest = new RestClient("http://localhost:" + portOfRest());
        people = new People(rest);
    }

    @AfterAll
    static void stop() throws Exception {
        if (parley != null) {
            // When
            List<ProcessHandle> all = parley.children();
            parley.close();

            // Then
            assertThat(all).hasSizeGreaterThan(4);
            CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void clientsAreSpreadOverTheGatewaysAndResumeAtAnother() {
        // Given
        Person user = people.user();
        List<String> urls = List.of(gateway(1).url(), gateway(2).url());

        // When
        Set<String> given = new LinkedHashSet<>();
        for (int i = 0; i < 2; i++) {
            given.add(rest.get("/gateway", null).expect(200).path("url").asText());
        }

        // Then
        assertThat(given).containsExactlyInAnyOrderElementsOf(urls);
        for (int i = 0; i < 2; i++) {
            try (GatewayClient client = GatewayClient.connect(urls.get(i))) {
                client.awaitOp(10);
                client.identify(user.token(), GUILDS_AND_MESSAGES);
                assertThat(client.awaitDispatch("READY")
                                .path("d")
                                .path("resume_gateway_url")
                                .asText())
                        .isEqualTo(urls.get(1 - i));
            }
        }
    }

    @Test
    void aGuildThatIsSpreadOverBothAndTheAddressItselfHearsAllInOneOrderAndIsInOneBill() {
        // Given
        Consumption meteredBefore = metered();
        Person host = people.user();
        Place place = people.guild(host);
        Person guest = people.user();
        people.join(place, host, List.of(guest));
        List<String> urls = List.of(gateway(1).url(), gateway(2).url(), mainGateway());
        List<GatewayClient> clients = new ArrayList<>();
        try {
            for (String url : urls) {
                clients.add(GatewayClient.ready(url, host.token(), GUILDS_AND_MESSAGES));
                clients.add(GatewayClient.ready(url, guest.token(), GUILDS_AND_MESSAGES));
            }

            // When
            List<String> said =
                    IntStream.range(0, MESSAGES).mapToObj(i -> "message " + i).toList();
            for (int i = 0; i < MESSAGES; i++) {
                people.say(i % 2 == 0 ? host : guest, place.channelId(), said.get(i));
            }

            // Then
            for (GatewayClient client : clients) {
                List<String> heard = new ArrayList<>();
                long before = -1;
                while (heard.size() < MESSAGES) {
                    JsonNode frame = client.next();
                    if (frame.path("op").asInt() == 0) {
                        long seq = frame.path("s").asLong();
                        assertThat(before == -1 || seq == before + 1)
                                .as("%s after %s", seq, before)
                                .isTrue();
                        before = seq;
                    }
                    if (frame.path("t").asText().equals("MESSAGE_CREATE")) {
                        heard.add(frame.path("d").path("content").asText());
                    }
                }
                assertThat(heard).isEqualTo(said);
            }
            Consumption used = metered().since(meteredBefore).orElseThrow();
            assertThat(used.websocketMessages()).isGreaterThanOrEqualTo((long) MESSAGES * clients.size());
        } finally {
            clients.forEach(GatewayClient::close);
        }
    }

    @Test
    void aSessionThatIsCutAtOneGatewayResumesAtTheOtherWithWhatItMissed() {
        // Given
        Person user = people.user();
        Place place = people.guild(user);
        Listening session = listen(gateway(1).url(), user, place);

        // When
        session.client().cut();
        people.say(user, place.channelId(), "missed");

        // Then
        try (GatewayClient resumed = session.resumeAt(gateway(2).url(), user)) {
            resumed.awaitMessage("missed");
            resumed.awaitDispatch("RESUMED");
            people.say(user, place.channelId(), "afterwards");
            resumed.awaitMessage("afterwards");
        }
    }

    @Test
    void theClientsOfAKilledGatewayResumeAtAnotherAndItComesBack() throws Exception {
        // Given
        Person user = people.user();
        Place place = people.guild(user);
        Gateway killed = gateway(2);
        Listening session = listen(killed.url(), user, place);
        Listening bystander = listen(gateway(1).url(), user, place);

        // When
        ProcessHandle process = ProcessHandle.of(killed.pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        people.say(user, place.channelId(), "while it is away");

        // Then
        bystander.client().awaitMessage("while it is away");
        try (GatewayClient resumed = session.resumeAt(session.resumeUrl(), user)) {
            resumed.awaitMessage("while it is away");
            resumed.awaitDispatch("RESUMED");

            // and it comes back on its port, and takes part
            awaitAnotherThan(killed);
            try (GatewayClient late = GatewayClient.ready(killed.url(), user.token(), GUILDS_AND_MESSAGES)) {
                people.say(user, place.channelId(), "again");
                late.awaitMessage("again");
                resumed.awaitMessage("again");
                bystander.client().awaitMessage("again");
            }
        }
        bystander.client().close();
    }

    @Test
    void noProcessStaysWhenTheFirstOneIsKilled() throws Exception {
        try (ParleyProcess doomed = ParleyProcess.start("up", "--port", "0", "--ephemeral", "--gateways", "2")
                .awaitReady()) {
            // Given
            List<ProcessHandle> children = doomed.children();
            assertThat(children).hasSizeGreaterThan(4);

            // When
            doomed.kill();

            // Then
            CompletableFuture.allOf(children.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void whatConcernsOneProcessDoesNotGoWithSeveralGateways() throws InterruptedException {
        try (ParleyProcess refused = ParleyProcess.start("up", "--ephemeral", "--gateways", "2", "--faults")) {
            assertThat(refused.awaitExit()).isEqualTo(2);
            assertThat(refused.output()).contains("--gateways goes with neither --isolated nor --faults");
        }
        try (ParleyProcess refused = ParleyProcess.start("up", "--ephemeral", "--gateways", "9")) {
            assertThat(refused.awaitExit()).isEqualTo(2);
            assertThat(refused.output()).contains("--gateways must be 1 to 8");
        }
    }

    /**
     * A session that has heard one message.
     *
     * @param seq the number of that message
     */
    private record Listening(GatewayClient client, String sessionId, String resumeUrl, long seq) {

        private GatewayClient resumeAt(String url, Person user) {
            GatewayClient resumed = GatewayClient.connect(url);
            resumed.awaitOp(10);
            resumed.resume(user.token(), sessionId, seq);
            return resumed;
        }
    }

    private static Listening listen(String url, Person user, Place place) {
        GatewayClient client = GatewayClient.connect(url);
        client.awaitOp(10);
        client.identify(user.token(), GUILDS_AND_MESSAGES);
        JsonNode ready = client.awaitDispatch("READY").path("d");
        client.awaitDispatch("GUILD_CREATE");
        people.say(user, place.channelId(), "heard");
        long seq = client.awaitMessage("heard").path("s").asLong();
        return new Listening(
                client,
                ready.path("session_id").asText(),
                ready.path("resume_gateway_url").asText(),
                seq);
    }

    /** Waits until a gateway that was killed has been announced again. */
    private static void awaitAnotherThan(Gateway killed) {
        Conditions.await("gateway 2 is announced again", () -> gateway(2).pid() != killed.pid());
    }

    private static Gateway gateway(int number) {
        Gateway last = null;
        Matcher lines = GATEWAY.matcher(parley.output());
        while (lines.find()) {
            if (lines.group(1).equals(Integer.toString(number))) {
                last = new Gateway(lines.group(2), Long.parseLong(lines.group(3)));
            }
        }
        assertThat(last).as(parley.output()).isNotNull();
        return last;
    }

    private static String mainGateway() {
        return "ws://localhost:" + portOfRest() + "/gateway";
    }

    private static Consumption metered() {
        try (BillClient client = new BillClient(DEADLINE)) {
            return client.ask("http://localhost:" + portOfRest()).orElseThrow();
        }
    }

    private static String portOfRest() {
        Matcher ready =
                Pattern.compile("parley is ready: http://localhost:(\\d+) ").matcher(parley.output());
        assertThat(ready.find()).as(parley.output()).isTrue();
        return ready.group(1);
    }
}
