package dev.parley.local;

import dev.parley.Parley;
import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.Functions;
import dev.parley.catalog.Regions;
import dev.parley.connection.ManagementEndpoints;
import dev.parley.local.lambda.FunctionHost;
import dev.parley.local.lambda.InProcessHost;
import dev.parley.local.lambda.IsolatedHost;
import dev.parley.local.lambda.IsolatedOptions;
import dev.parley.local.lambda.LineSink;
import dev.parley.local.metrics.LocalMetrics;
import dev.parley.settings.Settings;
import java.time.Clock;
import java.util.List;

/** What runs the functions, in this process or in others, and the crash of it. Thread-safe. */
interface LocalFunctions extends AutoCloseable {

    FunctionHost host();

    /**
     * The system that the functions call now.
     *
     * @throws IllegalStateException if they run in processes of their own
     */
    Parley system();

    /** Ends every process that runs functions, abruptly; new events find new ones. */
    void crash();

    @Override
    void close();

    /** Functions in this process, on one system that is connected already. */
    static LocalFunctions inProcess(
            Settings settings, ManagementEndpoints endpoints, Regions regions, Clock clock, LocalMetrics metrics) {
        return new InProcess(settings, endpoints, Functions.of(regions), clock, metrics);
    }

    /** Functions in processes of their own. */
    static LocalFunctions isolated(LocalSettings settings, Regions regions, LocalMetrics metrics) {
        return new Isolated(settings, regions, metrics);
    }

    /** All functions on one system. */
    final class InProcess implements LocalFunctions {

        private final Settings settings;
        private final ManagementEndpoints endpoints;
        private final Clock clock;
        private final LocalMetrics metrics;
        private final InProcessHost host;
        private final Object crashes = new Object();
        private Parley parley;

        private InProcess(
                Settings settings,
                ManagementEndpoints endpoints,
                List<FunctionSpec> functions,
                Clock clock,
                LocalMetrics metrics) {
            this.settings = settings;
            this.endpoints = endpoints;
            this.clock = clock;
            this.metrics = metrics;
            parley = new Parley(settings, clock, metrics::line, endpoints);
            try {
                parley.prime();
            } catch (RuntimeException e) {
                parley.close();
                throw e;
            }
            host = new InProcessHost(functions, parley, metrics);
        }

        @Override
        public FunctionHost host() {
            return host;
        }

        @Override
        public Parley system() {
            synchronized (crashes) {
                return parley;
            }
        }

        @Override
        public void crash() {
            synchronized (crashes) {
                Parley next = new Parley(settings, clock, metrics::line, endpoints);
                host.crash(next);
                parley = next;
            }
        }

        @Override
        public void close() {
            host.close();
            synchronized (crashes) {
                parley.close();
            }
        }
    }

    /** Each function in JVMs of its own. */
    final class Isolated implements LocalFunctions {

        private final IsolatedHost host;

        private Isolated(LocalSettings settings, Regions regions, LocalMetrics metrics) {
            host = new IsolatedHost(
                    Functions.of(regions),
                    settings.isolatedEnvironment(),
                    IsolatedOptions.local(metrics.lines(LineSink.log()), metrics));
        }

        @Override
        public FunctionHost host() {
            return host;
        }

        @Override
        public Parley system() {
            throw new IllegalStateException("The functions are isolated");
        }

        @Override
        public void crash() {
            host.crash();
        }

        @Override
        public void close() {
            host.close();
        }
    }
}
