/** The implementation of {@code MusterApi} in this process, on the state in {@code ~/.muster}. */
@NullMarked
package io.muster.embedded;

import org.jspecify.annotations.NullMarked;
