/** How processes of different jobs find each other: ports that are listened on, their names, the leaders' line. */
@NullMarked
package io.muster.mpi.dynamic;

import org.jspecify.annotations.NullMarked;
