/** Records over framed lines, protected by TLS under the one certificate of a cluster. */
@NullMarked
package io.muster.wire;

import org.jspecify.annotations.NullMarked;
