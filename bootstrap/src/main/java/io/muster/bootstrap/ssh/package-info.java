/** SSH sessions with pinned host keys: commands, streams, connections through a node. The one user of SSHJ. */
@NullMarked
package io.muster.bootstrap.ssh;

import org.jspecify.annotations.NullMarked;
