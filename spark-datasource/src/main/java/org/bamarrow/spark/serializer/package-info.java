/**
 * The form in which values go through the serializer that {@code spark.serializer} names, which may
 * be Kryo. Knows no other package of this module.
 */
package org.bamarrow.spark.serializer;
