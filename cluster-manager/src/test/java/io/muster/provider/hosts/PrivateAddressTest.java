package io.muster.provider.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PrivateAddressTest {
    private static String choose(String host, String output) {
        return PrivateAddress.choose(host, HostMarker.parse(output)).orElse("none");
    }

    @Test
    void the_address_of_the_file_is_taken_when_it_is_one_of_the_machine() {
        assertThat(choose("10.0.0.7", "own 192.168.0.7\nown 10.0.0.7\nserver 192.168.0.7\n"))
                .isEqualTo("10.0.0.7");
    }

    @Test
    void a_name_is_what_the_machine_itself_takes_it_for_but_not_loopback() {
        assertThat(choose("no.such.name.invalid", "own 192.168.0.7\nown 10.0.0.7\nnamed 127.0.1.1\nnamed 10.0.0.7\n"))
                .isEqualTo("10.0.0.7");
    }

    @Test
    void behind_translated_addresses_it_is_where_our_connection_came_in() {
        assertThat(choose("203.0.113.9", "own 172.17.0.1\nown 10.0.0.7\nserver 10.0.0.7\n"))
                .isEqualTo("10.0.0.7");
        assertThat(choose("127.0.0.1", "own 127.0.0.1\nown fe80::1\nown fd00::7\nown 10.0.0.7\nserver 127.0.0.1\n"))
                .isEqualTo("10.0.0.7");
    }

    @Test
    void a_machine_alone_is_reached_over_loopback() {
        assertThat(choose("127.0.0.1", "own 127.0.0.1\nserver 127.0.0.1\n")).isEqualTo("127.0.0.1");
        assertThat(choose("127.0.0.1", "")).isEqualTo("none");
    }
}
