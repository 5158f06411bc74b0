/**
 * What differs between the versions of Spark that one jar runs on, 3.5 to 4.3. Knows no other
 * package of this module.
 */
package org.bamarrow.spark.compat;
