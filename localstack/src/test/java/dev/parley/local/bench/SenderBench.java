package dev.parley.local.bench;

import dev.parley.connection.ConnectionPoster;
import dev.parley.connection.NettyConnectionPoster;
import dev.parley.connection.PostOutcome;
import dev.parley.connection.PosterLimits;
import dev.parley.connection.RequestSigner;
import dev.parley.connection.SigV4RequestSigner;
import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.LocalRedis;
import dev.parley.redis.Redis;
import dev.parley.session.BenchSessions;
import io.lettuce.core.RedisURI;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/**
 * How many posts a second the sender makes, everything included, against a bare client that posts the same signed bytes to
 * the same endpoint; and the CPU that each part of a delivery takes. What it prints says what it measured.
 *
 * <p>The endpoint runs in a process of its own. The ways take turns, round after round, so that what else the machine does
 * falls on all of them.
 */
final class SenderBench {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration WARM_UP = Duration.ofMillis(1500);
    private static final String DATA = """
            {"id":"1337000000000000001","channel_id":"1337000000000000002","guild_id":"1337000000000000003",\
            "author":{"id":"1337000000000000004","username":"anna","discriminator":"0","avatar":null,"bot":false},\
            "content":"%s","timestamp":"2026-03-03T10:00:00.000000+00:00","edited_timestamp":null,"tts":false,\
            "mention_everyone":false,"mentions":[],"mention_roles":[],"attachments":[],"embeds":[],"pinned":false,\
            "type":0,"nonce":"1"}""".formatted("x".repeat(120));

    private final BenchOptions options;
    private final LocalRedis redisServer;
    private final Redis redis;
    private final Process endpoint;
    private final URI endpointUri;
    private final List<String> connectionIds;
    private final RequestSigner signer;
    private final NettyConnectionPoster poster;
    private final Map<Way, List<Measured>> results = new EnumMap<>(Way.class);

    /** What is measured. */
    private enum Way {
        BARE("bare client"),
        DELIVER("deliver: append, sign, post, settle"),
        DELIVER_TEN("deliver, ten events a step"),
        POST("post alone, signed"),
        POST_UNSIGNED("post alone, signed beforehand"),
        APPEND("append alone"),
        APPEND_AND_SETTLE("append and settle"),
        APPEND_AND_SETTLE_TEN("append and settle, ten events a step"),
        SIGN("sign alone, one thread");

        private final String title;

        Way(String title) {
            this.title = title;
        }
    }

    /** Events in a full batch of the queue, which come to each session in one step. */
    private static final int BATCH = 10;

    private record Measured(double perSecond, double clientMicros, double redisMicros, double endpointMicros) {

        /** The same for each of so many events in a step. */
        Measured each(int events) {
            return new Measured(
                    perSecond * events, clientMicros / events, redisMicros / events, endpointMicros / events);
        }
    }

    private SenderBench(BenchOptions options, Path folder) throws IOException {
        this.options = options;
        redisServer = LocalRedis.start(folder, BinaryCache.ofUser());
        redis = new Redis(RedisURI.create(redisServer.uri()), Duration.ofSeconds(5));
        endpoint = startEndpoint(options);
        BufferedReader output =
                new BufferedReader(new InputStreamReader(endpoint.getInputStream(), StandardCharsets.UTF_8));
        endpointUri = URI.create("http://127.0.0.1:" + output.readLine() + "/gateway");
        String ids = output.readLine();
        connectionIds = ids.isEmpty() ? madeUpIds(options.sessions()) : List.of(ids.split(" ", -1));
        AwsBasicCredentials credentials = AwsBasicCredentials.create("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+x");
        signer = new SigV4RequestSigner(endpointUri, () -> credentials, () -> "us-east-1", CLOCK);
        poster = poster(signer);
    }

    private static Process startEndpoint(BenchOptions options) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        options.gateway() ? BenchGateway.class.getName() : BenchEndpoint.class.getName(),
                        Integer.toString(options.sessions()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Ids of the real shape. */
    private static List<String> madeUpIds(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[11];
            bytes[0] = (byte) (i >> 8);
            bytes[1] = (byte) i;
            ids.add(Base64.getEncoder().encodeToString(bytes));
        }
        return List.copyOf(ids);
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("parley-bench");
        try {
            SenderBench bench = new SenderBench(BenchOptions.of(args), folder);
            try {
                bench.run();
            } finally {
                bench.stop();
            }
        } finally {
            delete(folder);
        }
    }

    private void run() throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%s, %d cores; endpoint: %s; %d connections, %d sessions, %d deliveries under way, %d bytes a frame%n",
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                options.gateway() ? "local API Gateway" : "answers 200",
                options.connections(),
                options.sessions(),
                options.underWay(),
                frame().length);
        List<Way> ways = options.ways().isEmpty()
                ? Stream.of(Way.values())
                        // The gateway checks signatures.
                        .filter(way -> !options.gateway() || way != Way.POST_UNSIGNED)
                        .toList()
                : options.ways().stream().map(Way::valueOf).toList();
        for (int round = 0; round <= options.rounds(); round++) {
            for (Way way : ways) {
                Measured measured = measure(way);
                // The first round warms up the code.
                if (round > 0) {
                    results.computeIfAbsent(way, key -> new ArrayList<>()).add(measured);
                }
                System.out.printf(Locale.ROOT, "round %d  %-36s %9.0f /s%n", round, way.title, measured.perSecond());
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%n%-36s %10s %12s %12s %12s   (medians of %d rounds of %d s; CPU in us for one)%n",
                "",
                "per second",
                "client CPU",
                "Redis CPU",
                "endpoint CPU",
                options.rounds(),
                options.seconds());
        results.forEach((way, measured) -> System.out.printf(
                Locale.ROOT,
                "%-36s %10.0f %12.1f %12.1f %12.1f%n",
                way.title,
                median(measured, Measured::perSecond),
                median(measured, Measured::clientMicros),
                median(measured, Measured::redisMicros),
                median(measured, Measured::endpointMicros)));
        ratio(Way.DELIVER, "one event a step");
        ratio(Way.DELIVER_TEN, "ten events a step");
    }

    private void ratio(Way way, String what) {
        if (!results.containsKey(Way.BARE) || !results.containsKey(way)) {
            return;
        }
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < options.rounds(); i++) {
            ratios.add(results.get(way).get(i).perSecond()
                    / results.get(Way.BARE).get(i).perSecond());
        }
        ratios.sort(null);
        System.out.printf(
                Locale.ROOT,
                "%ndeliver / bare, %s: %.3f (median of the rounds; %.3f to %.3f)%n",
                what,
                ratios.get(ratios.size() / 2),
                ratios.getFirst(),
                ratios.getLast());
    }

    private Measured measure(Way way) throws Exception {
        return switch (way) {
            case BARE -> bare();
            case DELIVER -> {
                BenchSessions sessions = sessions(1);
                yield loop(sessions::deliver);
            }
            case DELIVER_TEN -> {
                BenchSessions sessions = sessions(BATCH);
                yield loop(sessions::deliver).each(BATCH);
            }
            case POST -> {
                byte[] frame = frame();
                ConnectionPoster checked = checked(poster);
                yield loop(number -> checked.post(connectionId(number), frame));
            }
            case POST_UNSIGNED -> {
                byte[] lines = signedLines(signer, connectionIds.getFirst());
                byte[] frame = frame();
                try (NettyConnectionPoster unsigned = poster((method, path, body, head) -> head.writeBytes(lines))) {
                    yield loop(number -> unsigned.post(connectionId(number), frame));
                }
            }
            case APPEND -> {
                BenchSessions sessions = sessions(1);
                yield loop(sessions::append);
            }
            case APPEND_AND_SETTLE -> {
                BenchSessions sessions = sessions(1);
                yield loop(sessions::appendAndSettle);
            }
            case APPEND_AND_SETTLE_TEN -> {
                BenchSessions sessions = sessions(BATCH);
                yield loop(sessions::appendAndSettle).each(BATCH);
            }
            case SIGN -> sign();
        };
    }

    private Measured bare() throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), endpointUri.getPort());
        try (BareClient client = new BareClient(address, options.loops(), options.connections(), requests())) {
            client.start();
            Measured measured = count(client::answers);
            client.stop();
            return measured;
        }
    }

    private Measured loop(LongFunction<CompletionStage<?>> call) throws Exception {
        ClosedLoop loop = new ClosedLoop(options.underWay(), call);
        loop.start();
        Measured measured = count(loop::done);
        loop.stop();
        return measured;
    }

    private Measured sign() throws Exception {
        byte[] frame = frame();
        ByteBuf head = Unpooled.directBuffer(1024);
        ClosedLoop loop = new ClosedLoop(1, number -> {
            head.clear();
            signer.sign("POST", path(connectionId(number)), frame, head);
            return CompletableFuture.completedFuture(null);
        });
        Thread thread = Thread.ofPlatform().start(loop::start);
        Measured measured = count(loop::done);
        loop.stop();
        thread.join();
        head.release();
        return measured;
    }

    private Measured count(LongSupplier counter) throws Exception {
        Thread.sleep(WARM_UP);
        long before = counter.getAsLong();
        CpuTimes cpuBefore = cpu();
        long start = System.nanoTime();
        Thread.sleep(Duration.ofSeconds(options.seconds()));
        long done = counter.getAsLong() - before;
        CpuTimes cpu = cpu().minus(cpuBefore);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Measured(
                done / seconds,
                cpu.client().toNanos() / 1e3 / done,
                cpu.redis().toNanos() / 1e3 / done,
                cpu.endpoint().toNanos() / 1e3 / done);
    }

    private CpuTimes cpu() {
        return CpuTimes.of(
                ProcessHandle.current(),
                ProcessHandle.of(redisServer.processId()).orElseThrow(),
                endpoint.toHandle());
    }

    private BenchSessions sessions(int batch) {
        redis.await(redis.commands().flushall());
        return new BenchSessions(redis, checked(poster), CLOCK, connectionIds, DATA, batch);
    }

    private NettyConnectionPoster poster(RequestSigner with) {
        return new NettyConnectionPoster(
                endpointUri,
                with,
                CLOCK,
                new PosterLimits(options.loops(), options.connections(), 100_000, Duration.ofSeconds(5)));
    }

    private static byte[] frame() {
        return BenchSessions.frame(DATA).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] signedLines(RequestSigner signer, String connectionId) {
        ByteBuf head = Unpooled.buffer();
        signer.sign("POST", path(connectionId), frame(), head);
        byte[] lines = new byte[head.readableBytes()];
        head.readBytes(lines);
        return lines;
    }

    /** The bytes that the poster sends for one delivery to each connection. */
    private List<byte[]> requests() {
        return connectionIds.stream()
                .map(id -> "POST " + path(id) + " HTTP/1.1\r\n"
                        + new String(signedLines(signer, id), StandardCharsets.US_ASCII)
                        + "content-length: " + frame().length + "\r\ncontent-type: application/octet-stream\r\n\r\n"
                        + new String(frame(), StandardCharsets.UTF_8))
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static String path(String connectionId) {
        return "/gateway/@connections/" + URLEncoder.encode(connectionId, StandardCharsets.UTF_8);
    }

    private String connectionId(long number) {
        return connectionIds.get((int) (number % connectionIds.size()));
    }

    /** A poster whose posts must arrive. */
    private static ConnectionPoster checked(ConnectionPoster poster) {
        return new ConnectionPoster() {
            @Override
            public CompletableFuture<PostOutcome> post(String connectionId, byte[] message) {
                CompletableFuture<PostOutcome> posted = poster.post(connectionId, message);
                var _ = posted.thenAccept(outcome -> {
                    if (outcome != PostOutcome.DELIVERED) {
                        System.err.println("a post was answered: " + outcome);
                        System.exit(1);
                    }
                });
                return posted;
            }

            @Override
            public CompletableFuture<PostOutcome> disconnect(String connectionId) {
                return poster.disconnect(connectionId);
            }

            @Override
            public void close() {
                poster.close();
            }
        };
    }

    private static double median(List<Measured> measured, ToDoubleFunction<Measured> value) {
        double[] sorted = measured.stream().mapToDouble(value).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private void stop() throws IOException {
        poster.close();
        redis.close();
        redisServer.close();
        endpoint.getOutputStream().close();
        endpoint.destroy();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
