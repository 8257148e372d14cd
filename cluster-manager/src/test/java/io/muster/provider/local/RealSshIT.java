package io.muster.provider.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.provider.HostKey;
import io.muster.provider.NodeOutcome;
import io.muster.provider.NodeOutcome.Created;
import io.muster.provider.NodeRequest;
import io.muster.provider.SshConfigFile;
import io.muster.provider.TestKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clients of OpenSSH, when this machine has them, against a local node. */
final class RealSshIT {
    @TempDir
    Path temp;

    @Test
    void it_logs_in() throws Exception {
        LocalNodeProvider provider =
                new LocalNodeProvider(temp.resolve("local"), JavaLaunch.ofThisProcess(), LocalOptions.defaults());
        HostKey user = TestKeys.generate();
        Path identity = temp.resolve("id");
        Files.createFile(identity, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(identity, user.privateKey());
        List<NodeOutcome> outcomes = provider.create(
                List.of(new NodeRequest("heat", "heat-0", 0, 2, 1, 0, user.publicKey(), TestKeys.generate())));
        assertThat(outcomes).allSatisfy(o -> assertThat(o).isInstanceOf(Created.class));
        SshConfigFile config = SshConfigFile.write(temp, identity, provider.list("heat"));
        Process ssh = new ProcessBuilder("ssh", "-F", config.config().toString(), "heat-0", "env; pwd; exit 7")
                .redirectErrorStream(true)
                .start();
        ssh.getOutputStream().close();
        assertThat(new String(ssh.getInputStream().readAllBytes(), UTF_8)).contains("MUSTER_NODE_NAME=heat-0");
        assertThat(ssh.waitFor()).isEqualTo(7);
        assertThat(provider.destroyAll("heat")).isEmpty();
        assertThat(provider.destroyAll("heat")).isEmpty();
        assertThat(provider.listAll()).isEmpty();
    }
}
