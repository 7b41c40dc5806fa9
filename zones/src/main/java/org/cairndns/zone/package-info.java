/** What a zone says about a name, and the parts that zones of every origin share. */
@NullMarked
package org.cairndns.zone;

import org.jspecify.annotations.NullMarked;
