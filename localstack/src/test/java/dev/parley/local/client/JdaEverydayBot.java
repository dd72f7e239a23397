package dev.parley.local.client;

import dev.parley.local.LocalCloud;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.utils.ChunkingFilter;
import net.dv8tion.jda.api.utils.MemberCachePolicy;
import net.dv8tion.jda.api.utils.SessionControllerAdapter;

/** A JDA bot in this process, which does what bots do every day on a thread of its own. */
final class JdaEverydayBot implements Bot {

    private static final Duration GOODBYE = Duration.ofSeconds(10);

    private final BotLines lines = new BotLines("JDA");
    private final JDA jda;
    private final Thread thread;

    JdaEverydayBot(LocalCloud cloud, String token) {
        JdaEvents events = new JdaEvents();
        jda = JDABuilder.createDefault(token, EnumSet.allOf(GatewayIntent.class))
                .setRestConfig(new RestConfig().setBaseUrl(cloud.baseUrl() + "/api/v10/"))
                .setSessionController(new SessionControllerAdapter() {
                    @Override
                    public String getGateway() {
                        return cloud.gatewayUrl();
                    }
                })
                .setMemberCachePolicy(MemberCachePolicy.ALL)
                .setChunkingFilter(ChunkingFilter.ALL)
                .setBulkDeleteSplittingEnabled(false)
                .setRawEventsEnabled(true)
                .addEventListeners(events)
                .build();
        thread = Thread.ofPlatform().name("jda-everyday").start(new JdaEveryday(jda, events, lines));
    }

    @Override
    public List<String> awaitAll(String beginning) {
        return lines.awaitAll(beginning);
    }

    @Override
    public void close() {
        thread.interrupt();
        jda.shutdownNow();
        try {
            if (!jda.awaitShutdown(GOODBYE) || !thread.join(GOODBYE)) {
                throw new IllegalStateException("JDA does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
