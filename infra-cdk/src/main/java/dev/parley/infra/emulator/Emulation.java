package dev.parley.infra.emulator;

import java.net.URI;
import java.util.Set;

/**
 * An emulator of AWS that a deployment goes to, and the servers beside it that take the place of what it lacks: a PostgreSQL for Aurora
 * and RDS Proxy, and a Redis or Valkey in cluster mode for ElastiCache.
 *
 * @param kind which one it is
 * @param endpoint where this machine reaches it
 * @param inside where functions reach it from their containers
 * @param databaseUrl JDBC URL at which functions reach the database, without user and password
 * @param cacheUrl URL at which functions reach the cache, {@code redis://…}
 */
public record Emulation(Kind kind, URI endpoint, URI inside, String databaseUrl, URI cacheUrl) {

    /**
     * The database's user and its password. They are known to everybody, and meant for servers that nobody but this machine reaches;
     * {@code localstack/compose.yml} makes one.
     */
    public static final String DATABASE_LOGIN = "parley";

    private static final String STAGE_OF_REST = "$default";

    /** The emulators that are known. They differ in where their APIs are. */
    public enum Kind {
        /** floci 1.7.0, docs/services/api-gateway.md: APIs by path, for each purpose below another one. */
        FLOCI {
            @Override
            String rest(URI emulator, String api, String stage) {
                return emulator + "/execute-api/" + api + "/" + stage;
            }

            @Override
            String gateway(URI emulator, String api, String stage) {
                return "ws://" + emulator.getAuthority() + "/ws/" + api + "/" + stage;
            }
        },

        /** LocalStack, user guide, "API Gateway": APIs by host name. The name leads to the emulator on both sides. */
        LOCALSTACK {
            @Override
            String rest(URI emulator, String api, String stage) {
                return "http://" + host(emulator, api) + "/" + stage;
            }

            @Override
            String gateway(URI emulator, String api, String stage) {
                return "ws://" + host(emulator, api) + "/" + stage;
            }

            private String host(URI emulator, String api) {
                return api + ".execute-api.localhost.localstack.cloud:" + emulator.getPort();
            }
        };

        abstract String rest(URI emulator, String api, String stage);

        abstract String gateway(URI emulator, String api, String stage);
    }

    /**
     * Checks the addresses.
     *
     * @throws IllegalArgumentException if one cannot be used; the message names it
     */
    public Emulation {
        address("the emulator's address", endpoint, "http");
        address("the emulator's address from inside", inside, "http");
        address("the cache's address", cacheUrl, "redis");
        if (!databaseUrl.startsWith("jdbc:postgresql://")) {
            throw new IllegalArgumentException(
                    "the database's address is a JDBC URL, jdbc:postgresql://HOST:PORT/NAME, and not " + databaseUrl);
        }
    }

    /** Base URL of an HTTP API for clients on this machine, without a slash at the end. */
    public String restUrl(String api) {
        return kind.rest(endpoint, api, STAGE_OF_REST);
    }

    /** URL of a WebSocket API for clients on this machine. */
    public String gatewayUrl(String api, String stage) {
        return kind.gateway(endpoint, api, stage);
    }

    /** Where functions reach {@code @connections} of a WebSocket API. */
    public String managementEndpoint(String api, String stage) {
        return kind.rest(inside, api, stage);
    }

    private static void address(String what, URI uri, String scheme) {
        if (!Set.of(scheme).contains(String.valueOf(uri.getScheme())) || uri.getHost() == null || uri.getPort() < 1) {
            throw new IllegalArgumentException(what + " is " + scheme + "://HOST:PORT, and not " + uri);
        }
    }
}
