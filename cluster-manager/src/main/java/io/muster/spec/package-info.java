/**
 * What a user asks for: the sizing file with all of its problems at once, its JSON schema, and job requests.
 * Immutable records; knows nothing of providers, nodes or storage.
 */
@NullMarked
package io.muster.spec;

import org.jspecify.annotations.NullMarked;
