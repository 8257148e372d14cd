package io.muster.provider.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.bootstrap.ssh.HostTrust;
import io.muster.bootstrap.ssh.SshLogin;
import io.muster.spec.HostSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UserLoginsTest {
    @TempDir
    Path home;

    private Path ssh = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        ssh = Files.createDirectory(home.resolve(".ssh"));
    }

    private SshLogin login(String config, HostSpec host) throws IOException {
        Files.writeString(ssh.resolve("config"), config);
        return logins().login("node heat-1", host);
    }

    private UserLogins logins() {
        return new UserLogins(
                new SshClientConfig(home, "ada", List.of(ssh.resolve("config"), home.resolve("system_config"))));
    }

    private SshLogin login(String config, String host) throws IOException {
        return login(config, HostSpec.parse(host));
    }

    @Test
    void without_a_configuration_it_is_what_ssh_does() throws IOException {
        SshLogin login = login("", "node7");
        assertThat(login.host()).isEqualTo("node7");
        assertThat(login.port()).isEqualTo(22);
        assertThat(login.user()).isEqualTo("ada");
        assertThat(login.jump()).isEmpty();
        assertThat(login.identities())
                .containsExactly(ssh.resolve("id_ed25519"), ssh.resolve("id_ecdsa"), ssh.resolve("id_rsa"));
        assertThat(login.trust()).isInstanceOfSatisfying(HostTrust.Known.class, known -> {
            assertThat(known.name()).isEqualTo("node7");
            assertThat(known.files()).contains(ssh.resolve("known_hosts"), Path.of("/etc/ssh/ssh_known_hosts"));
            assertThat(known.stranger()).isEqualTo(HostTrust.Stranger.TRUSTED_ONCE);
        });
    }

    @Test
    void the_first_value_counts_and_keys_add_up() throws IOException {
        Files.writeString(home.resolve("system_config"), "Host *\n  User system\n  Port 9\n  IdentityFile ~/system\n");
        SshLogin login = login("""
                # comment
                Host node? !node9
                    HostName = 10.0.0.7
                    User "pi one"   # who
                    IdentityFile "~/keys/%r of %n"
                Host *
                    User other
                    Port 2200
                    HostKeyAlias alias
                """, "node7");
        assertThat(login.host()).isEqualTo("10.0.0.7");
        assertThat(login.user()).isEqualTo("pi one");
        assertThat(login.port()).isEqualTo(2200);
        assertThat(login.identities()).contains(home.resolve("keys/pi one of node7"), home.resolve("system"));
        assertThat(((HostTrust.Known) login.trust()).name()).isEqualTo("alias");
        assertThat(login("Host node? !node9\n  User no\n", "node9").user()).isEqualTo("system");
    }

    @Test
    void the_sizing_file_comes_before_the_configuration() throws IOException {
        HostSpec host = new HostSpec(
                "node7",
                Optional.of("eve"),
                OptionalInt.of(2222),
                Optional.of("~/k"),
                Optional.of("gate:2022"),
                OptionalInt.empty());
        SshLogin login = login("""
                Host node7 gate
                  User x
                  Port 1
                  IdentityFile y
                  ProxyJump z
                  StrictHostKeyChecking yes
                Host gate
                  HostName gate.example.org
                """, host);
        assertThat(login.user()).isEqualTo("eve");
        assertThat(login.port()).isEqualTo(2222);
        assertThat(login.identities()).containsExactly(home.resolve("k"));
        assertThat(((HostTrust.Known) login.trust()).name()).isEqualTo("[node7]:2222");
        assertThat(((HostTrust.Known) login.trust()).stranger()).isEqualTo(HostTrust.Stranger.REFUSED);
        SshLogin jump = login.jump().orElseThrow();
        assertThat(jump.host()).isEqualTo("gate.example.org");
        assertThat(jump.port()).isEqualTo(2022);
        assertThat(jump.identities()).containsExactly(home.resolve("k"), home.resolve("y"));
    }

    @Test
    void jump_hosts_follow_each_other() throws IOException {
        SshLogin login = login("""
                Host deep
                  ProxyJump first, ssh://bob@second:2022
                Host first
                  HostName 192.0.2.1
                  ProxyJump none
                Host second
                  ProxyJump ignored-for-any-but-the-first
                """, "deep");
        SshLogin second = login.jump().orElseThrow();
        assertThat(second.user() + "@" + second.host() + ":" + second.port()).isEqualTo("bob@second:2022");
        SshLogin first = second.jump().orElseThrow();
        assertThat(first.host()).isEqualTo("192.0.2.1");
        assertThat(first.jump()).isEmpty();
        assertThatThrownBy(() -> login("Host a\n ProxyJump b\nHost b\n ProxyJump a\n", "a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("lead to each other");
    }

    @Test
    void files_are_included_where_they_stand() throws IOException {
        Files.createDirectory(ssh.resolve("conf.d"));
        Files.writeString(ssh.resolve("conf.d/b.conf"), "User from-b\nHost other\n  Port 7\n");
        Files.writeString(ssh.resolve("conf.d/a.conf"), "Host node7\n  Port 5\n");
        SshLogin login = login("Include conf.d/*.conf nowhere/*\nUser late\nPort 6\n", "node7");
        assertThat(login.user()).isEqualTo("from-b");
        assertThat(login.port()).isEqualTo(5);
        assertThat(login("Host other\n  Include ~/.ssh/conf.d/b.conf\nHost *\n  User late\n", "node7")
                        .user())
                .isEqualTo("late");
    }

    @Test
    void match_sections_apply_when_their_conditions_are_known_and_hold() throws IOException {
        String config = """
                Match exec "true"
                  User by-exec
                Match host node*,!node9 localuser ada
                  User by-host
                Match originalhost node9 !user bob
                  User by-original
                Match all
                  Port 5
                """;
        assertThat(login(config, "node7").user()).isEqualTo("by-host");
        assertThat(login(config, "node9").user()).isEqualTo("by-original");
        assertThat(login(config, "node9").port()).isEqualTo(5);
    }

    @Test
    void a_proxy_command_is_refused_with_the_way_out() {
        assertThatThrownBy(() -> login("Host *\n ProxyCommand nc %h %p\n", "node7"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("jump: USER@HOST");
    }

    @Test
    void known_hosts_files_may_be_elsewhere() throws IOException {
        SshLogin login = login("UserKnownHostsFile ~/a \"~/b c\"\nGlobalKnownHostsFile none\n", "node7:2222");
        assertThat(((HostTrust.Known) login.trust()).files()).containsExactly(home.resolve("a"), home.resolve("b c"));
    }
}
