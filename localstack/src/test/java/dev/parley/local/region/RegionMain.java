package dev.parley.local.region;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.DatabaseAccess;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudOptions;
import dev.parley.local.LocalRegion;
import dev.parley.local.StartProgress;
import dev.parley.protocol.Json;
import dev.parley.settings.Secret;
import dev.parley.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A Region in a process of its own, until the process is told to stop. Its only argument is a file that describes it. */
final class RegionMain {

    private RegionMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        JsonNode said = Json.parse(Files.readAllBytes(Path.of(arguments[0])));
        JsonNode database = said.path("database");
        LocalRegion region = new LocalRegion(
                said.path("home").asBoolean(),
                said.path("queues_port").asInt(),
                said.path("other_queues_port").asInt(),
                DatabaseAccess.direct(
                        database.path("url").asText(),
                        database.path("user").asText(),
                        new Secret(database.path("password").asText())));
        LocalCloud cloud = LocalCloud.start(
                LocalCloudOptions.ephemeral()
                        .withListener("127.0.0.1", said.path("port").asInt())
                        .withData(Path.of(said.path("data").asText()))
                        .withSettings(Map.of(Setting.LARGE_GUILD.variable(), "10"))
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
}
