/** Records over a framed connection, protected by TLS under the one certificate of a cluster. Imports nothing of ours. */
@NullMarked
package io.muster.wire;

import org.jspecify.annotations.NullMarked;
