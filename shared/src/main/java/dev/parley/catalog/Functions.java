package dev.parley.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Every function of the system, however it is triggered. */
public final class Functions {

    private Functions() {}

    /** All functions of a system in one Region, each once, by name. */
    public static List<FunctionSpec> all() {
        return of(Regions.ONE);
    }

    /** The functions in each Region of a system, each once, by name. */
    public static List<FunctionSpec> of(Regions regions) {
        Stream<FunctionSpec> triggered = Stream.of(
                        Routes.http().stream().map(HttpRoute::function),
                        Routes.gateway().stream().map(GatewayRoute::function),
                        Queues.of(regions).stream().map(QueueSpec::consumer),
                        Schedules.all().stream().map(ScheduleSpec::function))
                .flatMap(functions -> functions);
        Stream<FunctionSpec> invoked = Stream.of(Routes.HELLO, Routes.MIGRATE, Routes.SET_GUILD_AVAILABILITY);
        return Stream.concat(triggered, invoked)
                .distinct()
                .sorted(Comparator.comparing(FunctionSpec::name))
                .toList();
    }
}
