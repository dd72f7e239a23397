package dev.parley.local;

import dev.parley.catalog.Regions;
import dev.parley.catalog.Routes;
import dev.parley.local.apigateway.ApiGateway;
import dev.parley.local.apigateway.GatewayMark;
import dev.parley.local.bill.BillPage;
import dev.parley.local.lambda.LambdaApi;
import dev.parley.local.metrics.LocalMetrics;
import dev.parley.price.PriceList;
import dev.parley.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a gateway process consists of: API Gateway, and the functions of its routes in this process. Stores, queues, schedules
 * and what reads the queues are the starting process's.
 */
final class LocalGateway implements AutoCloseable {

    private final StartedParts parts = new StartedParts();

    private LocalGateway() {}

    /**
     * Starts it; when it returns, clients can connect.
     *
     * @throws dev.parley.local.apigateway.PortTakenException if somebody else listens on the port
     */
    static LocalGateway start(GatewayPlan plan) {
        LocalGateway gateway = new LocalGateway();
        try {
            gateway.run(plan);
            return gateway;
        } catch (RuntimeException e) {
            gateway.close();
            throw e;
        }
    }

    @Override
    public void close() {
        parts.close();
    }

    private void run(GatewayPlan plan) {
        LocalLog.to(Path.of(plan.log()));
        ForwardingHost functions = new ForwardingHost();
        LambdaApi lambda = parts.keep(new LambdaApi(functions));
        Map<String, String> aws = new HashMap<>(plan.aws());
        aws.put(LocalSettings.LAMBDA_ENDPOINT, lambda.endpoint().toString());
        parts.keep(SdkProperties.set(aws));
        LocalMetrics metrics = new LocalMetrics();
        LocalFunctions running = parts.keep(LocalFunctions.inProcess(
                Settings.of(plan.environment()),
                GatewayPlan.routing(plan.endpoints()),
                Regions.ONE,
                Clock.systemUTC(),
                metrics));
        functions.become(running.host());
        ApiGateway gateway = new ApiGateway(
                LocalSettings.gateway(plan.host(), plan.port(), plan.secretKey(), new GatewayMark(plan.number())),
                Routes.http(),
                Routes.gateway(),
                functions,
                Clock.systemUTC(),
                metrics);
        gateway.addPage("/metrics", metrics::page);
        BillPage bill = parts.keep(new BillPage(
                metrics.consumption(),
                List.of(),
                PriceList.load(),
                Clock.systemUTC().instant()));
        gateway.addHandler(BillPage.PATH, bill::answer);
        gateway.start();
        parts.keep(gateway);
    }
}
