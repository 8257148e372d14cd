@NullMarked
package io.muster.job;

import org.jspecify.annotations.NullMarked;
