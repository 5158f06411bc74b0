/**
 * What a caller passes to a conversion and gets back: option records, enums, regions, progress and
 * reports. Immutable data without conversion code. Knows {@code io} and {@code errors}; part of the
 * public API.
 */
package org.bamarrow.convert;
