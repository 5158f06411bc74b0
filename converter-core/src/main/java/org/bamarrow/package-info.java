/**
 * The entry points of the library: {@code BamToArrow} converts to Arrow IPC, {@code BamArrowReader}
 * reads as an {@code ArrowReader}, {@code ArrowConcat} concatenates. They only delegate: options
 * and reports are in {@code convert}, inputs and format errors in {@code io}, the work is done in
 * {@code internal}. May know every package of the library; no other package of it knows this one.
 */
package org.bamarrow;
