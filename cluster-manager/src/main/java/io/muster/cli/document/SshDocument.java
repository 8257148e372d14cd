package io.muster.cli.document;

import io.muster.api.SshAccess;
import java.util.List;

/** What {@code ssh --output json} prints instead of logging in. */
public record SshDocument(String node, String config, List<String> command) {
    public static SshDocument of(SshAccess access) {
        return new SshDocument(access.node(), access.config().toString(), access.command());
    }
}
