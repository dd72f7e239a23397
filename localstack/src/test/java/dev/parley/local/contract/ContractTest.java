package dev.parley.local.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.catalog.Routes;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.RestClient;
import dev.parley.protocol.Json;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every operation that is there succeeds and is refused as Discord's description says. */
@ExtendWith(LocalCloudExtension.class)
class ContractTest {

    private final LocalCloud cloud;

    ContractTest(LocalCloud cloud) {
        this.cloud = cloud;
    }

    @Test
    void everyOperationSucceedsAndIsRefusedAsDescribed() {
        // Given
        OpenApi api = OpenApi.find().orElse(null);
        assumeTrue(api != null, "Discord's OpenAPI description is not beside the project: " + OpenApi.FILE);
        Set<String> there = new ApiTable(api.operations(), Routes.http()).implemented();
        Walk walk = new Walk(cloud);

        // When
        GuildWalk guilds = new GuildWalk(walk);
        guilds.run();
        new ChannelWalk(walk).run();
        new ApplicationWalk(walk).run();
        guilds.leave();
        api.operations().stream()
                .filter(operation -> there.contains(operation.key()))
                .forEach(operation -> refuse(walk, operation));

        // Then
        System.out.println(
                "Operations answered as described: " + walk.succeeded().size() + " with success, "
                        + walk.refused().size() + " with a refusal, of " + there.size());
        assertThat(without(there, walk.succeeded())).as("never succeeded").isEmpty();
        assertThat(without(there, walk.refused())).as("never refused").isEmpty();
    }

    /** Names what is not there, then calls as nobody, then in a version that is none: one of them is refused. */
    private static void refuse(Walk walk, OpenApi.Operation operation) {
        String path = operation.path().replaceAll("\\{\\w+}", "1");
        Predicate<RestClient.Reply> refused = reply -> reply.status() >= 400;
        List<@Nullable Person> callers = java.util.Arrays.asList(walk.guest, null);
        for (Person caller : callers) {
            Object body = operation.method().equals("GET") ? null : Json.object();
            String token = caller == null ? null : caller.token();
            if (operation.path().equals("/users/@me") && caller != null) {
                continue; // nothing is wrong with an empty form there
            }
            if (refused.test(walk.rest.send(operation.method(), path, token, body))) {
                return;
            }
        }
        walk.inNoVersion(operation.method(), path);
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }
}
