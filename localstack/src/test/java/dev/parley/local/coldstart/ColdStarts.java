package dev.parley.local.coldstart;

import dev.parley.catalog.FunctionSpec;
import dev.parley.local.CloudSystem;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudOptions;
import dev.parley.local.RoutedFunction;
import dev.parley.local.StartProgress;
import dev.parley.local.coldstart.FreshJvm.Setup;
import dev.parley.local.coldstart.RuntimeEndpoint.Answer;
import dev.parley.local.fault.Conditions;
import dev.parley.local.lambda.RuntimeClientLibrary;
import dev.parley.settings.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts functions in fresh processes and measures what that takes, one process at a time, with the stores, queues and gateway
 * of a local cloud around them. Functions take turns, round after round, so that what else the machine does falls on all.
 */
final class ColdStarts implements AutoCloseable {

    /** As large as a function of the default size. */
    static final FunctionSpec HELLO =
            new FunctionSpec("HelloWorld", HelloWorld.class.getName(), 1024, Duration.ofSeconds(10));

    /** As the other, without JSON. */
    static final FunctionSpec HELLO_BYTES =
            new FunctionSpec("HelloBytes", HelloBytes.class.getName(), 1024, Duration.ofSeconds(10));

    /** Answers after the first one, of which the median is told. */
    private static final int WARM = 20;

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(15);

    private final LocalCloud cloud;
    private final Clients clients;
    private final byte[] event;
    private final RuntimeClientLibrary library = RuntimeClientLibrary.unpack();
    private final TaskFolder parley;
    private final Map<FunctionSpec, TaskFolder> hellos;
    private final Path folder;
    private final Consumer<String> progress;

    /**
     * Starts a cloud.
     *
     * @param parley what Lambda would have of Parley's functions
     * @param folder takes what processes say
     */
    ColdStarts(TaskFolder parley, Path folder, Consumer<String> progress) throws IOException {
        this.parley = parley;
        this.folder = folder;
        this.progress = progress;
        hellos = Map.of(
                HELLO,
                TaskFolder.ofClass(HelloWorld.class, folder.resolve("hello-world")),
                HELLO_BYTES,
                TaskFolder.ofClass(HelloBytes.class, folder.resolve("hello-bytes")));
        cloud = LocalCloud.start(
                LocalCloudOptions.ephemeral()
                        .withScheduleSpeed(1)
                        .withSettings(Map.of(
                                Setting.LIMITS.variable(),
                                "GLOBAL=9999/1s,DEFAULT=9999/1s,READ_MESSAGES=9999/1s,CREATE_MESSAGE=9999/1s,REGISTER=999/1s,"
                                        + "CREATE_GUILD=999/1s,IDENTIFY=99999/60s")),
                StartProgress.none());
        try {
            clients = new Clients(cloud);
            event = clients.event();
        } catch (RuntimeException | AssertionError e) {
            close(); // its servers would outlive the failure
            throw e;
        }
    }

    /** Measures functions; the order of the results is theirs. */
    List<Measured> measure(List<FunctionSpec> functions, int rounds) throws IOException, InterruptedException {
        Map<FunctionSpec, Map<Start, List<Timing>>> timings = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (FunctionSpec function : functions) {
                Map<Start, List<Timing>> mine = timings.computeIfAbsent(function, _ -> new EnumMap<>(Start.class));
                for (Start start : Start.values()) {
                    Timing timing = time(function, start);
                    mine.computeIfAbsent(start, _ -> new ArrayList<>()).add(timing);
                    progress.accept(String.format(
                            Locale.ROOT,
                            "round %d of %d  %-28s %-10s init %5.0f ms%s",
                            round,
                            rounds,
                            function.name(),
                            start.initializationType(),
                            timing.init(),
                            Double.isNaN(timing.first())
                                    ? ""
                                    : String.format(Locale.ROOT, ", first answer %5.0f ms", timing.first())));
                }
            }
        }
        List<Measured> measured = new ArrayList<>();
        for (FunctionSpec function : functions) {
            progress.accept("classes and memory  " + function.name());
            measured.add(count(function, timings.get(function)));
        }
        return measured;
    }

    @Override
    public void close() {
        cloud.close();
        library.close();
    }

    private Timing time(FunctionSpec function, Start start) throws InterruptedException {
        try (FreshJvm jvm = FreshJvm.start(function, start, setup(function), null)) {
            double init = jvm.awaitIdle();
            if (!runs(function)) {
                return new Timing(init, Double.NaN, Double.NaN, Double.NaN);
            }
            run(function, jvm, 1 + WARM);
            double[] warm =
                    jvm.answers().stream().skip(1).mapToDouble(Answer::millis).toArray();
            return new Timing(
                    init,
                    start == Start.SNAP_START ? jvm.millisToReady() : Double.NaN,
                    jvm.millisToFirstAnswer(),
                    Measured.median(warm));
        }
    }

    private Measured count(FunctionSpec function, Map<Start, List<Timing>> timings)
            throws IOException, InterruptedException {
        Map<Start, Census> censuses = new EnumMap<>(Start.class);
        String answer = "";
        for (Start start : Start.values()) {
            LoadedClasses classes =
                    new LoadedClasses(folder.resolve(function.name() + "-" + start.initializationType() + ".classes"));
            try (FreshJvm jvm = FreshJvm.start(function, start, setup(function), classes.log())) {
                jvm.awaitIdle();
                int loaded = classes.names().size();
                List<String> late = List.of();
                Memory memory = Memory.of(jvm.pid());
                if (runs(function)) {
                    run(function, jvm, 1);
                    List<String> all = classes.names();
                    late = all.subList(loaded, all.size());
                    answer = jvm.answers().getFirst().body();
                }
                censuses.put(start, new Census(loaded, late, memory));
            }
        }
        return new Measured(function, timings, censuses, answer);
    }

    private boolean runs(FunctionSpec function) {
        return hellos.containsKey(function) || Clients.trigger(function.name());
    }

    private void run(FunctionSpec function, FreshJvm jvm, int times) throws InterruptedException {
        if (hellos.containsKey(function)) {
            for (int i = 0; i < times; i++) {
                jvm.invoke(event)
                        .orTimeout(LONGEST_ANSWER.toSeconds(), TimeUnit.SECONDS)
                        .join();
            }
            return;
        }
        try (Trigger trigger = clients.of(function.name());
                RoutedFunction _ = RoutedFunction.route(cloud, function.name(), jvm::invoke)) {
            for (int i = 0; i < times; i++) {
                int before = jvm.answers().size();
                trigger.pull();
                // A client may have its frame before the function that sent it has answered.
                Conditions.await(
                        "an answer of " + function.name(), () -> jvm.answers().size() > before);
            }
        }
    }

    private Setup setup(FunctionSpec function) {
        @Nullable TaskFolder hello = hellos.get(function);
        return hello == null
                ? new Setup(parley, CloudSystem.environment(cloud), library, output(function))
                : new Setup(hello, Map.of(), library, output(function));
    }

    private Path output(FunctionSpec function) {
        return folder.resolve(function.name() + ".out");
    }
}
