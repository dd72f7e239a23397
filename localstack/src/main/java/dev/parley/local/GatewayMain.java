package dev.parley.local;

import java.util.concurrent.CountDownLatch;

/** A gateway process: started, watched and stopped by {@link GatewayProcess}, never by hand. */
public final class GatewayMain {

    private GatewayMain() {}

    /** Runs until it is told to stop; ends with 1 when it cannot start, and its last line says why. */
    public static void main(String[] args) throws InterruptedException {
        String plan = System.getenv(GatewayPlan.VARIABLE);
        if (plan == null) {
            System.err.println("A gateway is started by ./parley up --gateways N");
            System.exit(1);
            return;
        }
        LocalGateway gateway;
        try {
            gateway = LocalGateway.start(GatewayPlan.parse(plan));
        } catch (RuntimeException e) {
            System.err.println(e.getMessage() == null ? e.getClass().getName() : e.getMessage());
            System.exit(1);
            return;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            gateway.close();
            stopped.countDown();
        }));
        stopped.await();
    }
}
