/** Measuring programs that run as ranks. */
@NullMarked
package io.muster.bench;

import org.jspecify.annotations.NullMarked;
