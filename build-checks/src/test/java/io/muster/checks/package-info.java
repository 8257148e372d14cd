/** What every source file of the project must look like: formatter and tidiness, checked on the text alone. */
@NullMarked
package io.muster.checks;

import org.jspecify.annotations.NullMarked;
