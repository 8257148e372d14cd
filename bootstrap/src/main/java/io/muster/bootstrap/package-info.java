/** From a reachable host to a member of the cluster: steps over SSH, all nodes at once, each step with its outcome. */
@NullMarked
package io.muster.bootstrap;

import org.jspecify.annotations.NullMarked;
