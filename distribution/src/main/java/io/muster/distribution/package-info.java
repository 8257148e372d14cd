/** Build step: lays out the distribution with its own runtime image and start-up cache. Not part of the product. */
@NullMarked
package io.muster.distribution;

import org.jspecify.annotations.NullMarked;
