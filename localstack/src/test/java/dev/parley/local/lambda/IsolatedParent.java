package dev.parley.local.lambda;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process with one environment: prints the environment's process id and waits to be killed. */
public final class IsolatedParent {

    private IsolatedParent() {}

    public static void main(String[] arguments) throws Exception {
        try (IsolatedHost host = new IsolatedHost(
                List.of(TestSystem.function("Echo", TestFunctions.Echo.class, Duration.ofSeconds(60))),
                TestSystem.environment(),
                IsolatedOptions.local((function, line) -> {}, InvocationMeter.none()))) {
            host.invoke("Echo", "{}".getBytes(StandardCharsets.UTF_8)).get(60, TimeUnit.SECONDS);
            System.out.println(host.environments("Echo").getFirst().pid());
            System.in.read(); // ends by itself if the test does
        }
    }
}
