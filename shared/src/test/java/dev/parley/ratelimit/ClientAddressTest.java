package dev.parley.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    @Test
    void addressesOfOneIpv6NetworkAreOneClient() {
        assertThat(ClientAddress.of("2001:db8:1:2::1"))
                .isEqualTo(ClientAddress.of("2001:db8:1:2:ffff:ffff:ffff:ffff"))
                .isNotEqualTo(ClientAddress.of("2001:db8:1:3::1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.7", "unknown"})
    void everythingElseStaysAsItIs(String address) {
        assertThat(ClientAddress.of(address)).isEqualTo(address);
    }

    @Test
    void anIpv4AddressInIpv6sClothesIsTheIpv4Client() {
        assertThat(ClientAddress.of("::ffff:203.0.113.7")).isEqualTo("203.0.113.7");
    }
}
