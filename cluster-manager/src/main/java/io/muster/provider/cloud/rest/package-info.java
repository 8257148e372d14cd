/**
 * What the clouds have in common whose API is JSON over HTTP behind an OAuth 2 login: jclouds implements a few verbs,
 * logs in and sends.
 */
@NullMarked
package io.muster.provider.cloud.rest;

import org.jspecify.annotations.NullMarked;
