/** SSH and TLS key pairs of a cluster, made once and kept in a folder. The one place that knows Bouncy Castle. */
@NullMarked
package io.muster.bootstrap.keys;

import org.jspecify.annotations.NullMarked;
