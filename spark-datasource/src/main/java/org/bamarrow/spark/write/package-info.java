/**
 * Writes of rows as directories of parts: the writers of tasks, and the commit on the driver, which
 * publishes the manifest. Converts no BAMs. May use {@code options}, {@code files} and {@code
 * serializer}, but not {@code read}.
 */
package org.bamarrow.spark.write;
