/**
 * What was wanted and what happened, in an embedded SQL database: clusters, nodes, jobs, and an event for every change.
 * The only package that imports the database.
 */
@NullMarked
package io.muster.state;

import org.jspecify.annotations.NullMarked;
