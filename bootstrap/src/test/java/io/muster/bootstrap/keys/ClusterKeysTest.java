package io.muster.bootstrap.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.muster.wire.ClusterIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterKeysTest {
    @TempDir
    Path temp;

    @Test
    void keys_are_made_once_and_stay() throws Exception {
        ClusterKeys made = ClusterKeys.loadOrCreate(temp.resolve("keys"));
        String host = made.hostKey("heat-1").publicLine();
        ClusterKeys read = ClusterKeys.loadOrCreate(temp.resolve("keys"));
        assertThat(read.ssh().publicLine()).isEqualTo(made.ssh().publicLine());
        assertThat(read.tls().keyText()).isEqualTo(made.tls().keyText());
        assertThat(read.hostKey("heat-1").publicLine()).isEqualTo(host);
        assertThat(read.hostKey("heat-2").publicLine()).isNotEqualTo(host);
    }

    @Test
    void nobody_else_can_read_them() throws Exception {
        ClusterKeys keys = ClusterKeys.loadOrCreate(temp.resolve("keys"));
        assertThat(mode(keys.folder())).isEqualTo("rwx------");
        assertThat(mode(keys.ssh().privateKeyFile())).isEqualTo("rw-------");
        assertThat(mode(keys.tls().keyFile())).isEqualTo("rw-------");
    }

    @Test
    void agents_take_the_tls_key() throws Exception {
        TlsIdentity tls = ClusterKeys.loadOrCreate(temp).tls();
        assertThat(ClusterIdentity.load(tls.certificateFile(), tls.keyFile())).isNotNull();
    }

    @Test
    void a_lost_public_file_is_written_again() throws Exception {
        SshKeyPair pair = SshKeyPair.generate(temp.resolve("id"));
        Files.delete(temp.resolve("id.pub"));
        assertThat(SshKeyPair.load(temp.resolve("id"))).isEqualTo(pair);
        assertThat(temp.resolve("id.pub")).hasContent(pair.publicLine());
    }

    @Test
    void a_broken_private_key_is_named() throws Exception {
        Files.writeString(temp.resolve("id_ed25519"), "nothing");
        assertThatThrownBy(() -> ClusterKeys.loadOrCreate(temp))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("id_ed25519 is not an Ed25519 key");
    }

    @Test
    void the_real_ssh_keygen_reads_the_key() throws Exception {
        assumeThat(Path.of("/usr/bin/ssh-keygen"))
                .as("ssh-keygen on this machine")
                .exists();
        SshKeyPair pair = SshKeyPair.generate(temp.resolve("id"));
        Process process = new ProcessBuilder("ssh-keygen", "-y", "-f", "id")
                .directory(temp.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(output.strip()).isEqualTo(pair.publicLine());
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
