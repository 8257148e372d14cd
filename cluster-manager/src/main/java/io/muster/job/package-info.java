/** Life of a job: placement, staging, submission, following its journal, fetching what it left. */
@NullMarked
package io.muster.job;

import org.jspecify.annotations.NullMarked;
