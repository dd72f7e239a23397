package dev.parley.local.region;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.DatabaseAccess;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudOptions;
import dev.parley.local.LocalRegion;
import dev.parley.local.StartProgress;
import dev.parley.protocol.Json;
import dev.parley.settings.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A Region in a process of its own, until the process is told to stop or whoever started it is gone: then its standard input
 * ends. Its only argument is a file that describes it.
 */
final class RegionMain {

    private RegionMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Thread.ofPlatform().daemon().name("starter").start(RegionMain::endWithStarter);
        JsonNode said = Json.parse(Files.readAllBytes(Path.of(arguments[0])));
        JsonNode database = said.path("database");
        LocalRegion region = new LocalRegion(
                said.path("first").asBoolean(),
                said.path("home").asBoolean(),
                said.path("queues_port").asInt(),
                said.path("other_queues_port").asInt(),
                DatabaseAccess.direct(
                        database.path("url").asText(),
                        database.path("user").asText(),
                        new Secret(database.path("password").asText())));
        Map<String, String> settings = new HashMap<>();
        said.path("settings")
                .properties()
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
        LocalCloud cloud = LocalCloud.start(
                LocalCloudOptions.ephemeral()
                        .withListener("127.0.0.1", said.path("port").asInt())
                        .withData(Path.of(said.path("data").asText()))
                        .withSettings(settings)
                        .withRegion(region),
                StartProgress.none());
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            cloud.close();
            stopped.countDown();
        }));
        System.out.println("parley is ready: " + cloud.baseUrl() + " gateway " + cloud.gatewayUrl());
        stopped.await();
    }

    private static void endWithStarter() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // It is gone as well.
        }
        System.exit(0);
    }
}
