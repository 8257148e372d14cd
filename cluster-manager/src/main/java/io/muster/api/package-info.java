/**
 * {@code MusterApi}: the one interface of everything that the manager does, and the records it speaks. The CLI and a
 * user's Java program call it; nothing else holds logic.
 */
@NullMarked
package io.muster.api;

import org.jspecify.annotations.NullMarked;
