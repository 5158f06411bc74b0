/**
 * Error messages that name options: the options as data, remedies, the names of the options in each
 * interface, and escaping of untrusted text. No input or output. Knows no other package; part of
 * the public API.
 */
package org.bamarrow.errors;
