/** Tests of the whole: architecture, and the built distribution end to end. */
@NullMarked
package io.muster.distribution;

import org.jspecify.annotations.NullMarked;
