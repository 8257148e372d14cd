/** The process on the head node that owns one job: its order, its journal, its decisions. */
@NullMarked
package io.muster.supervisor;

import org.jspecify.annotations.NullMarked;
