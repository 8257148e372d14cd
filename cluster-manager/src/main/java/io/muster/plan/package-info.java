/** From what the user wants to what will be created: names, sizes and notes of every node. Pure, no I/O. */
@NullMarked
package io.muster.plan;

import org.jspecify.annotations.NullMarked;
