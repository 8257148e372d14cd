/** Programs that the end-to-end tests run as jobs. */
@NullMarked
package io.muster.distribution.programs;

import org.jspecify.annotations.NullMarked;
