package dev.parley.ratelimit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/** Whom an address stands for, in buckets that are kept by address. */
public final class ClientAddress {

    /** Bytes of the part that names a network. */
    private static final int NETWORK_BYTES = 8;

    private ClientAddress() {}

    /**
     * The client behind an address. With IPv6 it is the network of 64 bits: a household or a server is given at least one
     * whole (RFC 6177), and could take another of its 2^64 addresses for every request.
     *
     * @param address an address in digits; anything else is returned as it is
     */
    public static String of(String address) {
        try {
            InetAddress parsed = InetAddress.ofLiteral(address);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(parsed.getAddress(), 0, NETWORK_BYTES) + "/64"
                    : parsed.getHostAddress();
        } catch (IllegalArgumentException e) {
            // Not an address: a bucket of its own all the same.
            return address;
        }
    }
}
