/** Starting the ranks of a job on one node, following their output, and leaving nothing of them behind. */
@NullMarked
package io.muster.launch;

import org.jspecify.annotations.NullMarked;
