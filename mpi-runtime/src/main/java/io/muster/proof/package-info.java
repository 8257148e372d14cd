/** Small programs that prove a message-passing library on the nodes of a cluster: one rank a node, one sum over all. */
@NullMarked
package io.muster.proof;

import org.jspecify.annotations.NullMarked;
