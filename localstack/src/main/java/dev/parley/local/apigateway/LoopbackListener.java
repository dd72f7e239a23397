package dev.parley.local.apigateway;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Binds the server's addresses: {@code localhost} means both loopback addresses, since clients try either. */
final class LoopbackListener {

    private static final Logger log = LoggerFactory.getLogger(LoopbackListener.class);
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1");
    private static final String IPV4 = "127.0.0.1";
    private static final String IPV6 = "::1";
    private static final int ATTEMPTS = 10;

    private LoopbackListener() {}

    /**
     * Binds, and returns the listening channels, all on the same port.
     *
     * @param port the port, 0 for any
     * @throws PortTakenException if another program has the port
     */
    static List<Channel> bind(ServerBootstrap bootstrap, String host, int port) {
        if (!LOCAL.contains(host)) {
            return List.of(bindOne(bootstrap, host, port));
        }
        PortTakenException last = null;
        // A port that is free on one address can be taken on the other; with any port allowed, take the next.
        for (int attempt = 0; attempt < (port == 0 ? ATTEMPTS : 1); attempt++) {
            List<Channel> channels = new ArrayList<>();
            channels.add(bindOne(bootstrap, IPV4, port));
            int chosen = ((InetSocketAddress) channels.getFirst().localAddress()).getPort();
            try {
                if (hasIpv6Loopback()) {
                    channels.add(bindOne(bootstrap, IPV6, chosen));
                }
                return channels;
            } catch (PortTakenException e) {
                channels.forEach(channel -> channel.close().syncUninterruptibly());
                last = e;
            }
        }
        throw last == null ? new IllegalStateException("No attempt was made") : last;
    }

    /** How URLs name the host. */
    static String name(String host) {
        return LOCAL.contains(host) ? "localhost" : host;
    }

    private static Channel bindOne(ServerBootstrap bootstrap, String host, int port) {
        ChannelFuture bound = bootstrap.bind(host, port).awaitUninterruptibly();
        Throwable failure = bound.cause();
        if (failure instanceof BindException) {
            throw new PortTakenException(port, failure);
        }
        if (failure != null) {
            throw new IllegalStateException("Cannot listen on " + host + " port " + port, failure);
        }
        return bound.channel();
    }

    private static boolean hasIpv6Loopback() {
        try {
            return NetworkInterface.getByInetAddress(InetAddress.ofLiteral(IPV6)) != null;
        } catch (SocketException e) {
            log.debug("Taking it that the machine has no ::1", e);
            return false;
        }
    }
}
