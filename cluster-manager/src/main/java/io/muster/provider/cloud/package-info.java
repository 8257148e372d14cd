/**
 * Nodes as virtual machines of a cloud: what all clouds have in common, over one small interface that each cloud
 * implements in a package below. The only packages that import Apache jclouds; nothing of it is loaded before a cloud
 * is used.
 */
@NullMarked
package io.muster.provider.cloud;

import org.jspecify.annotations.NullMarked;
