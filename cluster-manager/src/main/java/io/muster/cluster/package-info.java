/** Life cycle of a cluster: up, down, status. Intents come before effects, so that any call can be repeated. */
@NullMarked
package io.muster.cluster;

import org.jspecify.annotations.NullMarked;
