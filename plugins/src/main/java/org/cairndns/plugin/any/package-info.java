/** The {@code any} directive: answers queries for ANY with one small record. */
package org.cairndns.plugin.any;
