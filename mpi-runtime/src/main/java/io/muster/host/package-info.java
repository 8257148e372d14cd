/** The ranks of one job on one node: their processes, their output, their wire-up, and that nothing of them is left. */
@NullMarked
package io.muster.host;

import org.jspecify.annotations.NullMarked;
